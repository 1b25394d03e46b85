# What a published round says. Keys begin with survey-publish-.
survey-publish-rounds = Rounds held here
survey-publish-rounds-lead = Results of rounds that this site carried out: who was judged, how each answer was decided, and how sure the order is. Nothing on these pages changes once it is published.
survey-publish-rounds-caption = Published rounds, newest first
survey-publish-rounds-all = All rounds held here
survey-publish-rounds-held-here = with intervals, evidence and data
survey-publish-none = No round is published yet
survey-publish-none-text = When a round closes, its results appear here. Until then you can read the published history.
survey-publish-earlier = League tables since 2003
survey-publish-earlier-text = as others published them
survey-publish-instrument = List of questions
survey-publish-published-on = Published on
survey-publish-parts = Parts of this round
survey-publish-part-league = Results
survey-publish-part-criteria = Criteria
survey-publish-part-method = Method
survey-publish-part-reliability = Reliability
survey-publish-part-data = Data

survey-publish-summary-clear = { $cities } city websites were judged by { $criteria } criteria. { $first } comes first with { $score } of 100 points, ahead of all others for certain. Published on { $date }.
survey-publish-summary-close = { $cities } city websites were judged by { $criteria } criteria. { $first } has the highest score, { $score } of 100 points, but { $alike ->
    [one] 1 other city is so close that the two cannot be told apart
   *[other] { $alike } other cities are so close that they cannot be told apart from it
}. Published on { $date }.
survey-publish-figure-source = This round, { $date }
survey-publish-figure-cities = cities judged
survey-publish-figure-average = average score, of 100
survey-publish-figure-agreement = of answers were the same from two people who did not see each other’s
survey-publish-percent = { $n }%
survey-publish-from-to = { $low } to { $high }
survey-publish-group = { $group } ({ $n })

survey-publish-league = The order
survey-publish-league-caption = All cities by score
survey-publish-scores-chart = Score of each city, and how sure it is
survey-publish-scores-note = Points of 100. The dot is the score; the line is where it may lie if other people had judged by other questions of the same kind (95%). A bracket holds cities that cannot be told apart from its first one.
survey-publish-interval = Interval
survey-publish-rank-between = Possible places
survey-publish-sure = How sure is a place?
survey-publish-sure-text = A place is a comparison, so it is less sure than a score. The line shows the places that a city may have: not before those that are above it for certain, not behind those that are below it for certain.
survey-publish-ranks-chart = Place of each city, and where it may lie
survey-publish-ranks-note = Place 1 is best. The line holds all places that cannot be ruled out (95%).
survey-publish-otherwise = What if the total were put together in another way?
survey-publish-otherwise-text = Five categories count alike. That is a choice. These are the places under other choices.
survey-publish-otherwise-caption = Places under other weights and another mean
survey-publish-noisy-weights = Weights a quarter more or less
survey-publish-free-weights = Any weights
survey-publish-geometric = Geometric mean
survey-publish-categories-chart = Average of all cities by category
survey-publish-points-note = Of { $points } points in each category.
survey-publish-by-city = Scores of each city by category
survey-publish-averages-chart = Average score by part of the world
survey-publish-averages-note = Points of 100; the number of cities in brackets. OECD: countries that were members during the round.
survey-publish-averages-caption = Average scores by category
survey-publish-region-africa = Africa
survey-publish-region-asia = Asia
survey-publish-region-europe = Europe
survey-publish-region-north-america = North America
survey-publish-region-south-america = South America
survey-publish-region-oceania = Oceania
survey-publish-map = Cities by score
survey-publish-map-note = The larger the dot, the higher the score.
survey-publish-no-map = The positions of these cities are not known.
survey-publish-since = Change since { $round }
survey-publish-since-text = Compared are the { $criteria } criteria (of { $all }) that both rounds asked alike, in the { $cities } cities that took part in both. These scores are not the published ones.
survey-publish-change-chart = Score on common criteria
survey-publish-change-note = Points of 100. Coloured lines are the largest changes that are certain; the others may be chance.
survey-publish-change-caption = Change of each city
survey-publish-before = Before
survey-publish-after = Now
survey-publish-change = Change
survey-publish-certain = Certain?
survey-publish-change-certain = certain
survey-publish-change-uncertain = may be chance
survey-publish-use = Look closer
survey-publish-see-criteria = Each criterion
survey-publish-see-criteria-text = Who meets it best, with the page that shows it
survey-publish-see-method = How this round was made
survey-publish-see-method-text = Rules, formulas and what the intervals mean
survey-publish-see-reliability = How well people agreed
survey-publish-see-reliability-text = By category, language and criterion
survey-publish-see-data = All data
survey-publish-see-data-text = CSV and JSON, free to use, ready to be computed again
survey-publish-not-judged = Not judged, though chosen for this round: { $cities }.

