#!/usr/bin/env python3
"""How far the machine agrees with a planted truth, by category and by language of the city.

    agreement.py --truth truth.csv --cities cities.csv --reports FOLDER

`truth.csv` is city,criterion,value,state; `cities.csv` has slug and languages; the folder holds a report of
`madang survey audit` for each city, named by its slug. Percent agreement and kappa with quadratic weights, over criteria
for which both give a value; how many the machine left open stands beside. Python's standard library alone.
"""

import argparse
import csv
import json
import pathlib
from collections import defaultdict


def kappa(pairs):
    """Cohen's kappa with quadratic weights; none when nothing varies."""
    values = sorted({value for pair in pairs for value in pair})
    if len(values) < 2:
        return None
    first, second = defaultdict(int), defaultdict(int)
    for one, other in pairs:
        first[one] += 1
        second[other] += 1
    seen = sum((one - other) ** 2 for one, other in pairs)
    chance = sum((a - b) ** 2 * first[a] * second[b] for a in values for b in values) / len(pairs)
    return 1 - seen / chance if chance else None


def line(name, pairs, left_open):
    if not pairs:
        return f"{name:<20} {0:>7} {left_open:>6}"
    agree = sum(one == other for one, other in pairs) / len(pairs)
    weighted = kappa(pairs)
    return f"{name:<20} {len(pairs):>7} {left_open:>6} {agree:>8.1%} {'no variation' if weighted is None else f'{weighted:8.3f}'}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("truth", "cities", "reports"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    args = parser.parse_args()
    language = {city["slug"]: city["languages"].split(",")[0].split(" ")[0] for city in csv.DictReader(args.cities.open())}
    truth = {(row["city"], row["criterion"]): row for row in csv.DictReader(args.truth.open())}
    pairs, left_open = defaultdict(list), defaultdict(int)
    for slug in sorted(language):
        file = args.reports / f"{slug}.json"
        if not file.exists():
            continue
        for judged in json.loads(file.read_text())["criteria"]:
            planted = truth[slug, judged["id"]]
            groups = ["all", judged["category"], judged["decided"], f"language {language[slug]}"]
            if judged["value"] is None or not planted["value"]:
                for group in groups:
                    left_open[group] += 1
            else:
                for group in groups:
                    pairs[group].append((int(judged["value"]), int(float(planted["value"]))))
    print(f"{'machine and truth':<20} {'values':>7} {'open':>6} {'agree':>8} {'kappa²':>8}")
    for group in sorted(set(pairs) | set(left_open), key=lambda name: (name.startswith("language"), name != "all", name)):
        print(line(group, pairs[group], left_open[group]))


if __name__ == "__main__":
    main()
