//! What the log says of tries to get in or around, and what it never says.

use http::Method;
use kernel_identity::{Passwords, Role, code};
use testkit::{Log, TestCity, on_both_engines};

use crate::systems;

const PASSWORD: &str = "persimmon tree in the yard";

async fn acts(city: &TestCity, who: &str) -> Vec<String> {
    let trail = kernel_record::trail(&city.city.store, kernel_record::Filter::Who(who), None, 99).await;
    trail.expect("the trail").entries.into_iter().map(|entry| format!("{} {}", entry.act, entry.detail)).collect()
}

#[tokio::test]
async fn every_sign_in_is_noted_with_who_and_how_and_no_secret() {
    on_both_engines(systems(), async |city| {
        let kim = city.somebody("Kim Minsu", Role::Resident).await;
        let hash = city.city.passwords.hash(PASSWORD, &*city.city.random).await.expect("hashes");
        let mut tx = city.city.store.begin().await.expect("begins");
        Passwords::set(&mut tx, &kim.account, &hash, city.city.clock.now()).await.expect("sets");
        tx.commit().await.expect("commits");
        let log = Log::begin();
        for password in ["guessed-password", PASSWORD] {
            city.post("/sign-in", &[("email", &kim.email), ("password", password)]).await;
        }
        let by = city.by(&kim);
        by.post("/sign-in/again", &[("password", "guessed-password")]).await;
        by.post("/account/password", &[("current", "guessed-password"), ("password", "x")]).await;
        by.post("/sign-out", &[]).await;
        let line = |event: &str, who: &str, path: &str| (event.to_owned(), who.to_owned(), path.to_owned());
        let wanted = [
            line("session.refused", "", "/sign-in"),
            line("session.opened", &kim.account, "/sign-in"),
            line("proof.refused", &kim.account, "/sign-in/again"),
            line("proof.refused", &kim.account, "/account/password"),
            line("session.ended", &kim.account, "/sign-out"),
        ];
        assert_eq!(log.security(), wanted);
        let opened = acts(&city, &kim.account).await.into_iter().find(|act| act.starts_with("session.opened"));
        let opened = opened.expect("in the trail");
        assert!(opened.contains("\"way\":\"password\"") && opened.contains("\"second_factor\":false"), "{opened}");
        for secret in ["guessed-password", PASSWORD, kim.email.as_str(), "Minsu", "session="] {
            assert!(!log.text().contains(secret), "{secret}: {}", log.text());
        }
    })
    .await;
}

#[tokio::test]
async fn wrong_codes_and_pins_refused_rights_and_uploads_are_noted() {
    on_both_engines(systems(), async |city| {
        let lee = city.somebody("Lee Jiwoo", Role::Resident).await;
        let page = city.get("/register").await;
        city.clock.forward_seconds(60);
        let proof = page.text.split_once("name=\"proof\" value=\"").expect("a proof").1.split('"').next();
        let fields = [("email", "kim@people.example"), ("proof", proof.unwrap_or_default())];
        let begun = city.post("/register", &fields).await;
        let request = begun.header("location").split("c=").nth(1).expect("a request").to_owned();

        let log = Log::begin();
        let fields = [("c", request.as_str()), ("code", "0000-0000"), ("name", "Kim Minsu"), ("password", PASSWORD)];
        assert_eq!(city.post("/register/confirm", &fields).await.status, 422);
        let reference = code::reference(&*city.city.random);
        assert_eq!(city.post("/follow", &[("reference", &reference), ("pin", "123456")]).await.status, 422);
        assert_eq!(city.by(&lee).get("/tent/tools").await.status, 403);
        let upload = "--x\r\nContent-Disposition: form-data; name=\"way\"\r\n\r\nclerk\r\n--x\r\nContent-Disposition: \
            form-data; name=\"identity\"; filename=\"card.gif\"\r\n\r\n<script>\r\n--x--\r\n";
        let headers = [("content-type", "multipart/form-data; boundary=x"), ("sec-fetch-site", "same-origin")];
        let sent = city.by(&lee).ask(Method::POST, "/account/residence/ask", &headers, upload.to_owned()).await;
        assert_eq!(sent.status, 422, "{}", sent.text);
        let made_up = [("authorization", "Bearer madang_pat_made-up")];
        assert_eq!(city.get_as("/api/v1/account", &made_up).await.status, 401);
        assert_eq!(city.post("/register", &[("email", "kim@people.example"), ("proof", "made-up")]).await.status, 422);
        let noted: Vec<String> = log
            .security()
            .into_iter()
            .map(|(event, who, path)| {
                let who = if who == lee.account { "lee" } else { who.as_str() };
                format!("{event} {who} {path}")
            })
            .collect();
        let wanted = [
            "code.refused  /register/confirm",
            "guest.refused  /follow",
            "right.refused lee /tent/tools",
            "upload.refused  /account/residence/ask",
            "token.refused  /api/v1/account",
            "proof.refused  /register",
        ];
        assert_eq!(noted, wanted);
        for secret in ["0000-0000", &reference, "123456", "made-up", "kim@people.example", "<script>", PASSWORD] {
            assert!(!log.text().contains(secret), "{secret}: {}", log.text());
        }
    })
    .await;
}
