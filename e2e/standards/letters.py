"""A city that sends letters to servers of the test: mail, mailbox, gateway and message centre."""

import contextlib
import email
import email.policy
import http.server
import json
import pathlib
import re
import signal
import socket
import subprocess
import threading
import time
import urllib.request

from aiosmtpd.controller import Controller
from conftest import MADANG

SERVICE = """
name = "Parking"
language = "en"
team = ["team@city.example"]

[[template]]
name = "Permit"
kind = "email"
[template.en]
subject = "Your permit, ((name))"
body = "Hello ((name)),\\n\\nyour permit is ready.((late?? You are late.))"
[template.ko]
subject = "((name))님의 허가증"
body = "((name))님, 안녕하세요. 허가증이 나왔어요."

[[template]]
name = "Ready"
kind = "sms"
[template.en]
body = "((name)), your permit is ready."
[template.ko]
body = "((name))님, 허가증이 나왔어요. ((more))"
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(ready, seconds, what):
    """The first truthy answer of `ready`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = ready()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(f"{what}: not within {seconds} s")


class MailServer:
    """Takes letters on a port; can be away for a while, or refuse recipients."""

    def __init__(self):
        self.port = free_port()
        self.letters = []
        self.senders = []
        self.controller = None

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if address.startswith("nobody@"):
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        self.senders.append(envelope.mail_from)
        self.letters.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"

    def start(self):
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self):
        if self.controller:
            self.controller.stop()
            self.controller = None

    def to(self, address):
        return [letter for letter in self.letters if address in letter["To"]]


class Gateway(http.server.ThreadingHTTPServer):
    """Takes short messages as JSON, once it is told how to answer."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), GatewayHandler)
        self.asked = []
        self.answers = []
        threading.Thread(target=self.serve_forever, daemon=True).start()


class GatewayHandler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.asked.append((dict(self.headers), json.loads(body)))
        self.send_response(self.server.answers.pop(0) if self.server.answers else 202)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_words):
        pass


class City:
    def __init__(self, folder, letters):
        self.folder = pathlib.Path(folder)
        self.config = self.folder / "madang.toml"
        self.config.write_text('[server]\norigin = "http://127.0.0.1"\n[outbound]\nprivate_hosts = ["127.0.0.1"]\n' + letters)
        self.log = self.folder / "log.txt"
        self.process = None
        self.address = ""

    def command(self, *words, **more):
        place = ["--config", str(self.config), "--data", str(self.folder / "data")]
        done = subprocess.run([MADANG, *words, *place], capture_output=True, timeout=60, **more)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def start(self):
        words = [MADANG, "serve", "--listen", "127.0.0.1:0", "--config", str(self.config), "--data", str(self.folder / "data")]
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=self.log.open("w"), text=True)
        self.address = self.process.stdout.readline().strip()
        assert re.match(r"http://127\.0\.0\.1:\d+$", self.address), self.log.read_text()

        def ready():
            with contextlib.suppress(OSError):
                return urllib.request.urlopen(self.address + "/readyz").read()

        wait_for(ready, 30, "the city is ready")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(30) == 0

    def service(self, kind="live"):
        """The key of a service, and its templates by name."""
        file = self.folder / "service.toml"
        file.write_text(SERVICE, encoding="utf-8")
        said = self.command("letters", "service", str(file), "--key", "test", "--kind", kind)
        lines = [line.split(" ", 2) for line in said.splitlines()]
        key = next(line[1] for line in lines if line[0] == "key")
        return key, {line[2]: line[1] for line in lines if line[0] == "template"}
