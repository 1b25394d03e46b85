use kernel_base::Clock;
use kernel_language::ENGLISH;
use kernel_letters::{Channel, Letter, Preference, Reach, Setback, State, To, prefer};
use kernel_store::text;

use crate::{House, kim};

fn welcome(to: To) -> Letter {
    Letter::template(to, "welcome").with_link("link", "/account")
}

fn to_kim() -> Letter {
    welcome(To::Account("ac_kim".to_owned()))
}

#[tokio::test]
async fn a_letter_lies_in_the_inbox_at_once_and_goes_the_way_its_reader_chose() {
    let (house, kept) = House::with_kept().await;
    house.send(&to_kim()).await;
    let inbox = house.inbox("ac_kim").await;
    assert_eq!((inbox.len(), inbox[0].subject.as_str()), (1, "김하나님, 환영해요"));
    assert!(kept.parcels().is_empty(), "nothing leaves before the job");
    house.run_jobs().await;
    let parcels = kept.parcels();
    assert_eq!(parcels.len(), 1);
    assert_eq!((parcels[0].channel, parcels[0].address.as_str()), (Channel::Email, "kim@city.example"));
    assert!(parcels[0].body.starts_with("김하나님, https://city.example/account 에서 보세요.\n\n-- \n온새담시\n"));
    assert_eq!(house.states().await, [("email", "sent", 1)]);
}

#[tokio::test]
async fn an_act_that_did_not_happen_sends_nothing() {
    let (house, kept) = House::with_kept().await;
    let mut tx = house.store.begin().await.unwrap();
    house.letters.send(&mut tx, &to_kim(), &*house.clock, &*house.random).await.unwrap();
    drop(tx);
    house.run_jobs().await;
    assert!(kept.parcels().is_empty() && house.inbox("ac_kim").await.is_empty());
}

#[tokio::test]
async fn each_person_chooses_channel_and_language() {
    let (house, kept) = House::with_kept().await;
    let mut tx = house.store.begin().await.unwrap();
    let wish = Preference { language: ENGLISH, channel: Channel::Sms, push_subject: false };
    prefer(&mut tx, "ac_kim", wish).await.unwrap();
    tx.commit().await.unwrap();
    house.send(&to_kim()).await;
    house.run_jobs().await;
    let parcel = kept.parcels().remove(0);
    assert_eq!((parcel.channel, parcel.address.as_str()), (Channel::Sms, "+821012345678"));
    assert_eq!(parcel.body, "Hello 김하나, see https://city.example/account.");

    let mut tx = house.store.begin().await.unwrap();
    prefer(&mut tx, "ac_kim", Preference { channel: Channel::Inbox, ..wish }).await.unwrap();
    tx.commit().await.unwrap();
    house.send(&to_kim()).await;
    house.run_jobs().await;
    assert_eq!((kept.parcels().len(), house.inbox("ac_kim").await.len()), (1, 2));
}

#[tokio::test]
async fn who_has_no_address_of_the_wished_kind_is_reached_another_way() {
    let (house, kept) = House::with_kept().await;
    house.book.set("ac_kim", Reach { email: None, ..kim() });
    house.send(&to_kim()).await;
    house.run_jobs().await;
    assert_eq!(kept.parcels()[0].channel, Channel::Sms);
    house.book.set("ac_kim", Reach { email: None, phone: None, ..kim() });
    house.send(&to_kim()).await;
    house.run_jobs().await;
    assert_eq!((kept.parcels().len(), house.inbox("ac_kim").await.len()), (1, 2));
}

#[tokio::test]
async fn a_number_is_written_as_the_world_dials_it() {
    let (house, kept) = House::with_kept().await;
    house.send(&Letter::plain(To::Phone("010-1234-5678".to_owned()), "", "안녕하세요")).await;
    house.run_jobs().await;
    assert_eq!(kept.parcels()[0].address, "+821012345678");
}

