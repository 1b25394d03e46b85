# Pages of the shell. Keys begin with the page's name.
page-not-translated = This page is not in your language yet. You are reading it in English.
menu-offices = Offices and opening hours

home-description = Services and facts of the city, in one place.
home-search = What do you need?
home-ways = What people come for
home-figures = The city in figures
home-tile-offices = Offices and opening hours
home-tile-offices-text = Find the nearest office, when it is open and whether you can get in without steps.
home-tile-about = About this demonstration
home-tile-about-text = What is made up, what is real, and what you can try.
home-tile-api = Open interfaces
home-tile-api-text = The same facts for programs, without a key.

city-source = { $source }, { $date }
city-source-register = Made-up population register
city-source-trees = Made-up tree register
city-source-mobility = Made-up mobility survey
city-figure-residents = residents
city-figure-households = households
city-figure-trees = street trees
city-figure-transit = of trips by bus, train, bicycle or on foot
city-figure-parks = square metres of park for each resident
city-figure-offices = offices open to everyone

city-office-district = District office
city-office-family = Family and welfare centre
city-office-library = Library
city-office-health = Public health centre
offices-lead = Every district of the city with its offices. Opening hours are on the 24-hour clock.
offices-none = No offices are listed.
offices-residents = { $n ->
    [one] { $n } resident
   *[other] { $n } residents
 }
offices-address = Address
offices-street = { $number } { $street }
offices-weekdays = Monday to Friday
offices-saturday = Saturday
offices-closed = Closed
offices-entry = Getting in
offices-step-free = Step-free entrance
offices-steps = Steps at the entrance; ring the bell and somebody helps

search-title = Search
search-title-for = Search: { $text }
search-label = What do you need?
search-how = Type a word or two, for example “library” or “league 2003”.
search-found = { $n ->
    [one] { $n } page found
   *[other] { $n } pages found
 }
search-nothing = Nothing found for “{ $text }”
search-nothing-advice = Try fewer or other words, or look at the overview of all pages.
search-kinds = Show only
search-all-kinds = Everything
search-sort = Order
search-by-relevance = Best match first
search-by-date = Newest first
search-kind-page = About this site
search-kind-office = Office

sitemap-title = Overview of all pages
sitemap-lead = Everything on this site, in one list.
sitemap-services = Services
sitemap-shell = This site

about-title = About this demonstration
about-lead = This is a working city portal for a city that does not exist.
about-fictional = What is made up
about-fictional-text = The city, its districts, offices, addresses, opening hours and figures are generated from a fixed number. No real person is named.
about-real = What is real
about-real-text = League tables of real cities come from published studies. Each figure names its source.
about-nobody = Who reads what you send
about-nobody-text = Nobody. Nothing that you do here reaches an authority. To reach your own city, use the address that it publishes.
about-software = The software
about-software-text = The portal is Madang, free software under the Apache 2.0 or the MIT licence. A city can run it on one machine of its own.
about-security = A security problem
about-security-text = Please tell the people who make the software, as its file SECURITY.md says, before you tell the public.

accessibility-title = Accessibility
accessibility-lead = Everyone should be able to use this site: by keyboard, with a screen reader, with large text, on an old phone.
accessibility-standard = What we aim for
accessibility-standard-text = The Web Content Accessibility Guidelines 2.2, level AA, which Europe’s EN 301 549 builds on and Korea’s KWCAG 2.2 is close to.
accessibility-how = How we check
accessibility-how-text = Every page is tested by a program (axe-core) in every language and colour scheme before a release. That finds part of the problems, not all of them.
accessibility-limits = What we know is missing
accessibility-limits-text = No independent person has tested the site yet. Charts are drawings; the same figures are in the table below each of them. Some pages are not in every language.
accessibility-tell = How to change what you see
accessibility-tell-text = Choose colours, contrast and text size under “Display” at the top of every page. Your browser’s own zoom works up to 400 percent.

privacy-title = Privacy
privacy-lead = You can read everything here without telling us who you are.
privacy-none = What we ask
privacy-none-text = Nothing. There are no accounts and no forms that ask for your name.
privacy-cookies = Cookies
privacy-cookies-text = Two, and only after you choose: “language” and “display” keep your choice for a year. They hold nothing about you. No other site can read them.
privacy-logs = Logs
privacy-logs-text = The server counts requests. It writes down neither what you searched for nor your network address. To stop floods, it remembers for two minutes how many forms came from an address.
privacy-uploads = What you upload
privacy-uploads-text = A score sheet that you upload is kept under an address that only you know and is deleted when its time is over. The page of the scorecard shows the day.
privacy-others = Others
privacy-others-text = Pages load nothing from other sites: no fonts, no counters, no advertisements.

offline-title = No connection
offline-lead = Your device is not connected. Pages cannot be shown without a connection. Try again when you are back online.

api-title = Open interfaces
api-lead = Everything that pages show can be read by programs. No key is needed. Errors are problem details (RFC 9457).
api-description = The description in OpenAPI 3.1
api-none = No interface is offered at the moment.
api-parameters = Parameters
api-name = Name
api-meaning = Meaning

failure-home = Go to the home page
failure-search = What were you looking for?
failure-not-found = This page does not exist
failure-not-found-advice = Check the address for typing errors, or search for what you need.
failure-forbidden = This request was refused
failure-forbidden-advice = It seems to come from another website. Open the page here and try again.
failure-method = This address cannot do that
failure-method-advice = Open the page from the menu and try again.
failure-too-many = Too many requests
failure-too-many-advice = Wait a minute, then try again. What you did before is kept.
failure-too-large = This file is too large
failure-too-large-advice = Make it smaller and send it again.
failure-refused = This could not be done
failure-refused-advice = Go back, check what you entered and try again.
failure-conflict = Somebody was faster
failure-conflict-advice = The same thing was changed a moment ago. Load the page again and look at it before you go on.
failure-busy = The site is busy
failure-busy-advice = Try again in a moment.
failure-ours = Something went wrong on our side
failure-ours-advice = It is not your fault, and we have a record of it. Try again in a few minutes.

gallery-title = Gallery of components
