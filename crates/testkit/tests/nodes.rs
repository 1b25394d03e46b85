//! Several nodes of one city.

use kernel_store::{Migrations, Store};
use testkit::on_both_databases;

const TOWN: Migrations = Migrations {
    system: "town",
    files: &[
        ("0001_houses", "CREATE TABLE town_house (id TEXT PRIMARY KEY, street TEXT NOT NULL);"),
        (
            "0002_doors",
            "ALTER TABLE town_house ADD COLUMN doors BIGINT NOT NULL DEFAULT 1; CREATE INDEX town_street ON town_house (street);",
        ),
    ],
};

#[tokio::test]
async fn nodes_that_start_at_once_on_an_empty_database_all_start() {
    on_both_databases(async |database| {
        for _ in 0..5 {
            let mut nodes = Vec::new();
            for _ in 0..4 {
                let store = Store::open(&database).await.expect("opens");
                nodes.push(tokio::spawn(async move { store.migrate(&[TOWN]).await }));
            }
            for node in nodes {
                node.await.expect("no panic").expect("the schema is brought up to date once");
            }
            let store = Store::open(&database).await.expect("opens");
            let steps = store.all("SELECT name FROM store_migration", &[]).await.expect("reads");
            assert_eq!(steps.len(), 2);
            let mut tx = store.begin().await.expect("begins");
            tx.exec("DROP TABLE town_house", &[]).await.expect("drops");
            tx.exec("DROP TABLE store_migration", &[]).await.expect("drops");
            tx.commit().await.expect("commits");
        }
    })
    .await;
}
