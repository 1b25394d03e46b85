"""WARC 1.1 by the reference tools of the web archiving field."""

import subprocess
import sys

from warcio.archiveiterator import ArchiveIterator


def warcio(*words):
    return subprocess.run([sys.executable, "-m", "warcio.cli", *words], capture_output=True, text=True)


def test_warcio_check_finds_every_digest_right(audit):
    done = warcio("check", "-v", str(audit / "evidence.warc.gz"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "digest pass" in done.stdout


def test_every_response_has_its_request_and_the_archive_says_who_made_it(audit):
    kinds, requests, responses = set(), set(), []
    with open(audit / "evidence.warc.gz", "rb") as stream:
        for record in ArchiveIterator(stream):
            kinds.add(record.rec_type)
            assert record.rec_headers.protocol == "WARC/1.1"
            if record.rec_type == "request":
                requests.add(record.rec_headers["WARC-Target-URI"])
            if record.rec_type in ("response", "revisit"):
                responses.append(record.rec_headers["WARC-Target-URI"])
    assert {"warcinfo", "request", "response", "metadata"} <= kinds
    assert len(responses) > 20
    assert set(responses) <= requests
