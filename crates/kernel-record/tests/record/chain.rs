//! Whoever changes the trail behind the portal's back is found out; the tests do it with the triggers taken away.

use kernel_base::Error;
use kernel_record::{Checked, Checkpoint, Fault, VerifierKey, check, check_last, seal, waiting};
use kernel_store::{Database, Store, int, text};

use crate::{Node, nodes};

const COUNT: i64 = 12;

async fn sealed(database: &Database) -> Node {
    let [node] = nodes(database).await;
    for number in 0..COUNT {
        node.act("name.changed", "ac_1", &format!("ac_{number}")).await;
    }
    assert_eq!(seal(&node.store).await.unwrap(), COUNT as usize);
    node
}

async fn checked(node: &Node) -> Checked {
    check(&node.store, None, &mut |_, _| ()).await.unwrap()
}

/// The first finding: place, entry, fault.
async fn first(node: &Node) -> (Option<i64>, String, Fault) {
    let broken = checked(node).await.broken;
    let first = broken.first().expect("something is found");
    (first.seq, first.entry.clone(), first.fault)
}

impl Node {
    async fn entry(&self, seq: i64) -> String {
        let row = self.store.one("SELECT entry FROM record_seal WHERE seq = $1", &[int(seq)]).await.unwrap();
        row.expect("a seal").text("entry").unwrap()
    }

    /// What somebody with the database's password can do.
    async fn without_triggers(&self) {
        let drops: &[&str] = match self.store.engine() {
            "sqlite" => &[
                "DROP TRIGGER record_audit_unchanged",
                "DROP TRIGGER record_audit_kept",
                "DROP TRIGGER record_seal_unchanged",
                "DROP TRIGGER record_seal_kept",
            ],
            _ => &["DROP FUNCTION record_append_only() CASCADE"],
        };
        for sql in drops {
            self.run(sql).await;
        }
    }

