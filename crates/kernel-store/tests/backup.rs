//! A backup of either engine, restored into either; whole cities and the command are tested in `crates/madang/tests`.

use std::fs;
use std::path::{Path, PathBuf};

use kernel_base::{Error, Instant};
use kernel_store::{Backup, Contents, Database, Folder, Migrations, Restore, Store, Value, flag, int, real, text};

const FIRST: (&str, &str) = (
    "0001_things",
    "CREATE TABLE thing_kind (id TEXT PRIMARY KEY, parent TEXT REFERENCES thing_kind (id));
     CREATE TABLE thing_one (id TEXT PRIMARY KEY, n BIGINT, x DOUBLE PRECISION, yes BOOLEAN, words TEXT,
         kind TEXT NOT NULL REFERENCES thing_kind (id));
     INSERT INTO thing_kind (id, parent) VALUES ('every schema has it', NULL);",
);
const KEPT_SQLITE: (&str, &str) = (
    "0002_kept.sqlite",
    "CREATE TRIGGER thing_one_kept BEFORE DELETE ON thing_one BEGIN SELECT RAISE(ABORT, 'kept'); END;",
);
const KEPT_POSTGRES: (&str, &str) = (
    "0002_kept.postgres",
    "CREATE OR REPLACE FUNCTION thing_kept() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN RAISE EXCEPTION 'kept'; END; $$;
     CREATE TRIGGER thing_one_kept BEFORE DELETE ON thing_one FOR EACH ROW EXECUTE FUNCTION thing_kept();",
);
const OLD: &[Migrations] = &[Migrations { system: "thing", files: &[FIRST, KEPT_SQLITE, KEPT_POSTGRES] }];
const NEW: &[Migrations] = &[Migrations {
    system: "thing",
    files: &[
        FIRST,
        KEPT_SQLITE,
        KEPT_POSTGRES,
        ("0003_lessened", "ALTER TABLE thing_one ADD COLUMN lessened BIGINT; UPDATE thing_one SET lessened = n - 1;"),
    ],
}];

const INSERT: &str = "INSERT INTO thing_one (id, n, x, yes, words, kind) VALUES ($1, $2, $3, $4, $5, 'child')";
const LIST: &str = "SELECT id, n, x, yes, words, kind FROM thing_one ORDER BY id";

/// A folder with uploads and a key, and a place for backups.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Place {
        let place = Place(tempfile::tempdir().unwrap());
        fs::create_dir_all(place.path("files/ab")).unwrap();
        fs::write(place.path("files/ab/picture"), vec![7u8; 300_000]).unwrap();
        fs::write(place.path("files/note.txt"), "a note").unwrap();
        fs::write(place.path("master.key"), "secret").unwrap();
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    async fn backup(&self, store: &Store) -> Contents {
        let (out, files, key) = (self.path("city.backup"), self.path("files"), self.path("master.key"));
        let (now, migrations) = (Instant(1_000_000), OLD);
        let folders = [Folder { name: "files", path: &files }, Folder { name: "survey", path: &self.path("survey") }];
        let what = Backup { out: &out, madang: "0.1.0", now, migrations, folders: &folders, key: Some(&key) };
        kernel_store::backup(store, &what, &mut |_, _, _| ()).await.unwrap()
    }

    fn bytes(&self) -> Vec<u8> {
        fs::read(self.path("city.backup")).unwrap()
    }

    fn verify(&self) -> Result<Contents, Error> {
        kernel_store::verify(&self.path("city.backup"), &mut |_, _, _| ())
    }

    /// Restores from that place into a database and a folder.
    async fn restore(
        &self,
        database: &Database,
        folder: &Path,
        migrations: &[Migrations],
        replace: bool,
    ) -> Result<(), Error> {
        let (from, files, key) = (self.path("city.backup"), folder.join("files"), folder.join("master.key"));
        let folders = [Folder { name: "files", path: &files }, Folder { name: "survey", path: &folder.join("survey") }];
        let what = Restore { from: &from, database, migrations, folders: &folders, key: &key, replace };
        kernel_store::restore(&what, &mut |_, _, _| ()).await.map(drop)
    }
}

