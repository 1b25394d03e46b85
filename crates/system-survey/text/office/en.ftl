survey-right-round = Open rounds of the survey, bring cities and evaluators, have sites captured, close and publish

survey-stage-preparing = Preparing
survey-stage-coding = Coding
survey-stage-replying = Cities reply
survey-stage-closed = Closed
survey-stage-published = Published

survey-region-africa = Africa
survey-region-asia = Asia
survey-region-europe = Europe
survey-region-north_america = North and Central America
survey-region-south_america = South America
survey-region-oceania = Oceania

survey-capture-waiting = Waiting
survey-capture-capturing = Under way
survey-capture-assessed = Captured
survey-capture-failed = Given up

survey-office = Survey rounds
survey-office-lead = A round judges the websites of many cities with one instrument: two people read each city, blind of each other.
survey-office-count = { $n ->
    [one] 1 round
   *[other] { $n } rounds
 }
survey-office-none = There is no round yet
survey-office-none-next = Open the first one: it takes a minute, and nothing is sent to anybody.
survey-office-new = Open a round
survey-office-new-lead = What you decide here is published with the round and does not change afterwards.
survey-office-open = Open the round
survey-office-opened = Opened
survey-office-stage = Stage
survey-office-title = Title
survey-office-title-hint = For example: Global E-Governance Survey 2026
survey-office-title-wrong = Write a title of at most 120 characters
survey-office-slug = Name in the address
survey-office-slug-hint = Small letters, digits and hyphens, such as 2026. The round keeps this address for good.
survey-office-slug-wrong = Write 1 to 40 small letters, digits or hyphens, with no hyphen at either end
survey-office-slug-taken = Another round has this address; choose another
survey-office-instrument = Instrument
survey-office-instrument-hint = The criteria that the cities are judged by
survey-office-instrument-wrong = Choose an instrument
survey-office-machine = The machine’s finding
survey-office-machine-hint = A program judges every site too. Evaluators who see its finding first tend to agree with it.
survey-office-machine-hidden = Shown to evaluators only after they have coded a criterion
survey-office-machine-shown = Shown to evaluators from the beginning
survey-office-threshold = Third reader from a difference of (percent)
survey-office-threshold-hint = When the totals of two evaluators differ by more than this part of their mean, a third one reads the city.
survey-office-threshold-wrong = Write a whole number from 1 to 100
survey-office-reply-days = Days for the cities’ reply
survey-office-reply-days-hint = So long each city can see its sheet and answer before the round closes.
survey-office-reply-days-wrong = Write a whole number from 1 to 365
survey-office-budget = Pages read of each site at most
survey-office-budget-hint = The same for every city. 400 pages are enough for most sites.
survey-office-budget-wrong = Write a whole number from 10 to 5000

survey-office-overview = Overview
survey-office-rules = What was decided
survey-office-replies-until = Cities may reply until
survey-office-of = { $n } of { $all }
survey-office-cities = Cities
survey-office-captured = Sites captured
survey-office-evaluators = Evaluators
survey-office-handed-in = Cities handed in by evaluators
survey-office-next = What comes next
survey-office-in-the-way = Before the round can go on:
survey-office-not-yet = The round cannot go on yet. Go back: the page says what is missing.
survey-office-moved = The round has gone on to its next stage.
survey-office-next-coding = Evaluators can then code their cities. Cities and evidence do not change any more.
survey-office-move-coding = Begin coding
survey-office-next-replying = Every city whose address is known gets a letter with the way to its sheet. Evaluators cannot change anything any more.
survey-office-move-replying = Show the cities their sheets
survey-office-next-closed = Nothing changes after that. What is published is worked out from what stands then.
survey-office-move-closed = Close the round
survey-office-published = What was published
survey-office-to-publish = Look at the results and publish them
survey-office-obstacle-no-cities = Bring the cities.
survey-office-obstacle-not-captured = { $n ->
    [one] 1 site is not captured yet.
   *[other] { $n } sites are not captured yet.
 }
survey-office-obstacle-readers = { $n ->
    [one] 1 city has no two evaluators yet.
   *[other] { $n } cities have no two evaluators yet.
 }
survey-office-obstacle-unsettled = { $n ->
    [one] 1 city is not handed in, or has differences that are not settled.
   *[other] { $n } cities are not handed in, or have differences that are not settled.
 }
survey-office-obstacle-replies = { $n ->
    [one] 1 reply of a city waits for an answer.
   *[other] { $n } replies of cities wait for an answer.
 }
survey-office-obstacle-open = The time in which cities may reply is not over.

survey-office-cities-count = { $n ->
    [one] 1 city
   *[other] { $n } cities
 }
survey-office-cities-fixed = Coding has begun: the cities of this round do not change any more.
survey-office-city-stays = This city cannot be taken out: it has evidence or evaluators already, or coding has begun.
survey-office-brought = The cities are in the round.
survey-office-removed = The city is not in the round any more.
survey-office-remove = Take out
survey-office-yes = yes
survey-office-no = no
survey-office-bring = Bring cities
survey-office-bring-button = Bring these cities
survey-office-file = A file in CSV
survey-office-list = Or paste the list
survey-office-list-hint = The first line names the columns. All cities come in, or none when a line is wrong.
survey-office-format = How the list is written
survey-office-format-text = name, country (two letters, ISO 3166-1), region (africa, asia, europe, north_america, south_america, oceania), oecd (yes or no), languages (the city’s own first, with spaces between), address; and where you know them slug, latitude, longitude and contact (an e-mail address for the right of reply).
survey-office-example = Example to fill in
survey-office-wrong-unreadable = this is no CSV: { $said }
survey-office-wrong-empty = the list has no cities
survey-office-wrong-columns = these columns are missing: { $said }
survey-office-wrong-unknown-column = no list has a column “{ $said }”
survey-office-wrong-name = write a name of at most 120 characters
survey-office-wrong-country = “{ $said }” is no country; write two letters such as KR
survey-office-wrong-region = “{ $said }” is no region; write africa, asia, europe, north_america, south_america or oceania
survey-office-wrong-oecd = oecd is “{ $said }”; write yes or no
survey-office-wrong-languages = “{ $said }” are no languages; write tags such as ko en
survey-office-wrong-address = “{ $said }” is no web address; write https://www.city.example/
survey-office-wrong-slug = “{ $said }” cannot stand in an address; write small letters, digits and hyphens
survey-office-wrong-position = “{ $said }” is no latitude and longitude in degrees
survey-office-wrong-contact = the contact is no e-mail address
survey-office-wrong-twice = “{ $said }” stands in the list or in the round already
survey-office-column-city = City
survey-office-column-country = Country
survey-office-column-region = Region
survey-office-column-oecd = OECD
survey-office-column-languages = Languages
survey-office-column-address = Site
survey-office-column-evidence = Evidence
survey-office-column-remove = Take out
survey-office-column-state = State
survey-office-column-pages = Pages read / known
survey-office-column-when = When (UTC)
survey-office-column-doing = What it does, or what went wrong
survey-office-column-again = Capture anew

survey-office-capture = Captures
survey-office-capture-caption = Cities, what needs you first
survey-office-no-cities = There are no cities in this round yet
survey-office-evidence = Evidence
survey-office-start = Start the captures
survey-office-resume = Let the captures go on
survey-office-pause = Hold the captures
survey-office-paused = The captures are held. Sites under way stop after the page that they read.
survey-office-again = Capture anew
survey-office-look-again = Look again
