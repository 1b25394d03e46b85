"""notifications-python-client (GOV.UK Notify's own) against the city; letters end in aiosmtpd."""

import pytest
from letters import City, MailServer, wait_for
from notifications_python_client.errors import HTTPError
from notifications_python_client.notifications import NotificationsAPIClient


@pytest.fixture(scope="module")
def post():
    server = MailServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def city(post, tmp_path_factory):
    settings = f"""
[letters]
from = "letters@city.example"
bounces = "bounces@city.example"
[letters.smtp]
host = "127.0.0.1"
port = {post.port}
tls = "none"
"""
    city = City(tmp_path_factory.mktemp("city"), settings)
    city.start()
    yield city
    city.stop()


@pytest.fixture(scope="module")
def service(city):
    key, templates = city.service()
    return NotificationsAPIClient(key, base_url=city.address), templates


def test_an_email_is_sent_arrives_and_is_read_back(service, post):
    client, templates = service
    sent = client.send_email_notification(
        "kim@city.example",
        templates["Permit"],
        personalisation={"Name": "Kim", "late": "yes"},
        reference="case-7",
        one_click_unsubscribe_url="https://parking.example/stop",
    )
    assert sent["content"]["subject"] == "Your permit, Kim"
    assert sent["content"]["body"] == "Hello Kim,\n\nyour permit is ready. You are late."
    letter = wait_for(lambda: post.to("kim@city.example"), 20, "the letter arrives")[0]
    assert letter["Subject"] == "Your permit, Kim"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["List-Unsubscribe"] == "<https://parking.example/stop>"
    assert "your permit is ready. You are late." in letter.get_content()
    assert post.senders[0].startswith("bounces+de_") and post.senders[0].endswith("@city.example")

    def left():
        read = client.get_notification_by_id(sent["id"])
        return read if read["status"] == "sent" else None

    read = wait_for(left, 20, "the status goes on")
    assert (read["email_address"], read["reference"], read["type"]) == ("kim@city.example", "case-7", "email")
    assert read["body"] == sent["content"]["body"] and read["sent_at"]


def test_many_are_listed_page_by_page(service):
    client, templates = service
    sent = [
        client.send_sms_notification("01012345678", templates["Ready"], {"name": "Kim", "more": ""}, reference="many")["id"]
        for _ in range(3)
    ]
    listed = client.get_all_notifications(template_type="sms", reference="many")
    assert [one["id"] for one in listed["notifications"]] == sent[::-1]
    older = client.get_all_notifications(reference="many", older_than=sent[1])
    assert [one["id"] for one in older["notifications"]] == sent[:1]
    assert {one["id"] for one in client.get_all_notifications_iterator(reference="many")} == set(sent)
    assert client.get_all_notifications(status="failed")["notifications"] == []
    assert list(client.get_received_texts_iterator()) == []


def test_templates_are_read_and_previewed(service):
    client, templates = service
    assert {one["name"] for one in client.get_all_templates()["templates"]} == {"Permit", "Ready"}
    assert [one["name"] for one in client.get_all_templates("sms")["templates"]] == ["Ready"]
    permit = client.get_template(templates["Permit"])
    assert (permit["version"], permit["subject"]) == (1, "Your permit, ((name))")
    assert client.get_template_version(templates["Permit"], 1) == permit
    preview = client.post_template_preview(templates["Permit"], {"name": "Kim", "late": "no"})
    assert preview["subject"] == "Your permit, Kim" and preview["body"].endswith("ready.")


def test_errors_are_those_of_the_interface(service, city):
    client, templates = service
    with pytest.raises(HTTPError) as missing:
        client.send_email_notification("kim@city.example", templates["Permit"])
    assert missing.value.status_code == 400
    assert missing.value.message == [{"error": "BadRequestError", "message": "Missing personalisation: name, late"}]
    with pytest.raises(HTTPError) as unknown:
        client.get_notification_by_id("00000000-0000-0000-0000-000000000000")
    assert (unknown.value.status_code, unknown.value.message[0]["error"]) == (404, "NoResultFound")
    wrong = f"name-{client.service_id}-00000000-0000-0000-0000-000000000000"
    with pytest.raises(HTTPError) as refused:
        NotificationsAPIClient(wrong, base_url=city.address).get_all_templates()
    assert refused.value.status_code == 403
    assert refused.value.message[0]["message"] == "Invalid token: API key not found"
    with pytest.raises(HTTPError) as paper:
        client.send_letter_notification(templates["Permit"], {"address_line_1": "Kim"})
    assert paper.value.status_code == 400


def test_a_test_key_sends_nothing_and_a_team_key_writes_to_the_team(city, post):
    key, templates = city.service("test")
    client = NotificationsAPIClient(key, base_url=city.address)
    words = {"name": "Kim", "late": "no"}
    sent = client.send_email_notification("trial@city.example", templates["Permit"], words)
    assert client.get_notification_by_id(sent["id"])["status"] == "delivered"
    key, _ = city.service("team")
    client = NotificationsAPIClient(key, base_url=city.address)
    with pytest.raises(HTTPError) as refused:
        client.send_email_notification("kim@city.example", templates["Permit"], words)
    assert refused.value.message[0]["message"] == "Can’t send to this recipient using a team-only API key"
    client.send_email_notification("team@city.example", templates["Permit"], words)
    wait_for(lambda: post.to("team@city.example"), 20, "the team's letter arrives")
    assert post.to("trial@city.example") == []