async fn filled(database: &Database) -> Store {
    let store = Store::open(database).await.unwrap();
    store.migrate(OLD).await.unwrap();
    let mut tx = store.begin().await.unwrap();
    // Named so that in alphabetical order the child comes first.
    for (id, parent) in [("parent", None), ("child", Some("parent".to_owned()))] {
        let insert = "INSERT INTO thing_kind (id, parent) VALUES ($1, $2)";
        tx.exec(insert, &[text(id), Value::from(parent)]).await.unwrap();
    }
    let strange = "quote \" backslash \\ line\nbreak \u{1} 한글 🏛";
    tx.exec(INSERT, &[text("all"), int(i64::MIN + 1), real(0.1 + 0.2), flag(true), text(strange)]).await.unwrap();
    tx.exec(INSERT, &[text("none"), Value::Int(None), Value::Real(None), Value::Flag(None), Value::Text(None)])
        .await
        .unwrap();
    for number in 0..250 {
        let values = [text(format!("n{number:03}")), int(number), real(1e300), flag(false), text("x".repeat(40))];
        tx.exec(INSERT, &values).await.unwrap();
    }
    tx.commit().await.unwrap();
    store
}

async fn rows(store: &Store) -> Vec<String> {
    let rows = store.all(LIST, &[]).await.unwrap();
    let shown = rows.iter().map(|row| {
        let (n, x, yes) = (row.int_opt("n").unwrap(), row.real_opt("x").unwrap(), row.flag_opt("yes").unwrap());
        format!("{:?} {n:?} {x:?} {yes:?} {:?}", row.text("id").unwrap(), row.text_opt("words").unwrap())
    });
    let mut shown: Vec<_> = shown.collect();
    shown.sort();
    shown
}

