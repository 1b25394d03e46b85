"""The judgement reads the archive alone and gives the same bytes each time."""

import json
import subprocess

from conftest import MADANG


def assess(archive):
    words = [MADANG, "survey", "assess", str(archive), "--format", "json"]
    # No network, no home, no clock it could lean on.
    return subprocess.run(words, capture_output=True, check=True, env={"PATH": "/usr/bin:/bin"}, timeout=300).stdout


def test_assessing_twice_gives_identical_bytes(audit):
    archive = audit / "evidence.warc.gz"
    first, second = assess(archive), assess(archive)
    assert first == second
    assert json.loads(first)["criteria"] == json.loads((audit / "report.json").read_text())["criteria"]


def test_the_report_has_98_criteria_and_evidence_that_is_in_the_archive(audit):
    report = json.loads((audit / "report.json").read_text())
    assert len(report["criteria"]) == 98
    states = {"found", "absent", "not_found", "not_assessable", "not_this_city"}
    for criterion in report["criteria"]:
        assert criterion["state"] in states
        assert criterion["decided"] in {"automatic", "assisted", "human"}
        assert criterion["reason"]
        assert (criterion["value"] is None) == (criterion["state"] in {"not_assessable", "not_this_city"})
        if criterion["state"] == "found":
            assert criterion["evidence"], criterion["id"]
        for evidence in criterion["evidence"]:
            assert evidence["url"] and evidence["record"]
    assert (audit / "report.pdf").read_bytes().startswith(b"%PDF")
    assert "<script" not in (audit / "report.html").read_text()
