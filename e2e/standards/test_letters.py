"""Letters against servers that others wrote: an outage, returned mail, a mailbox (pymap), a message centre (npm smpp)."""

import contextlib
import imaplib
import json
import pathlib
import subprocess
import sys
import threading
import time

import pytest
from letters import City, Gateway, MailServer, free_port, wait_for
from notifications_python_client.notifications import NotificationsAPIClient

E2E = pathlib.Path(__file__).parents[1]


@contextlib.contextmanager
def running(folder, settings):
    """A city with these settings for letters, its client and its templates."""
    city = City(folder, '[letters]\nfrom = "letters@city.example"\nbounces = "bounces@city.example"\n' + settings)
    city.start()
    try:
        key, templates = city.service()
        yield city, NotificationsAPIClient(key, base_url=city.address), templates
    finally:
        city.stop()


def smtp(post):
    return f'[letters.smtp]\nhost = "127.0.0.1"\nport = {post.port}\ntls = "none"\n'


def email_to(client, templates, address):
    return client.send_email_notification(address, templates["Permit"], {"name": "Kim", "late": "no"})["id"]


def status(client, letter, *wanted):
    return wait_for(lambda: (found := client.get_notification_by_id(letter)["status"]) in wanted and found, 30, wanted)


def returned(sender, status):
    """A delivery status notification (RFC 3464), as mail servers write it."""
    return (
        f"From: MAILER-DAEMON@mail.example\r\nTo: {sender}\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nI am sorry.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.example\r\n\r\n"
        f"Final-Recipient: rfc822; kim@city.example\r\nAction: failed\r\nStatus: {status}\r\n\r\n--b--\r\n"
    ).encode()


def test_an_outage_of_the_mail_server_loses_no_letter_and_doubles_none(tmp_path):
    post = MailServer()
    with running(tmp_path, smtp(post)) as (_, client, templates):
        sent = [email_to(client, templates, f"reader{number}@city.example") for number in range(5)]
        time.sleep(4)
        assert {client.get_notification_by_id(letter)["status"] for letter in sent} <= {"created", "sending"}
        post.start()
        wait_for(lambda: len(post.letters) == 5, 90, "all letters arrive after the outage")
        assert {status(client, letter, "sent") for letter in sent} == {"sent"}
        time.sleep(3)
        assert len({letter["Message-ID"] for letter in post.letters}) == len(post.letters) == 5
        post.stop()


def test_returned_mail_from_a_pipe_stops_letters_to_that_address(tmp_path):
    post = MailServer()
    post.start()
    with running(tmp_path, smtp(post)) as (city, client, templates):
        first = email_to(client, templates, "kim@city.example")
        status(client, first, "sent")
        said = city.command("letters", "bounce", input=returned(post.senders[0], "5.1.1"))
        assert said == "A letter came back; its address rests.\n"
        assert client.get_notification_by_id(first)["status"] == "permanent-failure"
        second = email_to(client, templates, "Kim@city.example")
        status(client, second, "permanent-failure")
        assert len(post.letters) == 1
        said = city.command("letters", "bounce", input=b"Subject: I am on holiday\r\n\r\nBack on Monday.\r\n")
        assert said == "This is about no letter of ours.\n"
        third = email_to(client, templates, "nobody@city.example")
        status(client, third, "permanent-failure")
        assert "city.example" not in city.log.read_text().replace("letters@city.example", ""), "no address in the log"
    post.stop()


