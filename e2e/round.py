"""Puts a closed round of made-up cities into the database of a city that runs: python3 round.py ADDRESS DATABASE SLUG [CITIES]

Two readers, sometimes a third; a machine's report with evidence; settlements and replies. The same slug gives the same round.
"""

import json
import random
import sqlite3
import sys
import urllib.request

DAY = 86_400_000_000
BEGAN = 1_790_000_000_000_000
INSTRUMENT = "madang-2026"
# Name, country, region, OECD, language, latitude, longitude: nobody's city, at places where cities could be.
CITIES = [
    ("Haneul", "KR", "asia", 1, "ko", 37.4, 127.1), ("Maru", "KR", "asia", 1, "ko", 35.2, 128.9), ("Kawane", "JP", "asia", 1, "ja", 35.7, 139.2),
    ("Senju Bay", "JP", "asia", 1, "ja", 34.6, 135.3), ("Lotus Port", "SG", "asia", 0, "en", 1.4, 103.9), ("Qinghe", "CN", "asia", 0, "zh", 31.1, 121.2),
    ("Devpur", "IN", "asia", 0, "hi", 19.0, 73.0), ("Almaz", "KZ", "asia", 0, "ru", 43.3, 76.9), ("Nordhavn", "DK", "europe", 1, "da", 55.6, 12.4),
    ("Lindmark", "SE", "europe", 1, "sv", 59.3, 18.2), ("Brückstadt", "DE", "europe", 1, "de", 52.6, 13.2), ("Valmora", "ES", "europe", 1, "es", 40.3, -3.6),
    ("Sainte-Aube", "FR", "europe", 1, "fr", 48.9, 2.5), ("Hradka", "CZ", "europe", 1, "cs", 50.0, 14.6), ("Portalto", "PT", "europe", 1, "pt", 38.8, -9.0),
    ("Westmere", "GB", "europe", 1, "en", 51.4, -0.3), ("Cedar Falls North", "US", "north_america", 1, "en", 40.8, -73.8), ("Lakehead Point", "CA", "north_america", 1, "en", 43.8, -79.2),
    ("Agua Clara", "MX", "north_america", 1, "es", 19.5, -99.0), ("Serra Azul", "BR", "south_america", 0, "pt", -23.4, -46.7), ("Puerto Lirio", "AR", "south_america", 0, "es", -34.7, -58.5),
    ("Umoja", "KE", "africa", 0, "en", -1.4, 36.9), ("Nile Gardens", "EG", "africa", 0, "ar", 30.1, 31.4), ("Harbour Cove", "AU", "oceania", 1, "en", -33.8, 151.1),
]
QUOTES = ["We protect your personal data", "Pay your bill online", "Ask the council a question", "Minutes of the last meeting"]


def main(address, database, slug, count=len(CITIES)):
    with urllib.request.urlopen(f"{address}/api/v1/survey/instruments/{INSTRUMENT}") as answer:
        instrument = json.load(answer)
    base = sqlite3.connect(database, timeout=30)
    with base:
        fill(base, instrument, slug, count)
    base.close()


def fill(base, instrument, slug, count):
    # Cities keep what they are from round to round; the draws of a round are its own.
    draw, lasting = random.Random(slug), random.Random("cities")
    late = slug.endswith("6")
    base.execute(
        "INSERT INTO survey_round (id, slug, title, instrument, version, stage, machine_shown, threshold, reply_days, budget,"
        " capture_paused, opened_by, opened_at, coding_at, replies_until, closed_at) VALUES (?,?,?,?,?,'closed',0,100,21,400,0,'ac_1',?,?,?,?)",
        (f"rd_{slug}", slug, f"Survey of city websites {slug}", INSTRUMENT, instrument["version"], BEGAN, BEGAN + 9 * DAY, BEGAN + 40 * DAY, BEGAN + 41 * DAY),
    )
    hardness = {criterion["id"]: lasting.betavariate(2, 2) for criterion in instrument["criteria"]}
    for number in range(count):
        name, country, region, oecd, language, latitude, longitude = CITIES[number % len(CITIES)]
        if number >= len(CITIES):
            name = f"{name} {number // len(CITIES) + 1}"
        skill = lasting.gauss(0.52 - 0.012 * (number % len(CITIES)) + 0.1 * oecd, 0.08) + (draw.gauss(0.05, 0.05) if late else 0)
        place = name.lower().replace(" ", "-").replace("ü", "u")
        city = f"rc_{slug}_{number:03}"
        base.execute(
            "INSERT INTO survey_round_city (id, round, slug, name, country, region, oecd, languages, address, latitude, longitude,"
            " contact, capture, capture_note, pages_known, pages_read, capture_tries, capture_ended, evidence_digest, evidence_bytes)"
            " VALUES (?,?,?,?,?,?,?,?,?,?,?,'','assessed','',?,?,1,?,?,?)",
            (city, f"rd_{slug}", place, name, country, region, oecd, language, f"https://www.{place}.example/", latitude, longitude,
             draw.randint(500, 9000), 400, BEGAN + 3 * DAY, f"{draw.getrandbits(256):064x}", draw.randint(10**7, 10**8)),
        )
        truth = {criterion["id"]: value(draw, criterion, skill - hardness[criterion["id"]]) for criterion in instrument["criteria"]}
        seats = ["first", "second", "third"] if number % 11 == 5 else ["first", "second"]
        answers = {seat: read(base, draw, instrument, city, slug, seat, truth) for seat in seats}
        report(base, draw, instrument, city, place, truth)
        settle(base, draw, instrument, city, answers, truth)
        if number % 6 == 1:
            reply(base, city, number)


