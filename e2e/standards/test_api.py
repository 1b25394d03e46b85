"""OpenAPI 3.1 by an independent validator; the published leagues by the command line."""

import csv
import io
import json
import subprocess
import urllib.request

from conftest import MADANG
from openapi_spec_validator import OpenAPIV31SpecValidator


def test_the_description_is_valid_openapi_3_1(city):
    document = json.load(urllib.request.urlopen(city + "/api/openapi.json"))
    assert document["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(document).validate()


def test_league_prints_seoul_first_and_toronto_second():
    words = [MADANG, "survey", "league", "--round", "2011-12", "--format", "csv"]
    text = subprocess.run(words, capture_output=True, check=True, text=True).stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    assert text.splitlines()[0] == "rank,city,country,score,source"
    assert [(row["rank"], row["city"], row["score"]) for row in rows[:2]] == [("1", "Seoul", "82.23"), ("2", "Toronto", "64.31")]
