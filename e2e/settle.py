"""A round in coding for a journey, and what happens to it elsewhere: python3 settle.py DATABASE ACT [WORDS]

    open ADDRESS COORDINATOR READER   a round with one city that two people have handed in; roles for these names
    third                             the third reader hands in
    replying                          the round moves on to replies
"""

import json
import sqlite3
import sys
import time
import urllib.request

NOW = int(time.time() * 1_000_000)
# Criteria that the second reader did not find.
APART = 12


def criteria(address):
    with urllib.request.urlopen(f"{address}/api/v1/survey/instruments/madang-2026") as answer:
        known = json.load(answer)["criteria"]
    # The scale is "0-3" or "0/1".
    return [{"id": one["id"], "max": int(one["scale"][2:])} for one in known]


def code(base, assignment, points):
    rows = [
        (assignment, criterion, "found", value, "Seen on the home page.", False, json.dumps(["https://haneul.example/privacy"]), "found", value, 1, NOW)
        for criterion, value in points
    ]
    names = "assignment, criterion, state, value, note, flagged, cited, blind_state, blind_value, version, coded_at"
    base.executemany(f"INSERT INTO survey_code ({names}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def assign(base, seat, account, done):
    row = (f"as_{seat}", "ro_journey", "rc_journey", account, seat, NOW, done)
    base.execute("INSERT INTO survey_assignment (id, round, city, account, seat, given_at, done_at) VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def open_round(base, address, coordinator, reader):
    account = lambda name: base.execute("SELECT id FROM identity_account WHERE name = ?", (name,)).fetchone()[0]
    for name, role in [(coordinator, "coordinator"), (reader, "evaluator")]:
        row = (f"gr_{role}", account(name), role, "journey", NOW)
        base.execute("INSERT INTO identity_grant (id, account, role, given_by, given_at) VALUES (?, ?, ?, ?, ?)", row)
    base.execute(
        "INSERT INTO survey_round (id, slug, title, instrument, version, stage, machine_shown, threshold, reply_days, budget, capture_paused, opened_by, opened_at)"
        " VALUES ('ro_journey', 'spring', 'Spring round', 'madang-2026', '1', 'coding', FALSE, 100, 21, 400, FALSE, ?, ?)",
        (account(coordinator), NOW - 86_400_000_000),
    )
    base.execute(
        "INSERT INTO survey_round_city (id, round, slug, name, country, region, oecd, languages, address, contact, capture, capture_note, pages_known, pages_read, capture_tries)"
        " VALUES ('rc_journey', 'ro_journey', 'haneul', 'Haneul', 'KR', 'asia', TRUE, 'ko,en', 'https://haneul.example/', '', 'assessed', '', 9, 9, 1)"
    )
    base.execute("INSERT INTO survey_evaluator (round, account, languages, added_at) VALUES ('ro_journey', ?, 'ko', ?)", (account(reader), NOW))
    known = criteria(address)
    report = {
        "instrument": {"id": "madang-2026"},
        "site": {"start": "https://haneul.example/"},
        "criteria": [
            {
                "id": one["id"], "value": one["max"], "state": "found", "confidence": 0.8, "decided": "assisted", "reason": "A page about it was found.",
                "evidence": [{"url": "https://haneul.example/privacy", "record": "urn:uuid:1", "quote": "We protect your <b>data</b>."}],
            }
            for one in known
        ],
    }
    base.execute("INSERT INTO survey_report (city, report, assessed_at) VALUES ('rc_journey', ?, ?)", (json.dumps(report), NOW))
    for seat, most in [("first", 0), ("second", APART)]:
        assign(base, seat, f"ac_{seat}", NOW)
        code(base, f"as_{seat}", [(one["id"], 0 if place < most else one["max"]) for place, one in enumerate(known)])


def third(base):
    (assignment,) = base.execute("SELECT id FROM survey_assignment WHERE seat = 'third'").fetchone()
    code(base, assignment, base.execute("SELECT criterion, value FROM survey_code WHERE assignment = 'as_first'").fetchall())
    base.execute("UPDATE survey_assignment SET done_at = ? WHERE id = ?", (NOW, assignment))


def replying(base):
    base.execute("UPDATE survey_round SET stage = 'replying', replies_until = ?", (NOW + 21 * 86_400_000_000,))


ACTS = {"open": open_round, "third": third, "replying": replying}

if __name__ == "__main__":
    base = sqlite3.connect(sys.argv[1], timeout=30)
    with base:
        ACTS[sys.argv[2]](base, *sys.argv[3:])
    base.close()
