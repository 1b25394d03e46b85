"""A generated city site with known truth: many pages, a menu of 348 links on each, a few pages that matter.

    python3 site.py FOLDER [--pages 1500] [--seed 1]

Writes FOLDER/*.html, FOLDER/truth.json ({topic: path}) and FOLDER/pages.json (all paths, home first).
The titles below were written for this file, not taken from the lexicons that the survey uses.
"""

import argparse
import json
import pathlib
import random

TOPICS = {
    "privacy-policy": ("How we look after your personal information", "what we collect, why, how long we keep it, your right to see and correct it, data protection officer"),
    "office-locations": ("Visit the town hall and neighbourhood offices", "address, street, map, postcode, entrance, bus stop"),
    "opening-hours": ("When our offices are open", "Monday to Friday 9:00 to 17:00, closed on public holidays"),
    "contact-directory": ("Department phone list", "telephone, e-mail, head of department, extension"),
    "council-minutes": ("Council meeting minutes", "minutes of the meeting held on, present, resolved, agenda item, motion carried"),
    "elected-officials": ("The mayor and councillors", "councillor, ward, party, register of interests, surgery"),
    "ordinances": ("City code and bylaws", "section, ordinance no., chapter, penalty, enacted"),
    "budget": ("Budget for the coming year", "revenue, expenditure, fiscal year, appropriation, capital programme"),
    "procurement": ("Tenders and contracts", "tender, bid, closing date, contract award, supplier"),
    "jobs": ("Work for the city: current vacancies", "vacancy, salary, closing date, apply, job description"),
    "events": ("What's on: calendar of events", "date, time, venue, concert, exhibition, festival"),
    "pay-taxes": ("Pay your property tax", "tax bill, due date, pay online, card, receipt"),
    "pay-fines": ("Pay a parking ticket", "ticket number, fine, pay online, appeal"),
    "building-permits": ("Apply for a building permit", "plans, application form, fee, inspection, zoning"),
    "business-licence": ("Get a business licence", "licence, trade, application, renewal, fee"),
    "certificates": ("Order a birth, marriage or death certificate", "certified copy, registrar, fee, order online"),
    "appointments": ("Book an appointment", "choose a day, time slot, desk, confirm"),
    "report-problem": ("Report a pothole, broken street light or graffiti", "location, photo, describe, reference number"),
    "complaints": ("Complain about our service", "complaint, ombudsman, reply within, stage one"),
    "information-request": ("Freedom of information requests", "request, records, reply within 20 working days, exemption"),
    "faq": ("Frequently asked questions", "question, answer, how do I, where can I"),
    "childcare-schools": ("Find a nursery or school place", "enrolment, catchment, places, application"),
    "transport-parking": ("Parking permits and buses", "resident permit, zone, timetable, fare"),
    "waste": ("Bin collection days and recycling", "collection day, recycling, bulky waste, calendar"),
    "bookings": ("Hire a hall or sports pitch", "hall, pitch, hourly rate, booking form"),
    "newsletter": ("Subscribe to the city newsletter", "newsletter, e-mail address, subscribe, archive, issue"),
    "consultations": ("Have your say: open consultations", "consultation, comment, closes on, draft plan"),
    "participatory-budget": ("You decide: participatory budget", "proposal, vote, project, residents, winning projects"),
    "petitions": ("Start or sign a petition", "petition, signatures, debate, council response"),
    "emergency": ("Prepare for emergencies", "flood, storm, shelter, siren, alert, emergency number"),
}
FILLER = "The street market returns on Saturday. Works on the river path continue and the library shows local painters. Our gardeners planted two hundred trees along the canal this spring and ask residents to water them in dry weeks. ".split()
MENU_LINKS = 348


def page(title, menu, body, crumbs=""):
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title} - Rivermouth City</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><a href="#main">Skip to content</a><header><a href="/index.html">Rivermouth City</a>
<form action="/search.html" role="search"><label>Search <input type="search" name="q"></label><button>Search</button></form>
<nav>{menu}</nav></header>{crumbs}<main id="main"><h1>{title}</h1>{body}</main>
<footer><p>Rivermouth City Council. Pay, apply, report, budget, privacy, jobs, council, permits: all in the menu above.</p></footer></body></html>
"""


def prose(rng, words):
    return " ".join(rng.choice(FILLER) for _ in range(words))


def form(topic):
    return (f'<form method="post" action="/{topic}/send"><label>Name <input name="name" required autocomplete="name"></label>'
            f'<label>Reference <input name="reference"></label><button>Send</button></form>')


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--pages", type=int, default=1500)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    rng = random.Random(options.seed)
    fillers = [f"news/{number // 60}/{number}.html" for number in range(options.pages - len(TOPICS) - 2)]
    truth = {topic: f"service/{number}/{topic if number % 3 else 'page' + str(number)}.html" for number, topic in enumerate(TOPICS)}
    in_menu = list(truth)[: len(TOPICS) * 2 // 3]
    entries = [(TOPICS[topic][0], truth[topic]) for topic in in_menu]
    entries += [(" ".join(prose(rng, 4).split()), path) for path in rng.sample(fillers, MENU_LINKS - len(entries))]
    rng.shuffle(entries)
    menu = "<ul>" + "".join(f'<li><a href="/{path}">{text}</a></li>' for text, path in entries) + "</ul>"
    write = lambda path, text: ((options.folder / path).parent.mkdir(parents=True, exist_ok=True), (options.folder / path).write_text(text))
    hidden = [topic for topic in truth if topic not in in_menu]
    parents = {topic: truth[rng.choice(in_menu)] for topic in hidden}
    for topic, (title, words) in TOPICS.items():
        children = "".join(f'<li><a href="/{truth[child]}">{TOPICS[child][0]}</a></li>' for child in hidden if parents[child] == truth[topic])
        body = f"<p>{prose(rng, 60)}</p><p>{words.capitalize()}.</p><ul>{children}</ul>{form(topic)}"
        write(truth[topic], page(title, menu, body))
    for number, path in enumerate(fillers):
        onward = "".join(f'<li><a href="/{fillers[(number * 3 + step) % len(fillers)]}">More {step}</a></li>' for step in range(1, 4))
        write(path, page(f"News {number}: {prose(rng, 5)}", menu, f"<p>{prose(rng, 250)}</p><ul>{onward}</ul>"))
    write("index.html", page("Welcome to Rivermouth", menu, f"<p>{prose(rng, 120)}</p>"))
    write("search.html", page("Search", menu, "<p>No results.</p>"))
    (options.folder / "truth.json").write_text(json.dumps(truth, indent=1))
    (options.folder / "pages.json").write_text(json.dumps(["index.html", "search.html", *truth.values(), *fillers]))
    print(f"{len(fillers) + len(TOPICS) + 2} pages, {len(entries)} links in the menu, {len(truth)} pages that matter")


if __name__ == "__main__":
    main()