#[tokio::test]
async fn what_one_engine_kept_is_the_same_on_either_after_a_restore() {
    testkit::on_both_databases(async |from| {
        let (place, store) = (Place::new(), filled(&from).await);
        let contents = place.backup(&store).await;
        assert_eq!((contents.tables(), contents.rows(), contents.files(), contents.has_key()), (2, 255, 2, true));
        testkit::on_both_databases(async |into| {
            let there = tempfile::tempdir().unwrap();
            place.restore(&into, there.path(), OLD, false).await.unwrap();
            let restored = Store::open(&into).await.unwrap();
            assert_eq!(rows(&restored).await, rows(&store).await);
            for name in ["files/ab/picture", "files/note.txt", "master.key"] {
                assert_eq!(fs::read(there.path().join(name)).unwrap(), fs::read(place.path(name)).unwrap());
            }
            // It is a city like any other: its schema is known, references and triggers hold.
            restored.migrate(OLD).await.unwrap();
            let mut tx = restored.begin().await.unwrap();
            let orphan = "INSERT INTO thing_one (id, kind) VALUES ('orphan', 'unheard of')";
            assert!(matches!(tx.exec(orphan, &[]).await, Err(Error::Conflict(_))));
            drop(tx);
            let mut tx = restored.begin().await.unwrap();
            assert!(tx.exec("DELETE FROM thing_one", &[]).await.is_err());
            drop(tx);
            restored.close().await;
        })
        .await;
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn an_older_backup_is_brought_up_to_date_and_a_newer_one_is_refused() {
    testkit::on_both_databases(async |database| {
        let folder = tempfile::tempdir().unwrap();
        let (place, store) = (Place::new(), filled(&Database::Sqlite(folder.path().join("old.db"))).await);
        place.backup(&store).await;
        place.restore(&database, &folder.path().join("a"), NEW, false).await.unwrap();
        let restored = Store::open(&database).await.unwrap();
        let row = restored.one("SELECT lessened FROM thing_one WHERE id = 'n007'", &[]).await.unwrap().unwrap();
        assert_eq!(row.int("lessened").unwrap(), 6);
        restored.close().await;

        store.migrate(NEW).await.unwrap();
        place.backup(&store).await;
        let refused = place.restore(&database, &folder.path().join("b"), OLD, true).await.unwrap_err().to_string();
        assert!(refused.contains("thing/0003_lessened is unknown here; restore it with Madang 0.1.0"), "{refused}");
        assert!(!folder.path().join("b").exists(), "nothing was touched");
    })
    .await;
}

#[tokio::test]
async fn a_database_that_holds_something_is_replaced_only_when_that_was_said() {
    testkit::on_both_databases(async |database| {
        let folder = tempfile::tempdir().unwrap();
        let (place, store) = (Place::new(), filled(&Database::Sqlite(folder.path().join("old.db"))).await);
        place.backup(&store).await;
        let other = filled(&database).await;
        let mut tx = other.begin().await.unwrap();
        tx.exec("INSERT INTO thing_one (id, kind) VALUES ('its own', 'child')", &[]).await.unwrap();
        tx.commit().await.unwrap();
        other.close().await;
        let there = folder.path().join("there");
        fs::create_dir_all(there.join("files")).unwrap();
        fs::write(there.join("files/its-own"), "x").unwrap();

        let refused = place.restore(&database, &there, OLD, false).await.unwrap_err().to_string();
        assert!(refused.contains("not empty (thing_kind has rows)"), "{refused}");
        assert!(!there.join("master.key").exists() && there.join("files/its-own").exists());

        place.restore(&database, &there, OLD, true).await.unwrap();
        let restored = Store::open(&database).await.unwrap();
        assert_eq!(rows(&restored).await, rows(&store).await);
        assert!(!there.join("files/its-own").exists() && there.join("files/note.txt").exists());
        restored.close().await;
    })
    .await;
}

#[tokio::test]
async fn no_byte_of_a_backup_changes_unnoticed() {
    let folder = tempfile::tempdir().unwrap();
    let (place, store) = (Place::new(), filled(&Database::Sqlite(folder.path().join("old.db"))).await);
    place.backup(&store).await;
    place.verify().unwrap();
    let whole = place.bytes();
    for at in (0..whole.len()).step_by(37).chain(whole.len() - 45..whole.len()) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        fs::write(place.path("city.backup"), &bytes).unwrap();
        let refused = place.verify().expect_err("found").to_string();
        assert!(refused.contains("city.backup cannot be used as a backup"), "{at}: {refused}");
    }
    for length in [0, 39, whole.len() / 2, whole.len() - 1] {
        fs::write(place.path("city.backup"), &whole[..length]).unwrap();
        place.verify().expect_err("cut off");
    }
    let database = Database::Sqlite(folder.path().join("new.db"));
    place.restore(&database, folder.path(), OLD, false).await.expect_err("damaged");
    assert!(!folder.path().join("new.db").exists(), "nothing was touched");
}

#[tokio::test]
async fn a_backup_is_of_one_moment_while_others_write() {
    testkit::on_both_databases(async |database| {
        let (place, store) = (Place::new(), filled(&database).await);
        // Each act moves one from one row to the other: the sum never changes.
        let writing = tokio::spawn({
            let store = store.clone();
            async move {
                for _ in 0..200 {
                    let mut tx = store.begin().await.unwrap();
                    tx.exec("UPDATE thing_one SET n = n - 1 WHERE id = 'n001'", &[]).await.unwrap();
                    tx.exec("UPDATE thing_one SET n = n + 1 WHERE id = 'n249'", &[]).await.unwrap();
                    tx.commit().await.unwrap();
                }
            }
        });
        let sum = "SELECT CAST(SUM(n) AS BIGINT) AS n FROM thing_one WHERE id LIKE 'n%'";
        for _ in 0..5 {
            place.backup(&store).await;
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            let there = tempfile::tempdir().unwrap();
            let into = Database::Sqlite(there.path().join("city.db"));
            place.restore(&into, there.path(), OLD, false).await.unwrap();
            let restored = Store::open(&into).await.unwrap();
            assert_eq!(restored.one(sum, &[]).await.unwrap().unwrap().int("n").unwrap(), 250 * 249 / 2);
        }
        writing.await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_file_is_for_its_owner_only_and_appears_when_it_is_whole() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let place = Place::new();
    let store = filled(&Database::Sqlite(folder.path().join("old.db"))).await;
    place.backup(&store).await;
    let about = fs::metadata(place.path("city.backup")).unwrap();
    assert_eq!(about.permissions().mode() & 0o777, 0o600);

    // No city in the database: no file, and nothing left beside it.
    let empty = Store::open(&Database::Sqlite(folder.path().join("empty.db"))).await.unwrap();
    let (out, files) = (place.path("none.backup"), place.path("files"));
    let (now, migrations) = (Instant(0), OLD);
    let folders = [Folder { name: "files", path: &files }];
    let what = Backup { out: &out, madang: "0.1.0", now, migrations, folders: &folders, key: None };
    let refused = kernel_store::backup(&empty, &what, &mut |_, _, _| ()).await.unwrap_err();
    assert!(refused.to_string().contains("no city in this database"));
    let names = fs::read_dir(place.0.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(names.into_iter().all(|name| !name.to_string_lossy().contains("none")));
}

#[tokio::test]
async fn another_key_or_upload_in_its_place_is_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let (place, store) = (Place::new(), filled(&Database::Sqlite(folder.path().join("old.db"))).await);
    place.backup(&store).await;
    let there = folder.path().join("there");
    fs::create_dir_all(&there).unwrap();
    fs::write(there.join("master.key"), "another").unwrap();
    let into = Database::Sqlite(there.join("city.db"));
    let refused = place.restore(&into, &there, OLD, false).await.unwrap_err().to_string();
    assert!(refused.contains("master.key is there already and is not the one in the backup"), "{refused}");
    assert_eq!(fs::read(there.join("master.key")).unwrap(), b"another");
    fs::remove_file(there.join("master.key")).unwrap();
    place.restore(&into, &there, OLD, false).await.expect("what the first attempt left is no obstacle");
}

#[tokio::test]
async fn a_folder_that_was_replaced_is_as_the_backup_had_it_and_one_that_was_not_in_it_stays() {
    let folder = tempfile::tempdir().unwrap();
    let (place, store) = (Place::new(), filled(&Database::Sqlite(folder.path().join("old.db"))).await);
    fs::create_dir_all(place.path("survey/2026/seoul")).unwrap();
    fs::write(place.path("survey/2026/seoul/evidence"), "then").unwrap();
    place.backup(&store).await;
    let there = folder.path().join("there");
    let into = Database::Sqlite(there.join("city.db"));
    let evidence = there.join("survey/2026/seoul/evidence");
    fs::create_dir_all(there.join("survey/2026/seoul")).unwrap();
    fs::write(&evidence, "a later capture").unwrap();
    fs::write(there.join("survey/2026/later"), "x").unwrap();
    let refused = place.restore(&into, &there, OLD, false).await.unwrap_err().to_string();
    assert!(refused.contains("evidence is there already") && fs::read(&evidence).unwrap() == b"a later capture");
    place.restore(&into, &there, OLD, true).await.unwrap();
    assert_eq!(fs::read(&evidence).unwrap(), b"then");
    let names =
        |folder: &Path| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect::<Vec<_>>();
    assert_eq!(names(&there.join("survey/2026")), ["seoul"]);
    assert_eq!(names(&there.join("survey/2026/seoul")), ["evidence"]);

    // A backup without that folder: whoever left it out keeps it elsewhere.
    let (out, files, key) = (place.path("city.backup"), place.path("files"), place.path("master.key"));
    let folders = [Folder { name: "files", path: &files }];
    let (now, migrations) = (Instant(0), OLD);
    let what = Backup { out: &out, madang: "0.1.0", now, migrations, folders: &folders, key: Some(&key) };
    fs::remove_file(&out).unwrap();
    kernel_store::backup(&store, &what, &mut |_, _, _| ()).await.unwrap();
    fs::write(there.join("files/later"), "x").unwrap();
    place.restore(&into, &there, OLD, true).await.unwrap();
    assert!(evidence.exists() && !there.join("files/later").exists());
}
