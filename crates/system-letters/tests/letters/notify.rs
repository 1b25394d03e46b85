use axum::http::Method;
use kernel_base::Clock;
use serde_json::json;

use crate::{city, first_error, make_key, service, service_of, signed};

#[tokio::test]
async fn an_email_is_sent_read_back_and_listed() {
    let (city, _folder) = city().await;
    let service = service(&city, "live").await;
    let client = signed(&city, &service.key);
    let body = json!({ "email_address": "kim@city.example", "template_id": service.email, "reference": "case 7",
        "personalisation": { "name": "Kim", "late": true }, "one_click_unsubscribe_url": "https://parking.example/stop" });
    let sent = client.post("/v2/notifications/email", &body).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    let sent = sent.json();
    assert_eq!(sent["content"]["subject"], "Your permit, Kim");
    assert_eq!(sent["content"]["body"], "Hello Kim. You are late.");
    assert_eq!((&sent["reference"], &sent["template"]["version"]), (&json!("case 7"), &json!(1)));
    let path = format!("/v2/notifications/{}", sent["id"].as_str().unwrap());
    assert!(sent["uri"].as_str().unwrap().ends_with(&path));
    assert_eq!(client.get(&path).await.json()["status"], "created");

    city.run_jobs().await;
    let parcel = city.post.parcels().into_iter().find(|parcel| parcel.address == "kim@city.example").unwrap();
    assert_eq!(
        (parcel.subject.as_str(), parcel.unsubscribe.as_str()),
        ("Your permit, Kim", "https://parking.example/stop")
    );
    let read = client.get(&path).await.json();
    assert_eq!((&read["status"], &read["type"]), (&json!("sent"), &json!("email")));
    assert_eq!(
        (&read["email_address"], &read["body"]),
        (&json!("kim@city.example"), &json!("Hello Kim. You are late."))
    );
    assert_eq!(read["template"]["id"], json!(service.email));
    assert!(read["sent_at"].as_str().unwrap().ends_with('Z'));

    let listed = client.get("/v2/notifications?status=sent&template_type=email&reference=case+7").await.json();
    assert_eq!(listed["notifications"][0]["id"], sent["id"]);
    assert!(listed["links"]["next"].as_str().unwrap().contains("older_than="));
    let none = client.get("/v2/notifications?status=failed").await.json();
    assert_eq!(none["notifications"], json!([]));
    assert!(none["links"].get("next").is_none());
    let older = format!("/v2/notifications?older_than={}", sent["id"].as_str().unwrap());
    assert_eq!(client.get(&older).await.json()["notifications"], json!([]));
}

#[tokio::test]
async fn a_short_message_and_the_language_that_is_asked_for() {
    let (city, _folder) = city().await;
    let service = service(&city, "live").await;
    let client = signed(&city, &service.key);
    let body =
        json!({ "phone_number": "010-1234-5678", "template_id": service.sms, "personalisation": { "name": "Kim" } });
    let sent = client.post("/v2/notifications/sms", &body).await.json();
    assert_eq!(sent["content"]["body"], "Kim, your permit is ready.");
    let body = json!({ "email_address": "kim@city.example", "template_id": service.email, "language": "ko",
        "personalisation": { "name": "김하나", "late": "no" } });
    let sent = client.post("/v2/notifications/email", &body).await.json();
    assert_eq!(sent["content"]["body"], "김하나님, 안녕하세요.");
    city.run_jobs().await;
    let to: Vec<_> = city.post.parcels().into_iter().map(|parcel| parcel.address).collect();
    assert!(to.contains(&"+821012345678".to_owned()) && to.contains(&"kim@city.example".to_owned()), "{to:?}");
}

