//! Wrong input gets one clear sentence and a failure, never a backtrace.

use kernel_store::Database;

use crate::Place;

#[test]
fn wrong_input_is_refused_in_one_clear_sentence() {
    let home = tempfile::tempdir().expect("folder");
    let path = |name: &str| home.path().join(name).to_string_lossy().into_owned();
    let city = Place::new(&home.path().join("city"), &Database::Sqlite(home.path().join("city/madang.sqlite")));
    city.found();
    city.good(&["backup", &path("whole.backup")]);
    std::fs::write(path("text.backup"), "this is no backup, only a text that is longer than its seal").expect("file");
    std::fs::write(path("short.backup"), "short").expect("file");
    let empty = Place::new(&home.path().join("nowhere"), &Database::Sqlite(home.path().join("nowhere/madang.sqlite")));
    let unknown = Place::new(home.path(), &Database::Postgres("mysql://city".to_owned()));
    for (place, arguments, wanted) in [
        (&empty, vec!["backup", &path("never")], "there is no city in"),
        (&empty, vec!["check", "audit"], "there is no city in"),
        (&city, vec!["backup", &path("whole.backup")], "is there already; name another file or say --replace"),
        (&city, vec!["backup", &path("city")], "is a folder; name a file in it"),
        (&city, vec!["backup", &path("no/such/folder/x")], "cannot be written: "),
        (&city, vec!["restore", &path("whole.backup")], "the database is not empty"),
        (
            &empty,
            vec!["restore", &path("none.backup")],
            "none.backup cannot be used as a backup: there is no such file",
        ),
        (&empty, vec!["restore", &path("text.backup")], "no backup of Madang"),
        (&empty, vec!["restore", &path("short.backup")], "too short to be a backup of Madang"),
        (&city, vec!["check", "audit", "--checkpoint", &path("none")], "none cannot be read: there is no such file"),
        (&city, vec!["check", "audit", "--checkpoint", &path("text.backup")], "cannot be verified"),
        (&city, vec!["check", "audit", "--checkpoint", &path("text.backup"), "--key", "x"], "no verifier key"),
        (&unknown, vec!["check", "audit"], "it must look like postgres://user@host/name"),
    ] {
        let said = place.run(&arguments);
        assert!(said.code != Some(0) && said.out.is_empty(), "{arguments:?}: {}", said.out);
        assert_eq!(said.err.lines().count(), 1, "one sentence: {}", said.err);
        assert!(said.err.contains(wanted), "{arguments:?} should say {wanted:?}: {}", said.err);
        for alarming in ["panicked", "backtrace", "Os {", "error returned"] {
            assert!(!said.err.contains(alarming), "{arguments:?}: {}", said.err);
        }
    }
    assert!(!empty.folder.exists(), "nothing was made");
}
