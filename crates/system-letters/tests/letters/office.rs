use kernel_identity::Role;
use kernel_letters::{Channel, Setback};
use serde_json::json;

use crate::{between, city, first_error, make_template, service, signed};

#[tokio::test]
async fn nobody_but_staff_with_the_right_comes_in() {
    let (city, _folder) = city().await;
    let resident = city.somebody("Kim", Role::Resident).await;
    let clerk = city.somebody("Clerk Lee", Role::Clerk).await;
    for path in ["/letters-office", "/letters-office/services"] {
        assert_eq!(city.get(path).await.status, 303);
        assert_eq!(city.by(&resident).get(path).await.status, 403);
        assert_eq!(city.by(&clerk).get(path).await.status, 403);
    }
    let without = city.somebody_of("Editor", Role::Editor, None, false).await;
    assert_eq!(city.by(&without).get("/letters-office").await.status, 303, "a second factor first");
}

#[tokio::test]
async fn a_key_is_shown_once_and_ends_when_it_is_revoked() {
    let (city, _folder) = city().await;
    let service = service(&city, "live").await;
    let secret = &service.key[service.key.len() - 36..];
    let page = city.by(&service.editor).get(&service.page).await;
    assert!(page.text.contains("First key") && !page.text.contains(secret));
    assert_eq!(signed(&city, &service.key).get("/v2/templates").await.status, 200);
    let key = between(&page.text, "name=\"key\" value=\"", "\"").to_owned();
    let revoke = format!("{}/keys/revoke", service.page);
    assert_eq!(city.by(&service.editor).post(&revoke, &[("key", &key)]).await.status, 303);
    let refused = first_error(&signed(&city, &service.key).get("/v2/templates").await);
    assert_eq!(refused.2, "Invalid token: API key revoked");
    assert_eq!(city.by(&service.editor).post(&revoke, &[("key", &key)]).await.status, 404);
}

#[tokio::test]
async fn a_changed_template_is_a_new_version_and_the_old_one_stays() {
    let (city, _folder) = city().await;
    let service = service(&city, "live").await;
    let texts = [("kind", "email"), ("name", "Note"), ("subject_en", "One"), ("body_en", "First ((place))")];
    let page = make_template(&city, &service.editor, &service.page, &texts).await;
    let changed = [("name", "Note"), ("subject_en", "Two"), ("body_en", "Second <b>((place))</b>")];
    assert_eq!(city.by(&service.editor).post(&page, &changed).await.status, 303);
    let shown = city.by(&service.editor).get(&page).await.text;
    assert!(shown.contains("First ((place))") && shown.contains("Second &lt;b&gt;[place]&lt;/b&gt;"), "{shown}");
    let empty = city.by(&service.editor).post(&page, &[("name", "")]).await;
    assert_eq!(empty.status, 422);
    assert_eq!(city.by(&service.editor).post(&format!("{page}/retire"), &[]).await.status, 303);
    let id = between(&shown, "<code>", "</code>");
    let body = json!({ "email_address": "kim@city.example", "template_id": id, "personalisation": { "place": "x" } });
    let refused = first_error(&signed(&city, &service.key).post("/v2/notifications/email", &body).await);
    assert!(refused.2.ends_with("has been deleted"), "{refused:?}");
}

#[tokio::test]
async fn staff_try_a_template_on_themselves_in_each_language() {
    let (city, _folder) = city().await;
    let service = service(&city, "live").await;
    let page = city.by(&service.editor).get(&service.page).await.text;
    let path = format!("{}/templates/", service.page);
    let template = format!("{path}{}", between(&page, &path, "\""));
    let shown = city.by(&service.editor).get(&template).await.text;
    assert!(shown.contains("lang=\"ko\"") && shown.contains("[name]님의 허가증"), "both languages are shown");
    for language in ["en", "ko"] {
        let sent = city.by(&service.editor).post(&format!("{template}/try"), &[("language", language)]).await;
        assert_eq!(sent.status, 200, "{}", sent.text);
    }
    assert_eq!(city.by(&service.editor).post("/letters-office/trial", &[]).await.status, 200);
    city.run_jobs().await;
    let parcels = city.post.parcels();
    assert!(parcels.iter().all(|parcel| parcel.channel == Channel::Email && parcel.address == service.editor.email));
    let mut subjects: Vec<_> = parcels.iter().map(|parcel| parcel.subject.as_str()).collect();
    subjects.sort_unstable();
    assert_eq!(subjects.len(), 3);
    assert_eq!(&subjects[1..], ["Your permit, [name]", "[name]님의 허가증"]);
}

#[tokio::test]
async fn the_overview_shows_numbers_and_failures_but_no_address() {
    let (city, _folder) = city().await;
    let service = service(&city, "live").await;
    city.post.set_back(Some(Setback::Refused("smtp 550 5.1.1".to_owned())));
    let body = json!({ "email_address": "gone@city.example", "template_id": service.email, "personalisation": { "name": "Kim", "late": "no" } });
    assert_eq!(signed(&city, &service.key).post("/v2/notifications/email", &body).await.status, 201);
    city.run_jobs().await;
    let overview = city.by(&service.editor).get("/letters-office").await;
    assert!(overview.text.contains("smtp 550 5.1.1") && !overview.text.contains("gone@city.example"));
    city.post.set_back(Some(Setback::Unreachable("the mail server does not answer")));
    let body = json!({ "email_address": "lee@city.example", "template_id": service.email, "personalisation": { "name": "Lee", "late": "no" } });
    assert_eq!(signed(&city, &service.key).post("/v2/notifications/email", &body).await.status, 201);
    city.run_jobs().await;
    city.clock.forward_seconds(16 * 60);
    let overview = city.by(&service.editor).get("/letters-office?lang=en").await.text;
    assert!(overview.contains("Letters wait longer than usual"), "{overview}");
}

#[tokio::test]
async fn what_is_wrong_with_a_form_is_said_beside_it() {
    let (city, _folder) = city().await;
    let service = service(&city, "live").await;
    let by = city.by(&service.editor);
    assert_eq!(by.post("/letters-office/services", &[("name", " ")]).await.status, 422);
    let team = by.post(&service.page, &[("name", "Parking"), ("language", "en"), ("team", "nobody")]).await;
    assert_eq!(team.status, 422);
    assert_eq!(by.post(&format!("{}/reply-to", service.page), &[("reply_to", "x")]).await.status, 422);
    assert_eq!(by.post(&format!("{}/reply-to", service.page), &[("reply_to", "a@city.example")]).await.status, 303);
    assert_eq!(by.post(&format!("{}/keys", service.page), &[("key_name", "")]).await.status, 422);
    let half = [("kind", "email"), ("name", "Half"), ("body_en", "No subject")];
    assert_eq!(by.post(&format!("{}/templates/new", service.page), &half).await.status, 422);
    assert_eq!(by.get("/letters-office/services/se_none").await.status, 404);
}
