//! Orders of addresses that a crawl could meet.

use super::*;

fn url(s: &str) -> Url {
    Url::parse(s).expect("url")
}

fn offer(topic: u16, strength: f32) -> Offer {
    Offer { hits: vec![Hit { topic, strength }], depth: 1, ..Offer::default() }
}

fn order(f: &mut Frontier) -> Vec<String> {
    let mut urls = Vec::new();
    while let Some(id) = f.take(false, |_| true) {
        urls.extend(f.get(id).map(|k| k.url.to_string()));
    }
    urls
}

#[test]
fn every_topic_gets_its_turn_before_the_second_of_one() {
    let mut f = Frontier::new(100, 2, 2026);
    for n in ["one", "two", "three"] {
        f.offer(&url(&format!("http://c/news-{n}")), offer(0, 3.0));
    }
    f.offer(&url("http://c/privacy"), offer(1, 2.0));
    assert_eq!(order(&mut f).iter().position(|u| u.ends_with("privacy")), Some(1));
}

#[test]
fn an_endless_shape_stops_at_its_quota_and_is_reported() {
    let mut f = Frontier::new(40, 0, 2026);
    for n in 0..500 {
        f.offer(&url(&format!("http://c/calendar/2026/{n}")), Offer::default());
    }
    f.offer(&url("http://c/last"), Offer { depth: 9, ..Offer::default() });
    let taken = order(&mut f);
    assert_eq!(taken.len(), 9);
    assert_eq!(f.left_out(), (492, vec!["c/calendar/#/#"]));
}

#[test]
fn a_shape_whose_pages_all_say_the_same_is_closed() {
    let mut f = Frontier::new(200, 0, 2026);
    for n in 0..500 {
        f.offer(&url(&format!("http://c/x/{n}")), Offer::default());
    }
    let mut taken = 0;
    while let Some(id) = f.take(false, |_| true) {
        f.learn(id, 7);
        taken += 1;
    }
    assert_eq!(taken, 100);
}

#[test]
fn better_words_move_a_waiting_address_up() {
    let mut f = Frontier::new(100, 1, 2026);
    f.offer(&url("http://c/a"), Offer { depth: 1, ..Offer::default() });
    f.offer(&url("http://c/b"), Offer { depth: 1, ..Offer::default() });
    f.offer(&url("http://c/b"), offer(0, 3.0));
    assert_eq!(order(&mut f), ["http://c/b", "http://c/a"]);
}

#[test]
fn copies_of_pages_do_not_eat_the_budget_before_every_page_had_its_turn() {
    let mut f = Frontier::new(60, 1, 2026);
    f.at_home(&url("http://c/"), Some("ko-KR"));
    for n in 0..50 {
        let word = char::from(b'a' + n % 26);
        for language in ["en", "ja", "ko"] {
            f.offer(&url(&format!("http://c/{language}/{word}-{n}")), offer(0, 3.0));
        }
        f.offer(&url(&format!("http://c/ko/{word}-{n}?print=1")), offer(0, 3.0));
    }
    let taken = order(&mut f);
    assert_eq!(taken.len(), 200, "with nothing else to do, copies are read too");
    let first: Vec<&String> = taken.iter().take(55).collect();
    let copies = |mark: &str| first.iter().filter(|u| u.contains(mark)).count();
    assert_eq!(copies("/ko/") - copies("print"), 50);
    assert!(copies("/en/") > 0 && copies("/ja/") > 0, "{first:?}");
}
