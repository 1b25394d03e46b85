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

sitemap-title = Site map
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

accessibility-title = Accessibility statement
accessibility-lead = Everyone should be able to use this site: by keyboard, with a screen reader, with large text, on an old phone.
accessibility-standard = What we aim for
accessibility-standard-text = The Web Content Accessibility Guidelines 2.2, level AA, which Europe’s EN 301 549 builds on and Korea’s KWCAG 2.2 is close to.
accessibility-how = How we check
accessibility-how-text = Every page is tested by a program (axe-core) in every language and colour scheme before a release. That finds part of the problems, not all of them.
accessibility-limits = What we know is missing
accessibility-limits-text = No independent person has tested the site yet. Charts are drawings; the same figures are in the table below each of them. Some pages are not in every language.
accessibility-tell = How to change what you see
accessibility-tell-text = Choose colours, contrast and text size under “Display” at the top of every page. Your browser’s own zoom works up to 400 percent.
accessibility-barrier-text = Something you cannot read, reach or use? Go to or telephone any office; the page “Offices and opening hours” lists them. Say which page it was and what you wanted to do. You get the information another way at once, and an answer about the barrier within ten working days.
accessibility-barrier = Tell us about a barrier

privacy-title = Privacy notice
privacy-lead = You can read everything here without telling us who you are.
privacy-none = Which data we collect
privacy-none-text = Nothing, as long as you only read. When you make an account: your name, your e-mail address, how you sign in, and where you are signed in. When you choose to: a telephone number, a proof that you live here, who may act for you. When you send something without an account: what you sent, with a reference and a PIN. Each form says what it is for.
privacy-cookies = Cookies
privacy-cookies-text = “language” and “display” keep your choice for a year and hold nothing about you. “session” is set when you sign in and ends when you sign out. Two short ones last ten minutes while you sign in. No other site can read them.
privacy-logs = Logs
privacy-logs-text = The server counts requests. It writes down neither what you searched for nor what you sent. When somebody signs in, or fails to, it notes the time and the network address. To stop floods, it remembers for up to an hour how often a network sent forms, as a number that cannot be turned back into the address.
privacy-uploads = What you upload
privacy-uploads-text = A file that you upload is checked for viruses where the city has set that up, and places and names are taken out of pictures. A score sheet is kept under an address that only you know and is deleted when its time is over.
privacy-others = Who receives it
privacy-others-text = Nobody, unless you choose it: when you sign in through another provider, it learns that you did; letters go through the mail and message services that the city uses. We do not sell or pass on personal data to third parties. Pages load nothing from other sites: no fonts, no counters, no advertisements. A company that runs the server for the city is bound to the same rules.
privacy-safe-text = The connection can be encrypted (TLS). Passwords are kept as hashes, identifiers and letters sealed. Staff need a second proof to sign in and a written reason to look at your record; you see each look on your page. Every change is written to an audit trail that cannot be rewritten unnoticed.
privacy-safe = How we protect it
privacy-complain-text = Ask the city’s offices first. You can also lodge a complaint with your data protection authority at any time.
privacy-complain = Questions and complaints
privacy-rights-text = On your page you can see and correct your data, download all of it, see who looked at it, and delete your account. You also have the right to object to its use. Without an account, go to, write to or telephone any office listed under “Offices and opening hours”. You get an answer within one month, free of charge.
privacy-rights = Your rights
privacy-how-long-text = Cookies of choices end after one year. Ended sessions and what a letter said go after thirty days. A score sheet is deleted after thirty days; its page shows the day. An account stays until you delete it. The audit trail keeps what was done, with a number in place of your name.
privacy-how-long = How long we keep it
privacy-why-text = Choices are kept at your request. An account is kept because you asked for it, to do the city’s public tasks for you. Requests and sign-ins are counted to keep the site running and safe, a task in the public interest. A score sheet is kept to show you its result, because you asked for it. We use nothing for advertising, profiles or decisions about you.
privacy-why = For which purpose and on what legal basis
privacy-who-text = The city named at the top of this page is the controller of the personal data that this site handles. You reach it at its offices, listed under “Offices and opening hours”. In a demonstration it is whoever runs this copy of the program.
privacy-who = Who is responsible

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

failure-signed-out = You are signed out
failure-signed-out-advice = Sign in in another window, then come back to this one and send again: what you typed is still there when you go back.
failure-not-allowed = You may not do this
failure-not-allowed-advice = Your role does not include it. Ask the person who manages roles in your city.
failure-second-factor = A second proof is needed
failure-second-factor-advice = Open your page, prove who you are with your passkey or code, then try again.

attempts-too-many = Too many attempts
attempts-too-many-advice = The pause protects accounts from programs that guess. If it was not you who tried, you need not do anything.
attempts-wait = { $n ->
    [one] Try again in a minute.
   *[other] Try again in { $n } minutes.
 }

proof-working = Checking that no program is sending this form. It takes a few seconds.
proof-done = Checked.
proof-without-scripts = To keep programs out, this form can be sent { $n } seconds after the page opened.
proof-early = The form was sent very fast. Press the button again in { $n } seconds.
proof-stale = The page was open for a long time. Check what you entered, then press the button again.
proof-spent = This form was sent already. See whether it was done; if not, press the button again.

files-refused-empty = The file is empty. Check that it opens on your device, then choose it again.
files-refused-too-large = The file is larger than { $most } MB. Make it smaller or send it in parts.
files-refused-not-allowed = A file of this kind cannot be sent here. Choose one of these kinds: { $kinds }.
files-refused-disagrees = The file is not what its name says. Open it, save it again in the right format, and choose that file.
files-refused-damaged = The file is damaged or unfinished. Check that it opens on your device, then save and send it again.
files-refused-too-many-pixels = The picture is too large to be opened safely. Save it with fewer pixels and send that.
files-refused-heic = Pictures in the HEIC or AVIF format may show where you were, and we cannot take that out. Save the picture as JPEG and send that.
files-refused-pdf-active = The PDF file holds a program, a form that sends itself or other files. Print it into a new PDF file and send that.
files-refused-pdf-locked = The PDF file is locked with a password and cannot be checked. Save it without a password and send that.
files-refused-infected = The virus scanner found something harmful in the file. It was not kept. Check your device, then send a clean file.
files-refused-later = The file cannot be checked at the moment, so it was not kept. Try again in a few minutes.

slip-title = Kept. Write these two down
slip-text = With them you find this again, on any device. The PIN is shown only now.
slip-reference = Reference
slip-pin = PIN
slip-join = Find it again or keep it with your account

gallery-title = Gallery of components
