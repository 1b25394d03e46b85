"""Questions to cities: their answers are found in a mailbox that pymap keeps, and nothing in it is touched."""

import contextlib
import imaplib
import pathlib
import sqlite3
import subprocess
import sys
import time

from letters import City, free_port, wait_for

HOUR = 3_600_000_000
QUESTION = "From: Survey <survey@institute.example>\r\nSubject: A library card? [7K3M-9QX2]\r\nMessage-ID: <q1@institute.example>\r\n\r\nGood morning.\r\n"
RECEIPT = "From: noreply@haneul.example\r\nSubject: Received: A library card? [7k3m-9qx2]\r\nAuto-Submitted: auto-replied\r\n\r\nWe have it.\r\n"
# A person's answer that lost the mark.
ANSWER = (
    "From: Clerk <clerk@haneul.example>\r\nSubject: Your card\r\nMessage-ID: <a1@haneul.example>\r\n"
    "In-Reply-To: <q1@institute.example>\r\nReferences: <q1@institute.example>\r\n\r\nCome to the library.\r\n"
)
RETURNED = (
    "From: MAILER-DAEMON@lima.example\r\nReturn-Path: <>\r\nSubject: Undelivered: A card [AAAA-BBBB]\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n--b\r\n\r\nNo such mailbox.\r\n--b--\r\n'
)
STRANGER = "From: kim@else.example\r\nSubject: Hello [0000-0000]\r\n\r\nWe meet on Monday.\r\n"


def ask(database):
    """A round with two questions, sent an hour ago."""
    now = int(time.time() * 1_000_000)
    base = sqlite3.connect(database, timeout=30)
    with base:
        base.execute(
            "INSERT INTO survey_round (id, slug, title, instrument, version, stage, machine_shown, threshold, reply_days, budget, capture_paused, opened_by, opened_at)"
            " VALUES ('ro_1', 'spring', 'Spring', 'madang-2026', '1', 'coding', FALSE, 100, 21, 400, FALSE, 'ac_1', ?)",
            (now - 24 * HOUR,),
        )
        base.execute(
            "INSERT INTO survey_round_city (id, round, slug, name, country, region, oecd, languages, address, contact, capture, capture_note, pages_known, pages_read, capture_tries)"
            " VALUES ('rc_1', 'ro_1', 'haneul', 'Haneul', 'KR', 'asia', TRUE, 'ko', 'https://haneul.example/', '', 'assessed', '', 0, 0, 0)"
        )
        for number, mark in [(1, "7K3M-9QX2"), (2, "AAAA-BBBB")]:
            base.execute(
                "INSERT INTO survey_probe (id, city, criterion, way, subject, mark, sent_by, sent_at) VALUES (?, 'rc_1', 'SV20', 'mail', 'A card', ?, 'ac_1', ?)",
                (f"pb_{number}", mark, now - HOUR),
            )
    base.close()
    return now


def times(database):
    base = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=30)
    found = base.execute("SELECT acknowledged_at, answered_at, returned_at FROM survey_probe ORDER BY id").fetchall()
    base.close()
    return found


def test_answers_are_told_from_receipts_and_the_mailbox_stays_as_it_is(tmp_path):
    port = free_port()
    words = [str(pathlib.Path(sys.executable).parent / "pymap"), "--host", "127.0.0.1", "--port", str(port), "--no-tls"]
    words += ["dict", "--demo-user", "survey", "--demo-password", "secret"]
    mailbox = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    password = tmp_path / "password"
    password.write_text("secret\n")
    city = City(
        tmp_path,
        f'[survey]\naddress = "survey@institute.example"\nsent = "Sent"\n[survey.mailbox]\nhost = "127.0.0.1"\nport = {port}\ntls = "none"\n'
        f'user = "survey"\npassword_file = "{password}"\npause = 2\n',
    )

    def signed_in():
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            reader = imaplib.IMAP4("127.0.0.1", port)
            reader.login("survey", "secret")
            return reader

    try:
        reader = wait_for(signed_in, 20, "the mailbox opens")
        if "Sent" not in str(reader.list()[1]):
            reader.create("Sent")
        before = int(reader.select("INBOX", readonly=True)[1][0])
        for mail in [RECEIPT, ANSWER, RETURNED, STRANGER]:
            reader.append("INBOX", None, None, mail.encode())
        reader.append("Sent", None, None, QUESTION.encode())
        city.start()
        assert "the mailbox that cities answer to on 127.0.0.1 opens" in city.command("doctor")
        database = tmp_path / "data" / "madang.sqlite"
        now = ask(database)
        first, second = wait_for(lambda: (found := times(database)) and found[0][1] and found[1][2] and found, 40, "the answers are found")
        assert first[0] and first[2] is None and abs(first[0] - now) < HOUR, "a receipt"
        assert abs(first[1] - now) < HOUR, "an answer"
        assert second[:2] == (None, None) and abs(second[2] - now) < HOUR, "came back"
        reader.select("INBOX", readonly=True)
        assert len(reader.search(None, "ALL")[1][0].split()) == before + 4
        assert reader.search(None, "DELETED")[1][0] == b""
        marked = b"".join(part for part in reader.fetch(f"{before + 1}:*", "(FLAGS)")[1] if isinstance(part, bytes))
        assert b"\\Seen" not in marked, "nothing is marked as read"
        kept = database.read_bytes() + (tmp_path / "data" / "madang.sqlite-wal").read_bytes()
        for words in [b"Come to the library", b"Your card", b"clerk@haneul.example"]:
            assert words not in kept, "times only"
    finally:
        if city.process:
            city.stop()
        mailbox.terminate()
        mailbox.wait(10)
