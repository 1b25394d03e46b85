use testkit::on_both_engines;

use crate::{DOOR, from};

async fn tries(from: &crate::From<'_>, name: &str, times: usize) -> Vec<u16> {
    let mut statuses = Vec::new();
    for _ in 0..times {
        statuses.push(from.post("/door/sign-in", &[("name", name)]).await.status);
    }
    statuses
}

#[tokio::test]
async fn every_statement_runs_on_both_engines() {
    on_both_engines(vec![DOOR], async |city| {
        for statement in kernel_web::STATEMENTS.iter().copied().flatten() {
            city.city.store.prepare(statement).await.expect("prepares");
        }
    })
    .await;
}

#[tokio::test]
async fn one_account_is_tried_only_so_often_and_from_elsewhere_still_opens() {
    on_both_engines(vec![DOOR], async |city| {
        let (guesser, owner) = (from(&city, "192.0.2.1"), from(&city, "198.51.100.1"));
        assert_eq!(tries(&guesser, "Kim@city.example", 3).await, [303, 303, 303]);
        let refused = guesser.post("/door/sign-in", &[("name", " kim@CITY.example ")]).await;
        assert_eq!(refused.status, 429);
        let seconds: i64 = refused.headers["retry-after"].to_str().expect("text").parse().expect("a number");
        assert!((1..=900).contains(&seconds), "{seconds}");
        assert!(
            refused.text.contains("시도가 너무 많아요") && refused.text.contains("분 뒤에 다시 시도해 주세요"),
            "{}",
            refused.text
        );
        assert_eq!(tries(&owner, "kim@city.example", 1).await, [303], "the owner is not locked out");
        city.clock.forward_seconds(seconds);
        assert_eq!(tries(&guesser, "kim@city.example", 1).await, [303]);
    })
    .await;
}

#[tokio::test]
async fn one_network_tries_only_so_many_accounts() {
    on_both_engines(vec![DOOR], async |city| {
        let (first, second) = (from(&city, "2001:db8::1"), from(&city, "2001:db8::2"));
        for name in ["a", "b", "c"] {
            assert_eq!(tries(&first, name, 2).await, [303, 303]);
        }
        assert_eq!(tries(&second, "d", 1).await, [429], "a neighbour in the same network");
        assert_eq!(tries(&from(&city, "2001:db8:0:1::1"), "d", 1).await, [303]);
    })
    .await;
}

#[tokio::test]
async fn one_account_guessed_from_many_networks_is_closed_too() {
    on_both_engines(vec![DOOR], async |city| {
        let mut answers = Vec::new();
        for network in 1..=16 {
            answers.extend(tries(&from(&city, &format!("192.0.2.{network}")), "kim", 1).await);
        }
        assert_eq!(answers.iter().filter(|status| **status == 303).count(), 15);
        assert_eq!(answers.last(), Some(&429));
    })
    .await;
}

#[tokio::test]
async fn the_database_knows_neither_names_nor_networks_and_forgets() {
    on_both_engines(vec![DOOR], async |city| {
        tries(&from(&city, "192.0.2.77"), "kim", 2).await;
        let all = "SELECT id, tries FROM web_attempt";
        let rows = city.city.store.all(all, &[]).await.expect("read");
        assert_eq!(rows.len(), 3);
        for row in rows {
            let id = row.text("id").expect("id");
            assert!(id.len() == 64 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
            assert_eq!(row.int("tries").expect("tries"), 2);
        }
        city.clock.forward_days(1);
        city.run_jobs().await;
        assert!(city.city.store.all(all, &[]).await.expect("read").is_empty());
    })
    .await;
}
