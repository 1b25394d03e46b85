"""Agreement between coders: krippendorff and scikit-learn come to the same on random tables."""

import concurrent.futures
import json
import math
import random
import subprocess
import warnings

import krippendorff
import pytest
from conftest import MADANG
from sklearn.metrics import cohen_kappa_score

LEVELS = ["nominal", "ordinal", "interval", "ratio"]
WEIGHTS = {"plain": None, "linear": "linear", "quadratic": "quadratic"}
TABLES = 240


def table(seed):
    """Coders by units: a truth, slips, and holes in half of the tables."""
    rng = random.Random(seed)
    values = rng.choice([[0, 1], [0, 3], [0, 1, 2], [0, 1, 2, 3], [1, 2, 3, 4, 5], [0, 0.5, 1, 1.5, 2], [7]])
    coders = 2 if seed % 2 else rng.randint(2, 5)
    slips, holes = rng.choice([0, 0.2, 0.5, 1]), rng.choice([0, 0.3])
    truth = [rng.choice(values) for _ in range(rng.randint(1, 25))]

    def one(value):
        if rng.random() < holes:
            return None
        return rng.choice(values) if rng.random() < slips else value

    return [[one(value) for value in truth] for _ in range(coders)]


def madang(rows, folder, name, *more):
    file = folder / f"{name}.csv"
    lines = [f"{c},{u},{'' if v is None else v}" for c, row in enumerate(rows) for u, v in enumerate(row)]
    file.write_text("coder,unit,value\n" + "\n".join(lines) + "\n")
    words = [MADANG, "survey", "reliability", str(file), "--draws", "0", "--format", "json", *more]
    done = subprocess.run(words, capture_output=True, text=True)
    if not any(v is not None for row in rows for v in row):
        assert done.returncode == 1 and "no codes" in done.stderr
        return None
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def alpha(rows, level):
    """None where it is not defined."""
    numbers = [[math.nan if v is None else v for v in row] for row in rows]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            value = krippendorff.alpha(reliability_data=numbers, level_of_measurement=level)
        except ValueError:
            return None
    return None if math.isnan(value) else value


def kappa(rows, weights, labels=None):
    pairs = [(a, b) for a, b in zip(*rows) if a is not None and b is not None]
    if not pairs:
        return None
    # Labels are names to scikit-learn: half points are doubled to whole ones.
    first, second = ([int(2 * v) for v in side] for side in zip(*pairs))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        value = cohen_kappa_score(first, second, weights=weights, labels=labels and [2 * v for v in labels])
    return None if math.isnan(value) else value


def same(found, name, expected):
    group, _, part = name.partition(".")
    value = found[group][part] if part else found[group]
    assert (value is None) == (name in found["undefined"])
    if expected is None:
        assert value is None and found["undefined"][name] in ("no_variation", "too_few"), (name, value)
    else:
        assert value == pytest.approx(expected, abs=1e-9), name


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """Every table with what madang says of it."""
    folder = tmp_path_factory.mktemp("codes")
    tables = [table(seed) for seed in range(TABLES)]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda one: madang(one[1], folder, one[0]), enumerate(tables)))
    return [(rows, one) for rows, one in zip(tables, found) if one is not None]


def test_krippendorff_agrees_at_four_levels_with_holes(judged):
    assert len(judged) >= 200
    values = [[alpha(rows, level) for level in LEVELS] for rows, _ in judged]
    for (_, found), expected in zip(judged, values):
        for level, value in zip(LEVELS, expected):
            same(found, f"krippendorff_alpha.{level}", value)
    assert sum(value[0] is None for value in values) >= 10, "undefined ones are among them"


def test_scikit_learn_agrees_on_three_kappas(judged):
    pairs = [(rows, found) for rows, found in judged if len(rows) == 2 and found["coders"] == 2]
    assert len(pairs) >= 100
    for rows, found in pairs:
        for name, weights in WEIGHTS.items():
            same(found, f"cohen_kappa.{name}", kappa(rows, weights))


def test_scikit_learn_agrees_where_values_of_the_scale_do_not_occur(tmp_path):
    for seed in range(20):
        rng = random.Random(seed)
        rows = [[rng.choice([0, 1, 3]) for _ in range(8)] for _ in range(2)]
        found = madang(rows, tmp_path, seed, "--scale", "0-3")
        for name, weights in WEIGHTS.items():
            same(found, f"cohen_kappa.{name}", kappa(rows, weights, labels=[0, 1, 2, 3]))
