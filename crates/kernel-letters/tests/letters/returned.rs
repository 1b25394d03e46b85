use kernel_letters::{Channel, Letter, To};

use crate::House;

/// A delivery status notification as Postfix writes it.
fn returned(delivery: &str, action: &str, status: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mail.example\r\nTo: letters+{delivery}@localhost\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.example\r\n\r\n\
         Final-Recipient: rfc822; kim@city.example\r\nAction: {action}\r\nStatus: {status}\r\n\r\n--b--\r\n"
    )
}

async fn arrive(house: &House, mail: &str) -> bool {
    house.letters.read_returned(&house.store, mail.as_bytes(), &*house.clock, &*house.random).await.unwrap()
}

#[tokio::test]
async fn an_address_that_letters_come_back_from_rests_until_its_owner_confirms_it() {
    let (house, kept) = House::with_kept().await;
    let hello = Letter::plain(To::Account("ac_kim".to_owned()), "Hello", "Hello");
    house.send(&hello).await;
    house.run_jobs().await;
    let mail = returned(&kept.parcels()[0].delivery, "failed", "5.1.1");
    house.clock.forward_seconds(60);
    assert!(arrive(&house, &mail).await);
    assert!(!arrive(&house, &mail).await, "a second one changes nothing");
    assert_eq!(house.states().await, [("email", "permanent-failure", 1)]);
    let inbox = house.inbox("ac_kim").await;
    assert_eq!((inbox.len(), inbox[0].subject.as_str()), (2, "등록하신 전자우편 주소로 편지가 가지 않아요"));
    assert!(house.letters.came_back(&house.store, Channel::Email, "Kim@City.example").await.unwrap());

    house.send(&hello).await;
    house.run_jobs().await;
    assert_eq!(kept.parcels()[1].channel, Channel::Sms, "another way is taken");

    let mut tx = house.store.begin().await.unwrap();
    house.letters.confirm_address(&mut tx, Channel::Email, "kim@city.example").await.unwrap();
    tx.commit().await.unwrap();
    house.send(&hello).await;
    house.run_jobs().await;
    assert_eq!(kept.parcels()[2].channel, Channel::Email);
}

#[tokio::test]
async fn a_full_mailbox_is_tried_again_with_the_next_letter() {
    let (house, kept) = House::with_kept().await;
    house.send(&Letter::plain(To::Email("kim@city.example".to_owned()), "Hello", "Hello")).await;
    house.run_jobs().await;
    assert!(arrive(&house, &returned(&kept.parcels()[0].delivery, "failed", "5.2.2")).await);
    assert_eq!(house.states().await, [("email", "permanent-failure", 1)]);
    assert!(!house.letters.came_back(&house.store, Channel::Email, "kim@city.example").await.unwrap());
}

#[tokio::test]
async fn news_of_arrival_is_kept_and_news_of_others_is_not_ours() {
    let (house, kept) = House::with_kept().await;
    house.send(&Letter::plain(To::Email("kim@city.example".to_owned()), "Hello", "Hello")).await;
    house.run_jobs().await;
    assert!(arrive(&house, &returned(&kept.parcels()[0].delivery, "delivered", "2.0.0")).await);
    assert_eq!(house.states().await, [("email", "delivered", 1)]);
    assert!(!arrive(&house, &returned("de_068w3vk5f42t9qjzc0e6m1rxhg", "failed", "5.1.1")).await);
    assert!(!arrive(&house, "Subject: on holiday\r\n\r\nBack on Monday.\r\n").await);
}