survey-publish-city-summary = { $city } has { $score } of 100 points in { $round }: place { $rank } of { $cities }. Given what is uncertain, any place from { $low } to { $high } is possible.
survey-publish-pdf = This scorecard as PDF
survey-publish-interval-is = possible: { $between } (95%)
survey-publish-rank-of = place of { $n }
survey-publish-rank-is = possible: { $between } (95%)
survey-publish-region-average = average of { $region }
survey-publish-region-cities = { $n ->
    [one] 1 city
   *[other] { $n } cities
}
survey-publish-city-categories = Scores by category
survey-publish-raw = Raw points
survey-publish-near = Cities close by
survey-publish-near-text = { $n ->
    [one] One city cannot be told apart from this one: neither order holds in 95% of the draws.
   *[other] { $n } cities cannot be told apart from this one: neither order holds in 95% of the draws.
}
survey-publish-near-chart = Scores that cannot be told apart
survey-publish-near-note = Points of 100, with the interval of each score (95%).
survey-publish-alone = No other city is so close that the order is in doubt.
survey-publish-criteria-of = Criteria: { $category }
survey-publish-ground = How it was decided
survey-publish-evidence = Machine and evidence
survey-publish-ground-agreed = agreed
survey-publish-ground-mean = mean
survey-publish-ground-settled = settled
survey-publish-ground-open = not settled
survey-publish-ground-missing = nobody answered
survey-publish-ground-agreed-text = All readers gave the same points.
survey-publish-ground-mean-text = Two readers differed; the mean of their points counts.
survey-publish-ground-settled-text = An adjudicator decided and gave a reason, after a difference or a city’s reply.
survey-publish-ground-open-text = Readers differed and nobody settled it before the round closed. The mean of the points counts.
survey-publish-ground-missing-text = Nobody answered before the round closed. It counts as “could not be judged”.
survey-publish-machine-says = Machine: { $value }
survey-publish-cited = A reader points to
survey-publish-archived = The page as it was archived
survey-publish-replies = What the city says
survey-publish-replies-text = Each city saw its sheet before the round closed and could answer. These are its words.
survey-publish-reply-answer = What was decided
survey-publish-reply-changed = sheet changed
survey-publish-reply-kept = sheet kept
survey-publish-reply-open = not answered
survey-publish-capture = What was looked at
survey-publish-not-captured = The site could not be captured. People judged it as they saw it.
survey-publish-site = Site
survey-publish-captured-on = Captured on
survey-publish-pages-read = Pages read
survey-publish-pages = { $read } of { $known } known
survey-publish-digest = Archive (SHA-256)

survey-publish-criteria-lead = Every question of this round: how much of it the cities meet, and which city shows best how it is done.
survey-publish-share = Met by all cities together
survey-publish-best = Best practice
survey-publish-nobody = no city
survey-publish-no-best = No city met this criterion.
survey-publish-best-alt = Screenshot of the page of { $city } that shows this
survey-publish-best-caption = From the archive of this round, as a browser saw it on the day of capture.
survey-publish-values = How the cities did
survey-publish-values-chart = Cities by value
survey-publish-values-note = Number of cities. Halves are the mean of two readers.
survey-publish-criterion-cities = All cities
survey-publish-criterion-description = How the cities of { $round } meet this criterion, who does it best, and how well readers agreed.
survey-publish-in-instrument = This criterion in the list of questions, with examples

