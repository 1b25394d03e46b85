"""A demonstration city for the session, and an audit of it."""

import contextlib
import os
import pathlib
import re
import signal
import subprocess
import time
import urllib.request

import pytest

MADANG = os.environ.get("MADANG", str(pathlib.Path(__file__).parents[2] / "target/debug/madang"))


@contextlib.contextmanager
def running(data, *more):
    words = [MADANG, "demo", "--listen", "127.0.0.1:0", "--data", str(data), *more]
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
def city(tmp_path_factory):
    with running(tmp_path_factory.mktemp("city")) as address:
        yield address


class Desk:
    """The command line of a city that runs."""

    def __init__(self, address, data):
        self.address, self.data = address, data

    def say(self, *words):
        words = [MADANG, *words, "--data", str(self.data)]
        return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()

    def token(self):
        """A new key of an administrator's program, with every right that there is."""
        return self.say("token", "administrator@city.example")


@pytest.fixture(scope="session")
def open_city(tmp_path_factory):
    """A city that counts no forms, with two administrators."""
    data = tmp_path_factory.mktemp("open-city")
    config = data / "madang.toml"
    config.write_text("[limits]\nposts_per_minute = 1000000\n")
    with running(data, "--config", str(config)) as address:
        desk = Desk(address, data)
        for name in ["administrator", "kim"]:
            assert "/recover/confirm?c=ce_" in desk.say("administrator", f"{name}@city.example")
        yield desk


@pytest.fixture(scope="session")
def audit(city, tmp_path_factory):
    """Folder with report.html, report.json, report.pdf and evidence.warc.gz."""
    folder = tmp_path_factory.mktemp("audit")
    words = [MADANG, "survey", "audit", city, "--allow-private", "--budget", "120", "--out", str(folder)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    return folder
