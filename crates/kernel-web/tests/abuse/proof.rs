use testkit::{TestCity, on_both_engines, proof_of};

use crate::{DOOR, from};

const HOME: &str = "192.0.2.1";

fn fields<'a>(name: &'a str, proof: &'a [(&'static str, String); 2]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![("name", name)];
    fields.extend(proof.iter().map(|(key, value)| (*key, value.as_str())));
    fields
}

/// A form as a browser without scripts sends it.
fn without_work(page: &str) -> [(&'static str, String); 2] {
    let (_, rest) = page.split_once("name=\"proof\" value=\"").expect("a challenge");
    [("proof", rest.split('"').next().expect("a value").to_owned()), ("proof-answer", String::new())]
}

async fn knock(city: &TestCity, name: &str, proof: &[(&'static str, String); 2]) -> crate::Told {
    from(city, HOME).post("/door", &fields(name, proof)).await
}

#[tokio::test]
async fn work_opens_the_door_once() {
    on_both_engines(vec![DOOR], async |city| {
        let form = from(&city, HOME).get("/door").await;
        assert_eq!(form.headers["cache-control"], "no-store", "every reader has a challenge of their own");
        let proof = proof_of(&form.text);
        assert_eq!(knock(&city, "Kim", &proof).await.status, 303);
        let again = knock(&city, "Kim", &proof).await;
        assert_eq!(again.status, 422);
        assert!(again.text.contains("이미 보낸 양식이에요") && again.text.contains("value=\"Kim\""));
        let fresh = proof_of(&again.text);
        assert_ne!(fresh[0], proof[0]);
        assert_eq!(knock(&city, "Kim", &fresh).await.status, 303);
    })
    .await;
}

#[tokio::test]
async fn without_scripts_waiting_opens_it_and_what_was_typed_stays() {
    on_both_engines(vec![DOOR], async |city| {
        let form = from(&city, HOME).get("/door").await;
        assert!(form.text.contains("<noscript>") && form.text.contains("20초가 지나야"));
        let proof = without_work(&form.text);
        city.clock.forward_seconds(5);
        let early = knock(&city, "Kim", &proof).await;
        assert_eq!(early.status, 422);
        assert!(early.text.contains("15초 뒤에 버튼을 다시 눌러 주세요") && early.text.contains("value=\"Kim\""));
        assert_eq!(without_work(&early.text), proof, "the waiting goes on, it does not begin anew");
        city.clock.forward_seconds(15);
        assert_eq!(knock(&city, "Kim", &proof).await.status, 303);
        assert_eq!(knock(&city, "Kim", &proof).await.status, 422, "waiting too pays only once");
    })
    .await;
}

#[tokio::test]
async fn a_mistake_in_the_form_does_not_cost_the_work_again() {
    on_both_engines(vec![DOOR], async |city| {
        let form = from(&city, HOME).get("/door").await;
        let proof = proof_of(&form.text);
        let wrong = knock(&city, "", &proof).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text.contains("이름을 적어 주세요"));
        assert!(wrong.text.contains(&proof[0].1) && wrong.text.contains(&proof[1].1), "the work is still on the page");
        assert_eq!(knock(&city, "Kim", &proof).await.status, 303);
    })
    .await;
}

#[tokio::test]
async fn nothing_else_opens_it() {
    on_both_engines(vec![DOOR], async |city| {
        let form = from(&city, HOME).get("/door").await;
        let proof = proof_of(&form.text);
        let [challenge, answer] = proof.clone();
        let changed = |from: &str, to: &str| [(challenge.0, challenge.1.replacen(from, to, 1)), answer.clone()];
        for forged in [
            [(challenge.0, String::new()), answer.clone()],
            [challenge.clone(), (answer.0, answer.1.replacen('.', ".1", 1))],
            changed("door.1", "door.2"),
            changed(".0.", ".1."),
            changed("door.", "other."),
        ] {
            let held = knock(&city, "Kim", &forged).await;
            assert_eq!(held.status, 422, "{forged:?}");
        }
        city.clock.forward_seconds(3 * 3600);
        let stale = knock(&city, "Kim", &proof).await;
        assert!(stale.status == 422 && stale.text.contains("연 지 오래됐어요"));
    })
    .await;
}

#[tokio::test]
async fn an_act_that_the_database_asks_for_again_finds_its_own_proof() {
    on_both_engines(vec![DOOR], async |city| {
        let proof = proof_of(&from(&city, HOME).get("/door").await.text);
        let told = from(&city, HOME).post("/door/contended", &fields("Kim", &proof)).await;
        assert_eq!(told.status, 303);
        assert_eq!(from(&city, HOME).post("/door/contended", &fields("Kim", &proof)).await.status, 422);
    })
    .await;
}

#[tokio::test]
async fn a_network_that_sends_much_pays_more_and_others_do_not() {
    on_both_engines(vec![DOOR], async |city| {
        let nothing = [("proof", String::new()), ("proof-answer", String::new())];
        for _ in 0..40 {
            assert_eq!(knock(&city, "Kim", &nothing).await.status, 422);
        }
        let (here, there) = (from(&city, HOME).get("/door").await, from(&city, "198.51.100.9").get("/door").await);
        assert!(here.text.contains("data-bits=\"17\"") && here.text.contains("60초가 지나야"), "{}", here.text);
        assert!(there.text.contains("data-bits=\"15\""));
        let dear = without_work(&here.text);
        city.clock.forward_seconds(59);
        assert_eq!(knock(&city, "Kim", &dear).await.status, 422);
        city.clock.forward_seconds(1);
        assert_eq!(knock(&city, "Kim", &dear).await.status, 303);
    })
    .await;
}

#[tokio::test]
async fn waiting_alone_does_not_open_it_for_a_whole_farm() {
    on_both_engines(vec![DOOR], async |city| {
        let mut answers = Vec::new();
        for _ in 0..31 {
            let proof = without_work(&from(&city, HOME).get("/door").await.text);
            city.clock.forward_seconds(80);
            answers.push(knock(&city, "Kim", &proof).await.status);
        }
        assert_eq!((answers.iter().filter(|status| **status == 303).count(), answers.last()), (30, Some(&429)));
    })
    .await;
}