survey-publish-reliability-lead = Two people judged each city without seeing each other’s answers. Here is how often they agreed, and how often they agreed with the machine.
survey-publish-reliability-blind = Everything here is measured on the last answer that a reader gave before seeing the machine’s.
survey-publish-reliability-bands = Agreement by chance is taken out of kappa, pi, alpha and AC1: 1 is perfect, 0 is chance. For alpha, 0.80 and more can be built on, 0.67 and more allows tentative conclusions (Krippendorff). “No variation” means that all gave one and the same value, so that there was nothing to agree about.
survey-publish-reliability-shown = In this round readers saw the machine’s value before they answered, so agreement with it is no independent proof.
survey-publish-between-evaluators = Between evaluators
survey-publish-between-machine = Between evaluators and the machine
survey-publish-between = Between
survey-publish-reliability-caption = Agreement on this criterion
survey-publish-no-reliability = Nobody’s answers can be compared here.
survey-publish-agreement-chart = Equal answers by category
survey-publish-agreement-note = Per cent of answers to which two readers gave the same points.
survey-publish-by-category = By category
survey-publish-by-language = By language of the city
survey-publish-by-criterion = By criterion
survey-publish-of = Of
survey-publish-units = Answers compared
survey-publish-left-out = Left out
survey-publish-agreement = Agreement
survey-publish-kappa = Kappa
survey-publish-kappa-linear = Kappa, linear
survey-publish-kappa-quadratic = Kappa, quadratic
survey-publish-pi = Pi
survey-publish-alpha-nominal = Alpha, nominal
survey-publish-alpha-ordinal = Alpha, ordinal
survey-publish-alpha-interval = Alpha, interval
survey-publish-alpha-ratio = Alpha, ratio
survey-publish-ac1 = AC1
survey-publish-no-variation = no variation
survey-publish-too-few = –

survey-publish-method-lead = The rules of this round and the numbers that follow from them, in plain words. This page is written from the round’s own settings and data.
survey-publish-method-asked = What was asked
survey-publish-method-asked-text = Every city was judged by the same list of questions. Each category carries the same points, whatever the number of its questions.
survey-publish-method-categories = Categories of this round
survey-publish-raw-max = Raw points possible
survey-publish-category-points = Points of the total
survey-publish-method-read = How a city was read
survey-publish-method-captured = Each official site was captured into an archive of at most { $pages } pages, so that readers and machine saw the same, and anybody can check later what was there.
survey-publish-method-two = Two people answered every question, each alone and in the city’s own language. Here they are the letters A and B; the letters stand for seats, not for the same people in every city.
survey-publish-method-hidden = They saw what the machine had found only after they had answered.
survey-publish-method-shown = In this round they could see what the machine had found before they answered.
survey-publish-method-third = Where the two totals were further apart than { $percent }% of their mean, a third person (C) read the city too. { $n ->
    [0] That was not needed in any city.
    [one] That happened in 1 city.
   *[other] That happened in { $n } cities.
}
survey-publish-method-decided = How an answer became final
survey-publish-method-grounds = Grounds of the final answers
survey-publish-meaning = What it means
survey-publish-answers = Answers
survey-publish-method-reply = Each city could see its sheet for { $days } days and answer. { $n ->
    [0] No city did.
    [one] One reply came, and it is published.
   *[other] { $n } replies came, and all are published.
}
survey-publish-method-scored = How a score is made
survey-publish-method-formula = In each category the points reached are divided by the points that could be reached, and multiplied by the points that the category carries. The categories add up to 100.
survey-publish-method-formula-itself = score = sum over categories of points × raw ÷ max
survey-publish-method-example = An example: { $city }, { $category }: { $points } × { $raw } ÷ { $max } = { $score }.
survey-publish-method-exact = All scores are exact fractions and are rounded only when they are shown. Cities with equal scores share a place, and the next place is left out.
survey-publish-method-not-this-city = What is not a city’s task leaves the points that could be reached. What could not be judged counts as not met.
survey-publish-method-sure = What the intervals mean
survey-publish-method-bootstrap = Other people might have answered a little differently, and another list of the same kind might have asked a little differently. To see how much that matters, the computer draws the readers’ answers and the questions anew, { $draws } times, and scores each time. The interval of a score holds the middle { $level }% of these draws. This is called a bootstrap.
survey-publish-method-places = The places that a city may have begin behind all cities that were above it in at least { $level }% of the draws, and end before all that were below it in at least { $level }%.
survey-publish-method-groups = Two cities cannot be told apart when neither order held in { $level }% of the draws. Going down from the top, a bracket ends before the first city that can be told apart from the bracket’s first.
survey-publish-method-not-in = Not in the intervals: a reader who is strict with everything, pages that the capture missed, and what the site looked like on another day.
survey-publish-method-seed = Draws can be repeated: the seed is { $seed }.
survey-publish-method-otherwise = Other ways of adding up
survey-publish-method-otherwise-text = How many places a city moves on average when the total is put together otherwise. A small number means that the order does not hang on this choice.
survey-publish-method-scenarios = Mean change of place
survey-publish-scenario = What is done otherwise
survey-publish-mean-shift = Places moved
survey-publish-scenario-noisy-weights = Each category’s weight up to a quarter more or less
survey-publish-scenario-free-weights = Any weights, all equally likely
survey-publish-scenario-geometric = Geometric mean: a weak category is not made good by a strong one
survey-publish-scenario-without = Without { $category }
survey-publish-method-agreement = How agreement is measured
survey-publish-method-agreement-text = For every question of every city the answers of the first two readers are compared by their points. Where one of them gave none (“not this city’s task”, “could not be judged”) the pair is left out and counted.
survey-publish-method-coefficients = Given are the share of equal answers, Cohen’s kappa (plain, linear, quadratic), Scott’s pi, Krippendorff’s alpha (nominal, ordinal, interval, ratio) and Gwet’s AC1. For steps from 0 to 3 look at ordinal alpha and quadratic kappa, for yes or no at nominal alpha and AC1.
survey-publish-method-change = Change between rounds
survey-publish-method-change-text = Rounds are compared only on questions that both asked alike, and only in cities that took part in both. A change is called certain when zero lies outside the middle 95% of the draws.
survey-publish-method-again = Check it yourself
survey-publish-method-again-text = All answers, settlements and scores are published, and an independent program computes the scores and places from the tables alone.
survey-publish-opened-on = Opened on
survey-publish-coding-on = Reading began on
survey-publish-replies-until = Replies until
survey-publish-closed-on = Closed on
survey-publish-software = Software

