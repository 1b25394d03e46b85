"""A city to measure: the release build, its database, and load."""

import contextlib
import json
import os
import pathlib
import signal
import subprocess
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent


def target():
    return pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))


def build():
    subprocess.run(["cargo", "xtask", "assets"], cwd=ROOT, check=True)
    subprocess.run(["cargo", "build", "--release", "--locked", "-p", "madang"], cwd=ROOT, check=True)


@contextlib.contextmanager
def madang(folder, database=None, more=()):
    words = [target() / "release/madang", "demo", "--listen", "127.0.0.1:0", "--data", folder, *more]
    if database:
        words += ["--database", database]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        address = process.stdout.readline().strip()
        for _ in range(100):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(address + "/readyz").read()
                break
            time.sleep(0.1)
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


@contextlib.contextmanager
def postgres(folder):
    programs = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    data = pathlib.Path(folder) / "pg"
    data.mkdir()
    user = []
    if os.geteuid() == 0:
        subprocess.run(["chmod", "a+rx", folder], check=True)
        subprocess.run(["chown", "postgres", data], check=True)
        user = ["runuser", "-u", "postgres", "--"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
    subprocess.run([*user, programs / "initdb", "-D", data, "-A", "trust", "-U", "madang", "--locale=C.UTF-8"], check=True, **quiet)
    options = f"-c listen_addresses= -c unix_socket_directories={data}"
    subprocess.run([*user, programs / "pg_ctl", "-D", data, "-w", "-o", options, "start"], check=True, **quiet)
    try:
        yield f"postgres://madang@{str(data).replace('/', '%2F')}/postgres"
    finally:
        subprocess.run([*user, programs / "pg_ctl", "-D", data, "-m", "fast", "stop"], check=False, **quiet)


def load(address, seconds, connections, headers=()):
    """Answers (requests a second, p99 in ms, how many answers were not 200)."""
    more = [word for header in headers for word in ("-H", header)]
    words = ["oha", "--no-tui", "--output-format", "json", "-z", f"{seconds}s", "-c", str(connections), *more, address]
    answer = json.loads(subprocess.run(words, capture_output=True, check=True, text=True).stdout)
    bad = {code: count for code, count in answer["statusCodeDistribution"].items() if code != "200"}
    return answer["summary"]["requestsPerSec"], answer["latencyPercentiles"]["p99"] * 1000, bad
