use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use kernel_store::Database;
use sha2::{Digest, Sha256};

use crate::{Place, act};

/// All tables of a backup: their rows, sorted.
pub fn tables(file: &Path) -> BTreeMap<String, Vec<String>> {
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let unpacked = zstd::Decoder::new(File::open(file).expect("backup")).expect("zstd");
    for entry in tar::Archive::new(unpacked).entries().expect("tar") {
        let mut entry = entry.expect("member");
        let name = entry.path().expect("name").to_string_lossy().into_owned();
        if let Some((table, _)) = name.strip_prefix("tables/").and_then(|rest| rest.split_once('/')) {
            let mut lines = String::new();
            entry.read_to_string(&mut lines).expect("lines");
            tables.entry(table.to_owned()).or_default().extend(lines.lines().map(str::to_owned));
        }
    }
    for rows in tables.values_mut() {
        rows.sort();
    }
    tables
}

/// What a capture leaves behind, and one that is under way.
fn evidence(folder: &Path) {
    let city = folder.join("survey/2026/seoul");
    fs::create_dir_all(&city).expect("folder");
    fs::write(city.join("evidence.warc.gz"), (0..300_000u32).flat_map(u32::to_le_bytes).collect::<Vec<u8>>())
        .expect("file");
    fs::write(city.join("capture.json"), "{}").expect("file");
}

fn upload(folder: &Path) {
    fs::create_dir_all(folder.join("files/ab/cd")).expect("folder");
    fs::write(folder.join("files/ab/cd/picture"), vec![9; 100_000]).expect("file");
    fs::write(folder.join("files/ab/cd/half.part"), "not whole yet").expect("file");
}

#[tokio::test]
async fn a_city_comes_back_whole_on_either_engine() {
    testkit::on_both_databases(async |from| {
        let home = tempfile::tempdir().expect("folder");
        let here = Place::new(&home.path().join("city"), &place_of(&from, &home.path().join("city")));
        here.found();
        let city = here.city().await;
        for _ in 0..3 {
            act(&city).await;
        }
        upload(&here.folder);
        evidence(&here.folder);
        let file = home.path().join("city.backup");
        let shown = file.to_string_lossy().into_owned();
        let said = here.good(&["backup", &shown, "--verify"]);
        assert!(said.contains("3 files, the master key") && said.contains("verified"), "{said}");
        let kept = tables(&file);
        assert_eq!((kept["survey_scorecard"].len(), kept["record_audit"].len()), (3, 3));
        assert!(kept["survey_scorecard"][0].contains("어느 도시 \\\"Example\\\""));

        testkit::on_both_databases(async |into| {
            let new = tempfile::tempdir().expect("folder");
            let there = Place::new(&new.path().join("new"), &place_of(&into, &new.path().join("new")));
            let said = there.good(&["restore", &shown]);
            assert!(said.starts_with("Restored into ") && said.contains("the master key"), "{said}");
            let again = new.path().join("again.backup");
            there.good(&["backup", &again.to_string_lossy()]);
            assert_eq!(tables(&again), kept);
            let kept = ["master.key", "files/ab/cd/picture", "survey/2026/seoul/evidence.warc.gz"];
            for name in kept.into_iter().chain(["survey/2026/seoul/capture.json"]) {
                assert_eq!(checksum(&there.folder.join(name)), checksum(&here.folder.join(name)), "{name}");
            }
            assert!(!there.folder.join("files/ab/cd/half.part").exists());
            assert!(there.good(&["check", "audit"]).contains("unbroken: 3 entries"));
            there.serve().stop();
        })
        .await;
    })
    .await;
}

fn checksum(file: &Path) -> String {
    let bytes = fs::read(file).unwrap_or_else(|cause| panic!("{}: {cause}", file.display()));
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))
}

#[tokio::test]
async fn evidence_can_stay_out_of_a_backup_and_is_left_where_it_is() {
    let home = tempfile::tempdir().expect("folder");
    let here = Place::new(&home.path().join("city"), &Database::Sqlite(home.path().join("city/madang.sqlite")));
    here.found();
    evidence(&here.folder);
    let file = home.path().join("city.backup").to_string_lossy().into_owned();
    assert!(here.good(&["backup", &file, "--without-evidence"]).contains("0 files"));
    let before = checksum(&here.folder.join("survey/2026/seoul/evidence.warc.gz"));
    here.good(&["restore", &file, "--replace"]);
    assert_eq!(checksum(&here.folder.join("survey/2026/seoul/evidence.warc.gz")), before);
}