#[tokio::test]
async fn who_has_no_right_key_gets_403_and_learns_why() {
    let (city, _folder) = city().await;
    let service = service(&city, "live").await;
    let other = format!("{}-00000000-0000-0000-0000-000000000000", &service.key[..service.key.len() - 37]);
    let refused = first_error(&signed(&city, &other).get("/v2/templates").await);
    assert_eq!(refused, (403, "AuthError".into(), "Invalid token: API key not found".into()));
    let missing = city.get("/v2/templates").await;
    assert_eq!(first_error(&missing).0, 401);
    let part = |value: serde_json::Value| data_encoding::BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let claims = json!({ "iss": &service.key[service.key.len() - 73..service.key.len() - 37], "iat": city.clock.now().0 / 1_000_000 });
    let unsigned = format!("{}.{}.", part(json!({ "alg": "none", "typ": "JWT" })), part(claims.clone()));
    let forged = format!("{}.{}.c2lnbmF0dXJl", part(json!({ "alg": "RS256", "typ": "JWT" })), part(claims));
    for (token, words) in [("a.b.c", "signature"), ("", "signature"), (&unsigned, "signature"), (&forged, "not HS256")]
    {
        let header = format!("Bearer {token}");
        let answer = city.ask(Method::GET, "/v2/templates", &[("authorization", &header)], String::new()).await;
        let (status, _, message) = first_error(&answer);
        assert!(status == 403 && message.contains(words), "{status} {message}");
    }
    let client = signed(&city, &service.key);
    let late = format!("Bearer {}", client.token(city.clock.now().0 / 1_000_000 - 31));
    let answer = city.ask(Method::GET, "/v2/templates", &[("authorization", &late)], String::new()).await;
    assert_eq!(first_error(&answer).2, "Error: Your system clock must be accurate to within 30 seconds");
    assert_eq!(client.get("/v2/templates").await.status, 200);
}

#[tokio::test]
async fn what_is_wrong_with_a_request_is_said_in_the_words_of_the_interface() {
    let (city, _folder) = city().await;
    let service = service(&city, "live").await;
    let client = signed(&city, &service.key);
    let wrong = async |path: &str, body: serde_json::Value| first_error(&client.post(path, &body).await);
    let (email, sms) = ("/v2/notifications/email", "/v2/notifications/sms");
    let to = "kim@city.example";
    let bad = |message: &str| (400, "BadRequestError".to_owned(), message.to_owned());
    let invalid = |message: &str| (400, "ValidationError".to_owned(), message.to_owned());
    assert_eq!(
        wrong(email, json!({ "email_address": to, "template_id": service.email })).await,
        bad("Missing personalisation: name, late")
    );
    assert_eq!(
        wrong(email, json!({ "email_address": "kim", "template_id": service.email })).await,
        invalid("email_address Not a valid email address")
    );
    assert_eq!(wrong(email, json!({ "email_address": to })).await, invalid("template_id is a required property"));
    assert_eq!(
        wrong(email, json!({ "email_address": to, "template_id": "7" })).await,
        invalid("template_id is not a valid UUID")
    );
    assert_eq!(
        wrong(email, json!({ "email_address": to, "template_id": "00000000-0000-0000-0000-000000000000" })).await,
        bad("Template not found")
    );
    assert_eq!(
        wrong(email, json!({ "email_address": to, "template_id": service.sms })).await,
        bad("sms template is not suitable for email notification")
    );
    assert_eq!(
        wrong(sms, json!({ "phone_number": "12", "template_id": service.sms })).await,
        invalid("phone_number Not a valid phone number")
    );
    assert_eq!(
        wrong(email, json!({ "email_address": to, "template_id": service.email, "adress": "x" })).await,
        invalid("Additional properties are not allowed (adress was unexpected)")
    );
    let file = json!({ "name": { "file": "aGk=" }, "late": "no" });
    let refused =
        wrong(email, json!({ "email_address": to, "template_id": service.email, "personalisation": file })).await;
    assert!(refused.2.contains("files by link is not offered"), "{refused:?}");
    assert_eq!(wrong("/v2/notifications/letter", json!({})).await, bad("Letters on paper are not offered here"));
    assert_eq!(first_error(&client.get("/v2/notifications/7").await).0, 400);
    let none = client.get("/v2/notifications/00000000-0000-0000-0000-000000000000").await;
    assert_eq!(first_error(&none), (404, "NoResultFound".into(), "No result found".into()));
    assert_eq!(first_error(&client.get("/v2/notifications?status=lost").await).0, 400);
    assert!(city.post.parcels().is_empty());
}

