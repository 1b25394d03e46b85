# The Global E-Governance Survey. Keys begin with survey-.
survey-menu = Survey
survey-title = Global E-Governance Survey
survey-lead = How well do city websites serve the people who live there? Since 2003 researchers have compared them by the same list of questions. Here are the published results, the questions, and a way to score a site yourself.

survey-tile-league = See the league table
survey-tile-league-text = The newest published round, with a source for each number.
survey-tile-score = Score a city website
survey-tile-score-text = Hand in a coded sheet or an audit's report and get a scorecard of 98 criteria.
survey-tile-instrument = Read the 98 criteria
survey-tile-instrument-text = Each with guidance, an example for every value, and its sources.
survey-tile-method = How it is judged
survey-tile-method-text = The scale, the three kinds of no, and what is verified here.
survey-tile-cities = Find a city
survey-tile-cities-text = Places and scores of one city over the rounds.

survey-newest = Newest round with scores: { $round }
survey-change = Change over the rounds
survey-change-text = The list of questions changed between the rounds, from 92 to 98 and 104 measures. Compare the order of cities rather than single points.
survey-change-chart = Total score by round
survey-change-note = Points of 100. Lines join published scores only; a round without a score is skipped.
survey-averages = Averages
survey-averages-caption = Published averages
survey-averages-chart = Average score by category, { $round }
survey-averages-chart-note = Points of 20, all cities that were judged.
survey-average = Average
survey-average-short = Average
survey-average-group = Cities
survey-average-all = All cities judged
survey-average-oecd = Cities in OECD countries
survey-average-not-oecd = Cities in other countries

survey-rounds = Rounds
survey-rounds-caption = All rounds
survey-round = Round
survey-round-measures = Measures
survey-round-chosen = Cities chosen
survey-round-cities = Cities with a site
survey-round-fieldwork = Field work
survey-round-partners = Carried out by
survey-first = First place
survey-rank = Place
survey-city = City
survey-country = Country
survey-category = Category
survey-source = Source
survey-sources = Sources
survey-source-number = Source { $n }
survey-score-of-100 = Score (of 100)
survey-score-of-20 = Score (of 20)
survey-score-word = Score
survey-no-score = not published
survey-not-verified = not verified

survey-category-overall = Total
survey-category-privacy-security = Privacy and security
survey-category-usability = Usability
survey-category-content = Content
survey-category-services = Services
survey-category-citizen-participation = Citizen participation
survey-category-citizen-engagement = Citizen and social engagement

survey-league-title = League table { $round }
survey-league-description = Places and scores of cities in round { $round } of the Global E-Governance Survey, with sources.
survey-league-caption = Published places and scores, round { $round }
survey-league-derived = Where a source prints scores but no places, the place follows from the scores.
survey-league-chart = Total score, { $round }
survey-league-chart-note = Points of 100. Cities whose score was not published are not drawn.
survey-league-where = Where the cities are
survey-league-map = Cities of round { $round } by score
survey-league-map-note = The larger the dot, the higher the score. The smallest dots are cities without a published score.
survey-league-categories = By category
survey-league-categories-caption = Published places and scores by category

survey-conflicts = Sources that contradict each other
survey-conflicts-caption = Published values that contradict each other, and what is used here
survey-conflict-item = Value
survey-conflict-a = One source
survey-conflict-b = Another source
survey-conflict-resolution = What is used here

survey-download-csv = Download as CSV
survey-download-json = Download as JSON

survey-cities = Cities
survey-cities-text = Cities whose place or score in a round could be verified.
survey-city-description = Places and scores of { $city } in the Global E-Governance Survey.
survey-city-caption = { $city } in each round
survey-city-change = { $city } and the average of all cities
survey-city-categories-caption = Places and scores by category