/// A file of SQLite stands in the city's own folder.
pub fn place_of(database: &Database, folder: &Path) -> Database {
    match database {
        Database::Sqlite(_) => Database::Sqlite(folder.join("madang.sqlite")),
        postgres => postgres.clone(),
    }
}

#[tokio::test]
async fn a_backup_made_while_people_act_holds_every_act_whole_or_not_at_all() {
    testkit::on_both_databases(async |database| {
        let home = tempfile::tempdir().expect("folder");
        let here = Place::new(home.path(), &place_of(&database, home.path()));
        here.found();
        let serving = here.serve();
        let city = here.city().await;
        let mut counts = Vec::new();
        for number in 0..4 {
            let file = home.path().join(format!("{number}.backup"));
            let making = here.madang(&["backup", &file.to_string_lossy()]).spawn().expect("runs");
            let mut making = making;
            while making.try_wait().expect("waits").is_none() {
                act(&city).await;
            }
            assert!(making.wait().expect("ends").success());
            let kept = tables(&file);
            let acts = kept.get("survey_scorecard").map_or(0, Vec::len);
            for table in ["record_audit", "record_fact", "record_job"] {
                let wanted = kept.get(table).map_or(0, |rows| rows.iter().filter(|row| of_acts(row)).count());
                assert_eq!(wanted, acts, "{table}");
            }
            counts.push(acts);
        }
        assert!(counts.is_sorted() && counts.last() > counts.first(), "people acted meanwhile: {counts:?}");
        serving.stop();
    })
    .await;
}

/// A row that the act of the test wrote, in whichever table.
fn of_acts(row: &str) -> bool {
    ["\"scorecard.kept\"", "\"scorecard_kept\"", "\"survey.forget-scorecard\""].iter().any(|word| row.contains(word))
}

#[tokio::test]
async fn one_changed_byte_is_found_and_nothing_is_restored() {
    let home = tempfile::tempdir().expect("folder");
    let here = Place::new(home.path(), &Database::Sqlite(home.path().join("madang.sqlite")));
    here.found();
    act(&here.city().await).await;
    let file = home.path().join("city.backup");
    let shown = file.to_string_lossy().into_owned();
    here.good(&["backup", &shown]);
    let length = fs::metadata(&file).expect("backup").len();
    let mut open = fs::OpenOptions::new().read(true).write(true).open(&file).expect("opens");
    let mut byte = [0];
    open.seek(SeekFrom::Start(length / 2)).and_then(|_| open.read_exact(&mut byte)).expect("reads");
    byte[0] ^= 0x10;
    open.seek(SeekFrom::Start(length / 2)).and_then(|_| open.write_all(&byte)).expect("writes");
    let checked = std::process::Command::new(env!("CARGO_BIN_EXE_madang")).args(["check", "backup", &shown]).output();
    let checked = checked.expect("runs");
    let said = String::from_utf8_lossy(&checked.stderr).into_owned();
    assert!(!checked.status.success() && said.contains("cannot be used as a backup"), "{said}");
    let there = Place::new(&home.path().join("new"), &Database::Sqlite(home.path().join("new/madang.sqlite")));
    assert!(there.bad(&["restore", &shown]).contains("cannot be used as a backup"));
    assert!(!there.folder.exists());
}

#[tokio::test]
async fn the_key_can_stay_out_of_a_backup_and_a_restore_says_so() {
    let home = tempfile::tempdir().expect("folder");
    let here = Place::new(home.path(), &Database::Sqlite(home.path().join("madang.sqlite")));
    here.found();
    let file = home.path().join("city.backup").to_string_lossy().into_owned();
    assert!(here.good(&["backup", &file, "--without-key"]).contains("no master key"));
    let there = Place::new(&home.path().join("new"), &Database::Sqlite(home.path().join("new/madang.sqlite")));
    let said = there.run(&["restore", &file]);
    assert!(said.code == Some(0) && said.err.contains("master.key before you start it"), "{}", said.err);
    assert!(there.bad(&["doctor"]).contains("master.key is missing"));
}
