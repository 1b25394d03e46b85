use kernel_base::Error;
use kernel_language::KOREAN;
use kernel_letters::{Channel, Keys, Letter, Preference, Setback, Subscription, To, browsers, prefer, unsubscribe};

use crate::House;

fn subscription(endpoint: &str) -> Subscription {
    // Keys of the example of RFC 8291, appendix A.
    let p256dh = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4".to_owned();
    Subscription { endpoint: endpoint.to_owned(), keys: Keys { p256dh, auth: "BTBZMqHH6r4Tts7J_aSIgg".to_owned() } }
}

async fn subscribe(house: &House, subscription: &Subscription) -> Result<(), Error> {
    let mut tx = house.store.begin().await.unwrap();
    let made = house.letters.subscribe(&mut tx, "ac_kim", subscription, "Firefox", &*house.clock, &*house.random).await;
    tx.commit().await.unwrap();
    made
}

async fn wishes_notices(house: &House, push_subject: bool) {
    let mut tx = house.store.begin().await.unwrap();
    let wish = Preference { language: KOREAN, channel: Channel::Push, push_subject };
    prefer(&mut tx, "ac_kim", wish).await.unwrap();
    tx.commit().await.unwrap();
}

fn letter() -> Letter {
    Letter::plain(To::Account("ac_kim".to_owned()), "Your fine of 80,000 won", "Pay")
}

#[tokio::test]
async fn every_browser_shows_a_notice_and_the_subject_only_when_its_reader_wants_that() {
    let (house, kept) = House::with_kept().await;
    for endpoint in [
        "https://updates.push.services.mozilla.com/1",
        "https://updates.push.services.mozilla.com/2",
        "https://updates.push.services.mozilla.com/2",
    ] {
        subscribe(&house, &subscription(endpoint)).await.unwrap();
    }
    wishes_notices(&house, false).await;
    house.send(&letter()).await;
    house.run_jobs().await;
    let parcels = kept.parcels();
    assert_eq!(parcels.len(), 2, "the same browser twice is one");
    assert!(parcels.iter().all(|parcel| parcel.subject == "새 편지가 왔어요" && !parcel.body.contains("fine")));
    wishes_notices(&house, true).await;
    house.send(&letter()).await;
    house.run_jobs().await;
    assert_eq!(kept.parcels()[3].subject, "Your fine of 80,000 won");
}

#[tokio::test]
async fn a_browser_that_is_gone_is_forgotten_and_the_next_letter_goes_another_way() {
    let (house, kept) = House::with_kept().await;
    subscribe(&house, &subscription("https://updates.push.services.mozilla.com/1")).await.unwrap();
    wishes_notices(&house, false).await;
    kept.set_back(Some(Setback::Gone));
    house.send(&letter()).await;
    house.run_jobs().await;
    assert!(browsers(&house.store, "ac_kim").await.unwrap().is_empty());
    kept.set_back(None);
    house.send(&letter()).await;
    house.run_jobs().await;
    assert_eq!(kept.parcels()[0].channel, Channel::Email);
}

#[tokio::test]
async fn only_subscriptions_of_browsers_are_taken_and_only_their_owner_ends_them() {
    let (house, _) = House::with_kept().await;
    for endpoint in ["http://updates.push.services.mozilla.com/1", "https://push.example/1", "file:///etc/passwd", ""] {
        assert!(matches!(subscribe(&house, &subscription(endpoint)).await, Err(Error::Refused(_))), "{endpoint}");
    }
    let mut broken = subscription("https://updates.push.services.mozilla.com/1");
    broken.keys.p256dh = "AAAA".to_owned();
    assert!(subscribe(&house, &broken).await.is_err());
    subscribe(&house, &subscription("https://updates.push.services.mozilla.com/1")).await.unwrap();
    let id = browsers(&house.store, "ac_kim").await.unwrap().remove(0).id;
    let mut tx = house.store.begin().await.unwrap();
    assert!(!unsubscribe(&mut tx, "ac_lee", &id).await.unwrap());
    assert!(unsubscribe(&mut tx, "ac_kim", &id).await.unwrap());
    tx.commit().await.unwrap();
}