survey-publish-data-lead = Everything that this round rests on, free to use: each answer of each reader, what was settled and why, scores as exact fractions, intervals, replies of cities.
survey-publish-files = Files
survey-publish-files-caption = Tables and documents of this round
survey-publish-file = File
survey-publish-rows = Rows
survey-publish-file-cities = Cities, sites and archives
survey-publish-file-criteria = Criteria with scale and category
survey-publish-file-codes = Each answer of each reader, before and after seeing the machine’s
survey-publish-file-settlements = What an adjudicator decided, and why
survey-publish-file-final = The final answer to each criterion, and its ground
survey-publish-file-machine = What the machine found, with the address of the page
survey-publish-file-scores = Scores by category and in total, as fractions
survey-publish-file-ranks = Places, intervals, other ways of adding up
survey-publish-file-reliability = Agreement between readers, and with the machine
survey-publish-file-replies = What cities replied, and what was decided
survey-publish-file-round = All of it as one JSON document
survey-publish-file-csvw = Description of the tables for programs (CSVW)
survey-publish-file-datacite = Description for DOI agencies (DataCite)
survey-publish-file-bibtex = Citation for BibTeX
survey-publish-file-cff = Citation for GitHub and Zenodo
survey-publish-formulas = About spreadsheets
survey-publish-formulas-text = Names, replies and reasons that begin with = + - or @ have an apostrophe in front, so that a spreadsheet does not take them for formulas. Numbers, fractions and identifiers are as they are.
survey-publish-licence = Licence
survey-publish-licence-text = You may use, share and change these data if you name the source.
survey-publish-cite = How to cite
survey-publish-address = Permanent address
survey-publish-doi = DOI
survey-publish-no-doi = none
survey-publish-recompute = Compute it again
survey-publish-recompute-text = bench/round/recompute.py in Madang’s source needs Python and this page’s address. It reads the tables, computes answers, scores and places anew with fractions, and compares.

survey-publish-preview-title = Publish { $round }
survey-publish-preview-lead = This is what would be published now. Look at it as a journalist would.
survey-publish-preview = What it would say
survey-publish-preview-first = The first city’s scorecard
survey-publish-do = Publish
survey-publish-for-ever = Publishing cannot be undone, and nothing published can be changed. The city names, the readers’ letters and the replies become public; the readers’ names do not.
survey-publish-button = Publish for good
survey-publish-doi-hint = If one is reserved, for example 10.5281/zenodo.1234567.
survey-publish-doi-wrong = A DOI begins with 10. and has a stroke, without https://
survey-publish-undecided = { $n ->
    [one] 1 answer was never decided. It is published as what it is.
   *[other] { $n } answers were never decided. They are published as what they are.
}
survey-publish-not-closed = Only a closed round can be published, and only once. Close it first.
survey-publish-no-city = Nobody has read any city of this round, so there is nothing to publish.
