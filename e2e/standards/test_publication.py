"""What a published round gives to programs, read by validators of others, and computed anew by a program of no kin."""

import json
import pathlib
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from conftest import MADANG, running
from csvw import CSVW
from datacite import schema45
from pypdf import PdfReader

HERE = pathlib.Path(__file__).parent
RECOMPUTE = HERE.parents[1] / "bench/round/recompute.py"
DOCUMENTS = ["csv-metadata.json", "datacite.json", "round.json"]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """All files of a published round of six cities, in a folder."""
    data, folder = tmp_path_factory.mktemp("round-city"), tmp_path_factory.mktemp("round")
    with running(data) as address:
        subprocess.run([sys.executable, HERE.parent / "round.py", address, data / "madang.sqlite", "2026", "6"], check=True)
        words = [MADANG, "survey", "round", "publish", "2026", "--doi", "10.5072/survey-2026", "--data", str(data)]
        subprocess.run(words, check=True, capture_output=True)
        there = f"{address}/survey/rounds/2026/data"
        for name in DOCUMENTS:
            (folder / name).write_bytes(urllib.request.urlopen(f"{there}/{name}").read())
        for table in json.loads((folder / "csv-metadata.json").read_text())["tables"]:
            with urllib.request.urlopen(f"{there}/{table['url']}") as answer:
                assert "describedby" in answer.headers["Link"]
                (folder / table["url"]).write_bytes(answer.read())
        (folder / "haneul.pdf").write_bytes(waited_for(f"{address}/survey/rounds/2026/cities/haneul.pdf"))
    return folder


def waited_for(address):
    """A scorecard on paper, once a worker has printed it."""
    for _ in range(600):
        try:
            return urllib.request.urlopen(address).read()
        except urllib.error.HTTPError:
            time.sleep(0.1)
    raise TimeoutError(address)


def copied(files, to):
    for file in files.iterdir():
        (to / file.name).write_bytes(file.read_bytes())
    return to


def valid(folder):
    try:
        return CSVW(str(folder / "csv-metadata.json"), validate=True).is_valid
    except ValueError:
        return False


def test_the_tables_are_what_their_description_says(files):
    assert valid(files)


def test_the_validator_would_notice_a_wrong_table(files, tmp_path):
    folder = copied(files, tmp_path)
    cities = folder / "cities.csv"
    cities.write_text(cities.read_text().replace(",true,", ",perhaps,", 1))
    assert not valid(folder)


def test_datacite_takes_the_record(files):
    record = json.loads((files / "datacite.json").read_text())
    assert schema45.validate(record)
    assert record["doi"] == "10.5072/survey-2026"


def test_a_scorecard_is_printed(files):
    reader = PdfReader(files / "haneul.pdf")
    assert "Haneul" in reader.pages[0].extract_text()
    assert len(reader.pages) > 3


def recomputed(folder):
    return subprocess.run([sys.executable, RECOMPUTE, folder], capture_output=True, text=True)


def test_scores_and_places_are_computed_anew_from_the_tables(files):
    done = recomputed(files)
    assert done.returncode == 0, done.stderr
    assert "6 cities, 98 criteria, 588 final answers: the same" in done.stdout


def test_a_changed_answer_is_noticed(files, tmp_path):
    folder = copied(files, tmp_path)
    codes = (folder / "codes.csv").read_text().splitlines()
    place = next(place for place, line in enumerate(codes) if ",A,found," in line)
    codes[place] = ",".join([*codes[place].split(",")[:3], "not_found", "", "not_found", ""])
    (folder / "codes.csv").write_text("\n".join(codes) + "\n")
    done = recomputed(folder)
    assert done.returncode == 1
    assert "total" in done.stderr
