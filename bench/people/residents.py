"""Residents who register and sign in through the city's own forms, each from an address of their own on loopback."""

import concurrent.futures
import http.client
import re
import threading
import time
import urllib.parse

PASSWORD = "seven grey herons wade"
TYPE = {"Content-Type": "application/x-www-form-urlencoded"}


def network(nth):
    """Limits count networks; a city's residents have one each."""
    return f"127.{16 + nth // 60000}.{nth // 240 % 250}.{1 + nth % 240}"


def ask(address, path, source, form=None, cookie=None):
    """Answers (status, headers, text)."""
    host = urllib.parse.urlsplit(address)
    connection = http.client.HTTPConnection(host.hostname, host.port, source_address=(source, 0), timeout=60)
    headers = dict(TYPE if form is not None else {}, **({"Cookie": cookie} if cookie else {}))
    body = urllib.parse.urlencode(form) if form is not None else None
    connection.request("POST" if form is not None else "GET", path, body, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, answer.headers, text


def cookie_of(status, headers, text):
    cookie = next((line.split(";")[0] for line in headers.get_all("Set-Cookie") or [] if "session=" in line), None)
    if status != 303 or not cookie:
        raise RuntimeError(f"no session: {status} {text[:400]}")
    return cookie


def register(address, letters, count):
    """Registers so many accounts; answers their e-mail addresses. Nobody computes: twenty seconds pay for the forms."""
    proofs = [re.search(r'name="proof" value="([^"]+)"', ask(address, "/register", network(nth))[2])[1] for nth in range(count)]
    time.sleep(21)

    def one(nth):
        email = f"resident-{nth}@city.example"
        form = {"email": email, "back": "", "proof": proofs[nth], "proof-answer": ""}
        status, headers, text = ask(address, "/register", network(nth), form)
        if status != 303:
            raise RuntimeError(f"registering: {status} {text[:400]}")
        ceremony = headers["Location"].split("c=")[1]
        code = code_for(letters, email)
        form = {"c": ceremony, "code": code, "name": f"Resident {nth}", "password": PASSWORD}
        cookie_of(*ask(address, "/register/confirm", network(nth), form))
        return email

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        return list(pool.map(one, range(count)))


def code_for(letters, email):
    for _ in range(300):
        for letter in letters.glob("*.eml"):
            text = letter.read_text()
            if f"To: {email}" in text or f"<{email}>" in text:
                found = re.search(r"^Subject: .*([0-9A-Z]{4}-[0-9A-Z]{4})", text, re.MULTILINE)
                if found:
                    return found[1]
        time.sleep(0.1)
    raise RuntimeError(f"no letter to {email}")


class SignIns:
    """Keeps signing in for some seconds; every time from another network."""

    def __init__(self, address, emails):
        self.address, self.emails = address, emails
        self.nth = 100_000
        self.lock = threading.Lock()
        self.cookies = {}

    def one(self):
        with self.lock:
            self.nth += 1
            nth = self.nth
        email = self.emails[nth % len(self.emails)]
        cookie = cookie_of(*ask(self.address, "/sign-in", network(nth), {"email": email, "password": PASSWORD, "back": ""}))
        with self.lock:
            self.cookies.setdefault(email, []).append(cookie)

    def rate(self, seconds, at_once=8):
        began = time.monotonic()

        def until_over(_):
            done = 0
            while time.monotonic() - began < seconds:
                self.one()
                done += 1
            return done

        with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
            done = sum(pool.map(until_over, range(at_once)))
        return done / (time.monotonic() - began)

    def latest(self, each):
        """Sessions that are alive: an account keeps only its latest."""
        return [cookie for cookies in self.cookies.values() for cookie in cookies[-each:]]