#[tokio::test]
async fn a_letter_is_read_once_and_can_be_thrown_away_by_its_reader_alone() {
    let (house, _) = House::with_kept().await;
    let id = house.send(&to_kim()).await;
    assert_eq!(kernel_letters::unread(&house.store, "ac_kim").await.unwrap(), 1);
    let mut tx = house.store.begin().await.unwrap();
    kernel_letters::read(&mut tx, "ac_lee", id.as_str(), house.clock.now()).await.unwrap();
    assert!(!kernel_letters::throw_away(&mut tx, "ac_lee", id.as_str()).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(kernel_letters::unread(&house.store, "ac_kim").await.unwrap(), 1);
    let mut tx = house.store.begin().await.unwrap();
    kernel_letters::read(&mut tx, "ac_kim", id.as_str(), house.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(kernel_letters::unread(&house.store, "ac_kim").await.unwrap(), 0);
    let mut tx = house.store.begin().await.unwrap();
    assert!(kernel_letters::throw_away(&mut tx, "ac_kim", id.as_str()).await.unwrap());
    tx.commit().await.unwrap();
    assert!(house.inbox("ac_kim").await.is_empty());
}

#[tokio::test]
async fn words_and_addresses_are_sealed_and_forgotten_in_time() {
    let (house, _) = House::with_kept().await;
    let to_address = house.send(&Letter::plain(To::Email("lee@city.example".to_owned()), "Hello", "A secret")).await;
    house.send(&to_kim()).await;
    house.run_jobs().await;
    let find = "SELECT content FROM letters_letter WHERE id = $1";
    let row = house.store.one(find, &[text(to_address.as_str())]).await.unwrap().unwrap();
    let content = row.text("content").unwrap();
    assert!(!content.contains("secret"));
    house.clock.forward_days(31);
    house.run_jobs().await;
    let left = "SELECT COUNT(*) AS n FROM letters_letter WHERE content IS NOT NULL AND account IS NULL";
    assert_eq!(house.store.one(left, &[]).await.unwrap().unwrap().int("n").unwrap(), 0);
    let left = "SELECT COUNT(*) AS n FROM letters_delivery WHERE address IS NOT NULL";
    assert_eq!(house.store.one(left, &[]).await.unwrap().unwrap().int("n").unwrap(), 0);
    assert_eq!(house.inbox("ac_kim").await.len(), 1, "the inbox stays");
}

#[tokio::test]
async fn with_an_account_all_its_letters_go() {
    let (house, _) = House::with_kept().await;
    house.send(&to_kim()).await;
    house.run_jobs().await;
    let mut tx = house.store.begin().await.unwrap();
    kernel_letters::erase(&mut tx, "ac_kim").await.unwrap();
    tx.commit().await.unwrap();
    assert!(house.inbox("ac_kim").await.is_empty());
    assert_eq!(house.states().await, [("email", "sent", 1)], "that one was sent stays as a number");
}

#[tokio::test]
async fn what_only_pretends_is_counted_and_not_sent() {
    let (house, kept) = House::with_kept().await;
    let mut letter = Letter::plain(To::Email("a@city.example".to_owned()), "Hello", "Hello");
    letter.pretend = Some(State::Delivered);
    house.send(&letter).await;
    house.run_jobs().await;
    assert!(kept.parcels().is_empty());
    assert_eq!(house.states().await, [("email", "delivered", 1)]);
}

#[tokio::test]
async fn an_address_that_is_none_fails_at_once_and_says_so() {
    let (house, kept) = House::with_kept().await;
    kept.set_back(Some(Setback::Refused("not an e-mail address".to_owned())));
    house.send(&welcome(To::Email("nobody".to_owned()))).await;
    house.run_jobs().await;
    assert_eq!(house.states().await, [("email", "permanent-failure", 1)]);
    let failures = kernel_letters::failures(&house.store, kernel_base::Instant(0), 10).await.unwrap();
    assert_eq!(failures[0].reason, "not an e-mail address");
}