def test_returned_mail_is_found_in_a_mailbox(tmp_path):
    """IMAP by pymap: what is about a letter is taken away, the rest is left as read."""
    post, port = MailServer(), free_port()
    post.start()
    words = [str(pathlib.Path(sys.executable).parent / "pymap"), "--host", "127.0.0.1", "--port", str(port), "--no-tls"]
    words += ["dict", "--demo-user", "bounces", "--demo-password", "secret"]
    mailbox = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    password = tmp_path / "password"
    password.write_text("secret\n")
    imap = f'[letters.imap]\nhost = "127.0.0.1"\nport = {port}\ntls = "none"\nuser = "bounces"\npassword_file = "{password}"\npause = 2\n'

    def signed_in():
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            reader = imaplib.IMAP4("127.0.0.1", port)
            reader.login("bounces", "secret")
            return reader

    try:
        reader = wait_for(signed_in, 20, "the mailbox opens")
        with running(tmp_path, smtp(post) + imap) as (city, client, templates):
            letter = email_to(client, templates, "kim@city.example")
            status(client, letter, "sent")
            reader.append("INBOX", None, None, returned(post.senders[0], "5.1.1"))
            reader.append("INBOX", None, None, b"Subject: I am on holiday\r\n\r\nBack on Monday.\r\n")
            assert "the mailbox of returned letters on 127.0.0.1 opens" in city.command("doctor")
            status(client, letter, "permanent-failure")

            def left():
                reader.select("INBOX", readonly=True)
                return reader.search(None, "ALL")[1][0].split()

            wait_for(lambda: len(left()) == 1, 20, "the report is taken away")
            assert reader.search(None, "UNSEEN")[1][0] == b""
    finally:
        mailbox.terminate()
        mailbox.wait(10)
        post.stop()


def test_short_messages_by_http(tmp_path):
    gateway = Gateway()
    key = tmp_path / "key"
    key.write_text("Bearer sesame\n")
    settings = f"""
[letters.sms]
kind = "http"
from = "120"
[letters.sms.http]
url = "http://127.0.0.1:{gateway.server_port}/send"
header_file = "{key}"
body = '{{"reference":"{{id}}","message":{{"from":"{{from}}","to":["{{to}}"],"text":"{{text}}"}}}}'
"""
    gateway.answers = [500]
    with running(tmp_path, settings) as (_, client, templates):
        letter = client.send_sms_notification("010-1234-5678", templates["Ready"], {"name": 'Kim "the {to}"'})["id"]
        wait_for(lambda: len(gateway.asked) == 2, 60, "it is tried again after an error")
        headers, body = gateway.asked[1]
        assert headers["authorization"] == "Bearer sesame"
        text = 'Kim "the {to}", your permit is ready.'
        assert body["message"] == {"from": "120", "to": ["+821012345678"], "text": text}
        assert gateway.asked[0][1]["reference"] == body["reference"], "the gateway can tell a second try"
        status(client, letter, "sent")
        gateway.answers = [400]
        refused = client.send_sms_notification("010-9999-9999", templates["Ready"], {"name": "Lee"})["id"]
        status(client, refused, "permanent-failure")


@pytest.fixture
def centre():
    """The message centre, with what it took."""
    port = free_port()
    words = ["node", str(pathlib.Path(__file__).parent / "smsc.mjs"), str(port)]
    process = subprocess.Popen(words, cwd=E2E, stdout=subprocess.PIPE, text=True)
    assert json.loads(process.stdout.readline()) == {"listening": True}
    taken = []
    threading.Thread(target=lambda: taken.extend(map(json.loads, process.stdout)), daemon=True).start()
    yield port, taken
    process.terminate()
    process.wait(10)


def test_short_messages_by_smpp_with_receipts(tmp_path, centre):
    port, taken = centre
    password = tmp_path / "password"
    password.write_text("sesame\n")
    settings = f"""
[letters.sms]
kind = "smpp"
from = "120"
[letters.sms.smpp]
address = "smpp://127.0.0.1:{port}"
system_id = "city"
password_file = "{password}"
"""
    with running(tmp_path, settings) as (city, client, templates):
        assert "the message centre takes short messages" in city.command("doctor")
        short = client.send_sms_notification("01012345678", templates["Ready"], {"name": "Kim"})["id"]
        status(client, short, "delivered")
        assert (taken[0]["from"], taken[0]["to"]) == ("120", "821012345678")
        assert (taken[0]["text"], taken[0]["parts"]) == ("Kim, your permit is ready.", None)
        name = "김하나" * 50
        long = client.send_sms_notification("01012345678", templates["Ready"], {"name": name})["id"]
        status(client, long, "delivered")
        parts = taken[1:]
        assert [part["parts"][1:] for part in parts] == [[3, 1], [3, 2], [3, 3]]
        assert len({part["parts"][0] for part in parts}) == 1
        assert {part["coding"] for part in parts} == {8}
        assert "".join(part["text"] for part in parts) == name + ", your permit is ready."
        lost = client.send_sms_notification("01012345999", templates["Ready"], {"name": "Kim"})["id"]
        status(client, lost, "permanent-failure")
