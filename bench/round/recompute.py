#!/usr/bin/env python3
"""Computes a published round again from its tables alone, and says whether it comes to the same.

    recompute.py https://city.example/survey/rounds/2026
    recompute.py FOLDER-WITH-THE-CSV-FILES

Python's standard library and nothing of Madang's code. From the readers' answers (codes.csv) and the adjudicator's
(settlements.csv) it makes the final answers, the category scores, totals and ranks, all as fractions, and compares them
with final.csv, scores.csv and ranks.csv. Ends with 1 when anything differs.
"""

import csv
import io
import pathlib
import sys
import urllib.request
from collections import defaultdict
from fractions import Fraction

NO_POINTS = {"not_this_city", "not_assessable"}


def table(source, name):
    if source.startswith(("http://", "https://")):
        with urllib.request.urlopen(f"{source.rstrip('/')}/data/{name}") as answer:
            text = answer.read().decode("utf-8")
    else:
        text = (pathlib.Path(source) / name).read_text("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def points(state, value):
    """Points of an answer; none for one that gives none."""
    if state in NO_POINTS:
        return None
    return Fraction(value) if value else Fraction(0)


def together(answers, third):
    """State, points and ground that follow from the readers' answers to one criterion of one city."""
    if not answers:
        return "not_assessable", None, "missing"
    if all(answer == answers[0] for answer in answers):
        return answers[0][0], answers[0][1], "agreed"
    given = [value for _, value in answers if value is not None]
    if not given:
        return "not_assessable", None, "open"
    mean = sum(given) / len(given)
    if len(given) == len(answers) and all(value == mean for value in given):
        return "found", mean, "agreed"
    return "found", mean, "open" if third or len(given) < len(answers) else "mean"


def finals(cities, criteria, codes, settlements):
    given, third = defaultdict(list), set()
    for row in sorted(codes, key=lambda row: row["coder"]):
        given[row["city"], row["criterion"]].append((row["state"], points(row["state"], row["value"])))
        if row["coder"] == "C":
            third.add(row["city"])
    settled = {(row["city"], row["criterion"]): (row["state"], points(row["state"], row["value"])) for row in settlements}
    final = {}
    for city in cities:
        for criterion in criteria:
            key = city, criterion
            final[key] = (*settled[key], "settled") if key in settled else together(given[key], city in third)
    return final


def score(city, criteria, final):
    """Raw, maximum and points of each category, and the total."""
    raw, most, carried = defaultdict(Fraction), defaultdict(Fraction), {}
    for criterion, row in criteria.items():
        state, value, _ = final[city, criterion]
        category = row["category"]
        carried[category] = Fraction(row["category_points"])
        if state == "not_this_city":
            continue
        most[category] += Fraction(row["max"])
        raw[category] += value or 0
    scores = {
        category: (raw[category], most[category], points * raw[category] / most[category] if most[category] else Fraction(0))
        for category, points in carried.items()
    }
    total, all_points = sum(one[2] for one in scores.values()), sum(carried.values())
    open_points = sum(points for category, points in carried.items() if most[category])
    if open_points and open_points != all_points:
        total = total * all_points / open_points
    return scores, total


def main(source):
    criteria = {row["criterion"]: row for row in table(source, "criteria.csv")}
    cities = [row["city"] for row in table(source, "cities.csv")]
    final = finals(cities, criteria, table(source, "codes.csv"), table(source, "settlements.csv"))
    wrong = []

    def compare(what, computed, published):
        if computed != published:
            wrong.append(f"{what}: computed {computed}, published {published}")

    published = {(row["city"], row["criterion"]): row for row in table(source, "final.csv")}
    compare("final answers", sorted(final), sorted(published))
    for key, (state, value, ground) in final.items():
        row = published.get(key, {"state": None, "value": None, "ground": None})
        compare(f"{key[0]} {key[1]} state", state, row["state"])
        compare(f"{key[0]} {key[1]} ground", ground, row["ground"])
        compare(f"{key[0]} {key[1]} points", value, points(row["state"], row["value"]))

    totals, rows = {}, {(row["city"], row["category"]): row for row in table(source, "scores.csv")}
    for city in cities:
        scores, totals[city] = score(city, criteria, final)
        for category, (raw, most, reached) in scores.items():
            row = rows[city, category]
            compare(f"{city} {category}", (raw, most, reached), tuple(Fraction(row[name]) for name in ("raw", "max", "score")))
        row = rows[city, "total"]
        compare(f"{city} total", totals[city], Fraction(row["score"]))
        # Halves away from zero, as published.
        compare(f"{city} total, rounded", int(totals[city] * 100 + Fraction(1, 2)), round(float(row["score_rounded"]) * 100))

    for row in table(source, "ranks.csv"):
        rank = 1 + sum(total > totals[row["city"]] for total in totals.values())
        compare(f"{row['city']} rank", rank, int(row["rank"]))

    for line in wrong:
        print(line, file=sys.stderr)
    verdict = f"{len(wrong)} differences" if wrong else "the same"
    print(f"{len(cities)} cities, {len(criteria)} criteria, {len(final)} final answers: {verdict}")
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