def value(draw, criterion, ease):
    top = int(criterion["scale"][2:])
    if draw.random() < 0.01:
        return "not_this_city", None
    level = ease + draw.gauss(0.5, 0.25)
    if criterion["scale"][1] == "/":
        points = top if level > 0.5 else 0
    else:
        points = max(0, min(top, round(level * top)))
    return ("found", points) if points else ("not_found", None)


def blurred(draw, criterion, known, share):
    return value(draw, criterion, draw.gauss(0, 0.3)) if draw.random() < share else known


def read(base, draw, instrument, city, slug, seat, truth):
    assignment = f"as_{city}_{seat}"
    base.execute("INSERT INTO survey_assignment (id, round, city, account, seat, given_at, done_at) VALUES (?,?,?,?,?,?,?)",
                 (assignment, f"rd_{slug}", city, f"ac_{seat}", seat, BEGAN + 9 * DAY, BEGAN + 20 * DAY))
    answers = {}
    for criterion in instrument["criteria"]:
        blind = blurred(draw, criterion, truth[criterion["id"]], 0.14)
        final = truth[criterion["id"]] if draw.random() < 0.2 else blind
        answers[criterion["id"]] = final
        cited = json.dumps([f"https://www.{city}.example/cited"] if draw.random() < 0.05 else [])
        base.execute("INSERT INTO survey_code VALUES (?,?,?,?,'',0,?,?,?,NULL,1,?)", (assignment, criterion["id"], *final, cited, *blind, BEGAN + 10 * DAY))
    return answers


def report(base, draw, instrument, city, place, truth):
    criteria = []
    for criterion in instrument["criteria"]:
        state, points = blurred(draw, criterion, truth[criterion["id"]], 0.17)
        if criterion["mode"] in ("human", "probe"):
            state, points = "not_assessable", None
        page = f"https://www.{place}.example/{criterion['id'].lower()}"
        evidence = [{"url": page, "record": f"<urn:uuid:{draw.getrandbits(128):032x}>", "quote": draw.choice(QUOTES), "screenshot": f"urn:madang:screenshot:{page}"}]
        criteria.append({"id": criterion["id"], "value": points if state == "found" else 0 if state == "not_found" else None, "state": state,
                         "confidence": round(draw.uniform(0.5, 0.98), 2), "decided": criterion["mode"], "reason": "A page of the site says so.",
                         "evidence": evidence if state == "found" else []})
    base.execute("INSERT INTO survey_report VALUES (?,?,?)", (city, json.dumps({"schema": "madang-report-1", "criteria": criteria}), BEGAN + 3 * DAY))


def settle(base, draw, instrument, city, answers, truth):
    """What readers with a third one, or without points from one of them, left open."""
    for criterion in instrument["criteria"]:
        given = [of[criterion["id"]] for of in answers.values()]
        open_points = any(points is None and state == "not_this_city" for state, points in given) and len(set(given)) > 1
        if open_points or (len(given) == 3 and len(set(given)) > 1):
            base.execute("INSERT INTO survey_settlement VALUES (?,?,?,?,?,?,'ac_9',?,NULL)",
                         (f"se_{city}_{criterion['id']}", city, criterion["id"], *truth[criterion["id"]], "The archived page shows it plainly.", BEGAN + 25 * DAY))


def reply(base, city, number):
    outcome, answer = ("changed", "The form was there on the day of capture; the sheet is changed.") if number % 12 == 1 else ("kept", "The page came after the day of capture.")
    base.execute("INSERT INTO survey_reply VALUES (?,?,'PS02',?,?,?,?,?,'ac_9',?)",
                 (f"rp_{city}", city, "Our policy can be reached from every page, in the footer.", "https://www.city.example/policy", BEGAN + 30 * DAY, outcome, answer, BEGAN + 33 * DAY))


if __name__ == "__main__":
    main(*sys.argv[1:4], *map(int, sys.argv[4:5]))