survey-instruments = Instruments
survey-instruments-text = An instrument is the list of questions that every site is judged by. Each has a version, so that a score can be repeated.
survey-instruments-choose = Choose one
survey-instrument-counted = { $all } criteria: { $automatic } decided by machine, { $assisted } prepared by machine and confirmed by a person, { $human } for a person alone.
survey-instrument-version = Version
survey-instrument-licence = Licence
survey-instrument-sheet = Empty sheet (CSV)
survey-instrument-category-caption = { $n } criteria, { $points } points
survey-criterion = Criterion
survey-criterion-number = No.
survey-criterion-id = Code
survey-criterion-before = Previous criterion
survey-criterion-after = Next criterion
survey-scale = Scale
survey-value = Value
survey-example = Example
survey-examples = What earns which value
survey-mode = Judged by
survey-mode-automatic = Machine
survey-mode-automatic-text = The archived pages alone decide.
survey-mode-assisted = Machine and person
survey-mode-assisted-text = The machine proposes a value with evidence; a person confirms it.
survey-mode-human = Person
survey-mode-human-text = A person decides, sometimes with an account on the site.
survey-mode-probe = Message and wait
survey-mode-probe-text = A person sends a message to the city and waits for the answer.
survey-confidence = Confidence
survey-confidence-a = A verified text supports the concept.
survey-confidence-b = The label is recalled; nothing else supports it.
survey-confidence-c = How the group was split, or the slot, is our guess.
survey-provenance = Where this criterion comes from
survey-provenance-text = The reports of the survey print labels, not questions. The wording here is our own. The authors of the survey have not endorsed it.

survey-method = How it is judged
survey-method-lead = The same questions for every city, in the language of its people, with evidence for each answer.
survey-method-steps = From a site to a score
survey-method-steps-site = Judge the official site of the city: council, mayor and offices, and the sites its main menu leads to. Judge it in the city's own language, as the people there see it.
survey-method-steps-judge = Two people code every criterion on their own. Where they differ much, a third looks again. The published score is the mean, so half points occur.
survey-method-steps-machine = Madang can capture a site into an archive and judge from the archive alone. It decides what can be measured, prepares what needs a look, and leaves the rest to a person. Every answer names the page it rests on.
survey-method-scale = The scale
survey-method-scale-values = Most criteria run from 0 to 3: 0 nothing is there, 1 information, 2 something to download or send one way, 3 the whole task works online. Some are yes or no, worth 1 or 3 points.
survey-method-scale-halves = Scores are exact fractions. They are rounded to two decimals only when they are shown.
survey-method-scale-category = A category counts 20 points times the raw points reached, divided by the raw points that could be reached. Five categories make 100.
survey-method-no = Three kinds of no
survey-method-no-caption = What a missing answer means and how it counts
survey-method-league = League tables
survey-method-league-ties = Cities with the same score share a place, and the next place is left out: 1, 2, 2, 4.
survey-method-league-rounds = Rounds used different lists: 92 measures in 2003, 98 in 2005 and 2009, 104 in 2011-12 and 2013-14, 86 in 2018-19. A score says how much of its own list was met.
survey-method-league-import = A score that contradicts its printed place is refused when the tables are read. Tokyo 2005 is an example: newspapers printed 50.94 at place 7, between 60.22 and 55.99.
survey-method-verified = What is verified
survey-method-verified-history = Every place, score and average here was read in the document named beside it. What could not be found is shown as not published or not verified.
survey-method-verified-instrument = The full list of questions of the old rounds was not published in what we could read. The instrument "global-2009" is a reconstruction in our own words; each criterion says how sure we are.
survey-method-verified-recalled = More numbers are recalled by memory but not verified. They test the arithmetic of this software and are shown nowhere.

survey-state = State
survey-state-meaning = What it means
survey-state-counts = How it counts
survey-state-found = found
survey-state-absent = absent
survey-state-absent-meaning = It was looked for and is not there.
survey-state-absent-counts = 0 points.
survey-state-not-found = not found
survey-state-not-found-meaning = This evaluator did not find it; another might.
survey-state-not-found-counts = 0 points.
survey-state-not-this-city = not this city's task
survey-state-not-this-city-meaning = Another level of government does it here.
survey-state-not-this-city-counts = Leaves the points that could be reached.
survey-state-not-assessable = could not be judged
survey-state-not-assessable-meaning = It could not be seen, for example behind a sign-in.
survey-state-not-assessable-counts = 0 points, and full points in the upper limit.