    async fn forge(&self, sql: &'static str, entry: &str) {
        let mut tx = self.store.begin().await.unwrap();
        tx.exec(sql, &[text(entry)]).await.unwrap();
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn an_untouched_trail_is_whole_and_what_is_not_sealed_yet_is_no_fault() {
    testkit::on_both_databases(async |database| {
        let node = sealed(&database).await;
        node.act("name.changed", "ac_1", "ac_x").await;
        let found = checked(&node).await;
        assert_eq!((found.size, found.waiting, found.broken.len()), (COUNT, 1, 0));
        assert!(check_last(&node.store, 5).await.unwrap().broken.is_empty());
        assert_eq!(seal(&node.store).await.unwrap(), 1);
        assert_eq!(checked(&node).await.size, COUNT + 1);
    })
    .await;
}

#[tokio::test]
async fn neither_trail_nor_chain_can_be_changed_by_a_statement() {
    testkit::on_both_databases(async |database| {
        let node = sealed(&database).await;
        for sql in [
            "UPDATE record_audit SET who = 'nobody'",
            "DELETE FROM record_audit",
            "UPDATE record_seal SET hash = ''",
            "DELETE FROM record_seal",
        ] {
            let mut tx = node.store.begin().await.unwrap();
            let refused = tx.exec(sql, &[]).await.unwrap_err();
            assert!(refused.to_string().contains("only ever appended to"), "{sql}: {refused}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_altered_field_is_named() {
    for sql in [
        "UPDATE record_audit SET who = 'ac_2' WHERE id = $1",
        "UPDATE record_audit SET at = at + 1 WHERE id = $1",
        "UPDATE record_audit SET detail = '{}' WHERE id = $1",
    ] {
        testkit::on_both_databases(async |database| {
            let node = sealed(&database).await;
            node.without_triggers().await;
            let entry = node.entry(5).await;
            node.forge(sql, &entry).await;
            assert_eq!(first(&node).await, (Some(5), entry, Fault::Altered));
            assert_eq!(checked(&node).await.broken.len(), 1, "only this one");
            assert!(check_last(&node.store, 3).await.unwrap().broken.is_empty());
            assert_eq!(check_last(&node.store, 9).await.unwrap().broken.len(), 1);
        })
        .await;
    }
}

#[tokio::test]
async fn a_missing_entry_is_named_with_and_without_its_seal() {
    testkit::on_both_databases(async |database| {
        let node = sealed(&database).await;
        node.without_triggers().await;
        let entry = node.entry(5).await;
        node.forge("DELETE FROM record_audit WHERE id = $1", &entry).await;
        assert_eq!(first(&node).await, (Some(5), entry.clone(), Fault::Missing));
        node.forge("DELETE FROM record_seal WHERE entry = $1", &entry).await;
        assert_eq!(first(&node).await, (Some(5), String::new(), Fault::Missing));
    })
    .await;
}

#[tokio::test]
async fn an_inserted_entry_is_named_inside_and_outside_the_chain() {
    testkit::on_both_databases(async |database| {
        let node = sealed(&database).await;
        node.without_triggers().await;
        node.forge(
            "INSERT INTO record_audit (id, at, act, who, subject, detail) VALUES ($1, 1, 'a', 'b', 'c', '{}')",
            "au_x",
        )
        .await;
        assert_eq!(first(&node).await, (None, "au_x".to_owned(), Fault::Inserted));
        // Now with a place in the chain: all behind it move up.
        for sql in
            ["UPDATE record_seal SET seq = -seq - 1 WHERE seq >= 5", "UPDATE record_seal SET seq = -seq WHERE seq < 0"]
        {
            node.run(sql).await;
        }
        let forged = "INSERT INTO record_seal (seq, entry, hash) SELECT 5, $1, hash FROM record_seal WHERE seq = 4";
        node.forge(forged, "au_x").await;
        assert_eq!(first(&node).await, (Some(5), "au_x".to_owned(), Fault::Inserted));
    })
    .await;
}

#[tokio::test]
async fn swapped_entries_are_named() {
    testkit::on_both_databases(async |database| {
        let node = sealed(&database).await;
        node.without_triggers().await;
        let (fifth, eighth) = (node.entry(5).await, node.entry(8).await);
        // The entries swap their places in the chain; its hashes stay.
        node.forge("UPDATE record_seal SET entry = 'swap' WHERE entry = $1", &fifth).await;
        node.forge("UPDATE record_seal SET entry = $1 WHERE seq = 8", &fifth).await;
        node.forge("UPDATE record_seal SET entry = $1 WHERE seq = 5", &eighth).await;
        assert_eq!(first(&node).await, (Some(5), eighth, Fault::OutOfOrder));
    })
    .await;
    testkit::on_both_databases(async |database| {
        let node = sealed(&database).await;
        node.without_triggers().await;
        // Whole links swap their numbers.
        for sql in [
            "UPDATE record_seal SET seq = -5 WHERE seq = 5",
            "UPDATE record_seal SET seq = 5 WHERE seq = 8",
            "UPDATE record_seal SET seq = 8 WHERE seq = -5",
        ] {
            node.run(sql).await;
        }
        let there = node.entry(5).await;
        assert_eq!(first(&node).await, (Some(5), there, Fault::OutOfOrder));
    })
    .await;
}

#[tokio::test]
async fn a_trail_rewritten_with_its_whole_chain_is_found_by_a_checkpoint() {
    testkit::on_both_databases(async |database| {
        let node = sealed(&database).await;
        let (secret, key) = ([3; 32], VerifierKey::of(&[3; 32], "city.example"));
        let found = checked(&node).await;
        let point = Checkpoint { origin: "city.example".into(), size: found.size, root: found.root.unwrap() };
        let note = point.sign(&secret);
        node.act("name.changed", "ac_1", "ac_x").await;
        seal(&node.store).await.unwrap();
        let point = Checkpoint::open(&note, &key).unwrap();
        let compare = async |node: &Node| check(&node.store, Some(point.size), &mut |_, _| ()).await.unwrap();
        assert!(compare(&node).await.begins_with(&point), "longer, and nothing rewritten");

        // Everything anew: one field differs, every hash is right.
        node.without_triggers().await;
        let entry = node.entry(3).await;
        node.forge("UPDATE record_audit SET who = 'ac_2' WHERE id = $1", &entry).await;
        node.run("INSERT INTO record_unsealed (entry, nth) SELECT entry, seq FROM record_seal").await;
        node.run("DELETE FROM record_seal").await;
        seal(&node.store).await.unwrap();
        let rewritten = compare(&node).await;
        assert!(rewritten.broken.is_empty(), "the chain alone cannot tell");
        assert!(!rewritten.begins_with(&point));

        // The end cut off.
        node.run("DELETE FROM record_audit WHERE id IN (SELECT entry FROM record_seal WHERE seq > 5)").await;
        node.run("DELETE FROM record_seal WHERE seq > 5").await;
        let cut = compare(&node).await;
        assert!(cut.broken.is_empty() && !cut.begins_with(&point));
    })
    .await;
}

#[tokio::test]
async fn two_nodes_that_seal_at_once_make_one_chain() {
    testkit::on_both_databases(async |database| {
        let [one, two] = nodes(&database).await;
        for _ in 0..30 {
            one.act("name.changed", "ac_1", "ac_1").await;
        }
        let (here, there) = tokio::join!(seal(&one.store), seal(&two.store));
        assert_eq!(here.unwrap() + there.unwrap(), 30);
        assert_eq!(waiting(&one.store).await.unwrap(), 0);
        let found = checked(&one).await;
        assert_eq!((found.size, found.broken.len()), (30, 0));
    })
    .await;
}

#[tokio::test]
async fn a_trail_from_before_the_chain_is_sealed_too() {
    testkit::on_both_databases(async |database| {
        let store = Store::open(&database).await.unwrap();
        let mut old = kernel_record::MIGRATIONS;
        old.files = &old.files[..1];
        store.migrate(&[old]).await.unwrap();
        let mut tx = store.begin().await.unwrap();
        let insert = "INSERT INTO record_audit (id, at, act, who, subject, detail) VALUES ($1, 1, 'a', 'b', 'c', '{}')";
        for id in ["au_1", "au_2"] {
            tx.exec(insert, &[text(id)]).await.unwrap();
        }
        tx.commit().await.unwrap();
        store.migrate(&[kernel_record::MIGRATIONS]).await.unwrap();
        assert_eq!(seal(&store).await.unwrap(), 2);
        assert!(check(&store, None, &mut |_, _| ()).await.unwrap().broken.is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_entry_noted_twice_for_sealing_stops_the_sealing_with_a_word() {
    testkit::on_both_databases(async |database| {
        let node = sealed(&database).await;
        let entry = node.entry(5).await;
        node.forge("INSERT INTO record_unsealed (entry, nth) VALUES ($1, 0)", &entry).await;
        assert!(matches!(seal(&node.store).await, Err(Error::Conflict(_))));
    })
    .await;
}