#[tokio::test]
async fn a_key_for_trials_sends_nothing_and_one_for_the_team_writes_to_the_team() {
    let (city, _folder) = city().await;
    let service = service(&city, "test").await;
    let client = signed(&city, &service.key);
    let to = |address: &str| json!({ "email_address": address, "template_id": service.email, "personalisation": { "name": "Kim", "late": "no" } });
    for (address, status) in [("kim@city.example", "delivered"), ("perm-fail@simulator.notify", "permanent-failure")] {
        let sent = client.post("/v2/notifications/email", &to(address)).await.json();
        let path = format!("/v2/notifications/{}", sent["id"].as_str().unwrap());
        assert_eq!(client.get(&path).await.json()["status"], status);
    }
    city.run_jobs().await;
    assert!(city.post.parcels().is_empty());

    let key = make_key(&city, &service.editor, &service.page, "team").await;
    let team = signed(&city, &key);
    let refused = first_error(&team.post("/v2/notifications/email", &to("lee@city.example")).await);
    assert_eq!(refused.2, "Can’t send to this recipient using a team-only API key");
    let fields = [("name", "Parking"), ("language", "en"), ("team", "lee@city.example\r\n")];
    assert_eq!(city.by(&service.editor).post(&service.page, &fields).await.status, 303);
    assert_eq!(team.post("/v2/notifications/email", &to("lee@city.example")).await.status, 201);
}

#[tokio::test]
async fn templates_are_read_and_previewed() {
    let (city, _folder) = city().await;
    let service = service(&city, "live").await;
    let client = signed(&city, &service.key);
    let all = client.get("/v2/templates").await.json();
    assert_eq!(all["templates"].as_array().unwrap().len(), 2);
    let texts = client.get("/v2/templates?type=sms").await.json();
    assert_eq!(texts["templates"][0]["name"], "Ready");
    let path = format!("/v2/template/{}", service.email);
    let newest = client.get(&path).await.json();
    assert_eq!((&newest["version"], &newest["subject"]), (&json!(1), &json!("Your permit, ((name))")));
    assert_eq!(client.get(&format!("{path}/version/1")).await.json(), newest);
    assert_eq!(client.get(&format!("{path}/version/2")).await.status, 404);
    assert_eq!(client.get(&format!("{path}/version/0")).await.status, 404);
    let preview =
        client.post(&format!("{path}/preview"), &json!({ "personalisation": { "Name": "Kim", "late": "yes" } })).await;
    assert_eq!(preview.json()["body"], "Hello Kim. You are late.");
    let received = client.get("/v2/received-text-messages").await.json();
    assert_eq!(received["received_text_messages"], json!([]));
}

#[tokio::test]
async fn a_service_sees_its_own_letters_alone_and_is_not_counted_by_its_network() {
    let (city, _folder) = city().await;
    let ours = service(&city, "live").await;
    let theirs = service_of(&city, "Editor Choi", "live").await;
    let body = json!({ "phone_number": "01012345678", "template_id": ours.sms, "personalisation": { "name": "Kim" } });
    let sent = signed(&city, &ours.key).post("/v2/notifications/sms", &body).await.json();
    let path = format!("/v2/notifications/{}", sent["id"].as_str().unwrap());
    assert_eq!(signed(&city, &theirs.key).get(&path).await.status, 404);
    assert_eq!(
        first_error(&signed(&city, &theirs.key).post("/v2/notifications/sms", &body).await).2,
        "Template not found"
    );
    for _ in 0..80 {
        assert_eq!(signed(&city, &ours.key).post("/v2/notifications/sms", &body).await.status, 201);
    }
}
