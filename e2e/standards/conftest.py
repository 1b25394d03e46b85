"""A demonstration city for the session, and an audit of it."""

import os
import pathlib
import re
import signal
import subprocess
import time
import urllib.request

import pytest

MADANG = os.environ.get("MADANG", str(pathlib.Path(__file__).parents[2] / "target/debug/madang"))


@pytest.fixture(scope="session")
def city(tmp_path_factory):
    data = tmp_path_factory.mktemp("city")
    words = [MADANG, "demo", "--listen", "127.0.0.1:0", "--data", str(data)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    address = process.stdout.readline().strip()
    assert re.match(r"http://127\.0\.0\.1:\d+$", address), f"the first line is the address, not {address!r}"
    for _ in range(200):
        try:
            urllib.request.urlopen(address + "/readyz").read()
            break
        except OSError:
            time.sleep(0.1)
    yield address
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0


@pytest.fixture(scope="session")
def audit(city, tmp_path_factory):
    """Folder with report.html, report.json, report.pdf and evidence.warc.gz."""
    folder = tmp_path_factory.mktemp("audit")
    words = [MADANG, "survey", "audit", city, "--allow-private", "--budget", "120", "--out", str(folder)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    return folder