survey-score = Score a city website
survey-score-lead = Hand in a sheet with your answers, or the report of an audit, and get the scores by category with every criterion.
survey-score-kept = You get a page of your own with an address nobody can guess. It is not listed anywhere and is deleted after { $days } days.
survey-score-format = What a sheet looks like
survey-score-format-text = A CSV file, one line for each criterion. Write a value, or a state when there is none. Half points are the mean of two people.
survey-score-empty-sheet = Empty sheet: { $instrument }
survey-score-instrument = Instrument
survey-score-instrument-hint = The list that the sheet follows. A report names its own.
survey-score-file = File
survey-score-file-hint = sheet.csv, or report.json of an audit.
survey-score-sheet = Or paste it here
survey-score-sheet-hint = The whole text, with its first line.
survey-score-name = What is it about?
survey-score-name-hint = For example the city and the day. It is shown on your page.
survey-score-button = Score it

survey-refused-empty = Choose a file or paste a sheet
survey-refused-instrument = There is no instrument { $id }. Choose one from the list
survey-refused-report = This is not the report of an audit: { $why }
survey-refused-line = Line { $line }: { $what }
survey-refused-more = And { $n } more. Correct these first
survey-refused-unreadable = This line is not CSV
survey-refused-no-header = The first line must be criterion,value or criterion,value,state
survey-refused-unknown-criterion = "{ $criterion }" is not a criterion of this instrument
survey-refused-duplicate = { $criterion } is coded more than once. Keep one
survey-refused-missing = { $n ->
    [1] { $criterion } is missing. Give it a value, or the state not_assessable
   *[other] { $n } criteria are missing: { $criterion }. Give each a value, or the state not_assessable
}
survey-refused-no-value = { $criterion } has no value. Write one, or a state
survey-refused-not-a-number = { $criterion }: "{ $value }" is not a number
survey-refused-off-scale = { $criterion }: { $value } is not on the scale { $more }
survey-refused-unknown-state = { $criterion }: "{ $value }" is not a state. Write found, absent, not_found, not_this_city or not_assessable
survey-refused-state-and-value = { $criterion }: the state { $more } cannot have the value { $value }

survey-scorecard = Scorecard
survey-scorecard-of = Scorecard: { $name }
survey-scorecard-total = points of 100
survey-scorecard-total-open = points of 100; up to { $upper } if everything that could not be judged were met
survey-scorecard-source = { $instrument }, version { $version }, scored on { $date }
survey-scorecard-kept = Only those who know the address can see this page. It is deleted on { $date }. Download it if you need it longer.
survey-scorecard-instrument = About the instrument
survey-scorecard-chart = Scores by category
survey-scorecard-chart-note = Points of { $points } in each category.
survey-scorecard-category = { $score } of { $points } points ({ $raw } of { $max } raw points)
survey-value-of = { $value } of { $max }
survey-why = Why
survey-scorecard-criteria = All criteria of this category
survey-open-value = open
survey-no-value = not counted
survey-evidence = { $n ->
    [one] 1 piece of evidence
   *[other] { $n } pieces of evidence
}
survey-evidence-confidence = Confidence { $confidence }.
survey-decided-automatic = Decided by machine.
survey-decided-assisted = Prepared by machine, for a person to confirm.
survey-decided-human = For a person to judge.

survey-kind-page = Survey
survey-kind-league = League table
survey-kind-city = City
survey-kind-criterion = Criterion

survey-act-scorecard-kept = Had a sheet scored

survey-layer-cities = Cities of the survey
survey-layer-cities-about = Cities whose websites the Global E-Governance Survey judged, with their newest published score
