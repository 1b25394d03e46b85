"""Agreement of the machine with people who coded the same site: percent, quadratic kappa, Krippendorff's alpha (ordinal).

    python3 agreement.py SHEET.csv REPORT.json [SHEET.csv REPORT.json …]

SHEET.csv: criterion,value[,note], one person's values; an empty value means that the person could not judge it.
REPORT.json: what `madang survey assess --format json` gave for the same site.
A value that the machine leaves open counts in `open`, never as agreement. Kappa and alpha are computed on the share of
the scale (value / max), so that 0/1, 0/3, 0-2 and 0-3 scales can stand in one table; `-` where there is no variation.
"""

import csv
import json
import sys
import warnings
from collections import defaultdict

import krippendorff
import numpy
from sklearn.metrics import cohen_kappa_score

SIXTHS = 6  # 0/1, 0-2 and 0-3 scales all fall on sixths of their maximum


def share(value, highest):
    return round(float(value) / float(highest) * SIXTHS)


def read(sheet, report):
    people = {row["criterion"]: row["value"].strip() for row in csv.DictReader(open(sheet, encoding="utf-8"))}
    for criterion in json.load(open(report, encoding="utf-8"))["criteria"]:
        coded = people.get(criterion["id"], "")
        if coded == "":
            continue
        machine = criterion["value"]
        if isinstance(machine, str):
            machine = eval_fraction(machine)
        yield criterion["category"], coded, machine, criterion["max"], criterion["decided"]


def eval_fraction(text):
    above, _, below = text.partition("/")
    return float(above) / float(below or 1)


def coefficients(pairs):
    human = numpy.array([pair[0] for pair in pairs])
    machine = numpy.array([pair[1] for pair in pairs])
    if len(set(human)) < 2 and len(set(machine)) < 2:
        return "-", "-"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        kappa = cohen_kappa_score(human, machine, weights="quadratic", labels=range(SIXTHS + 1))
        alpha = krippendorff.alpha(numpy.array([human, machine], dtype=float), level_of_measurement="ordinal")
    return f"{kappa:.3f}", f"{alpha:.3f}"


def main(arguments):
    if not arguments or len(arguments) % 2:
        sys.exit(__doc__)
    pairs, left_open = defaultdict(list), defaultdict(int)
    for sheet, report in zip(arguments[::2], arguments[1::2]):
        for category, coded, machine, highest, _ in read(sheet, report):
            for group in (category, "all"):
                if machine is None:
                    left_open[group] += 1
                else:
                    pairs[group].append((share(coded, highest), share(machine, highest)))
    print(f"{'category':<24}{'coded':>7}{'open':>6}{'agree %':>9}{'kappa²':>9}{'alpha':>8}")
    for group in sorted(pairs, key=lambda name: (name == "all", name)):
        same = sum(human == machine for human, machine in pairs[group])
        kappa, alpha = coefficients(pairs[group])
        print(f"{group:<24}{len(pairs[group]):>7}{left_open[group]:>6}{100 * same / len(pairs[group]):>9.1f}{kappa:>9}{alpha:>8}")


if __name__ == "__main__":
    main(sys.argv[1:])
