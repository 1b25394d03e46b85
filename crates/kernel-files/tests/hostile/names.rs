use std::os::unix::fs::PermissionsExt;

use bytes::Bytes;
use kernel_base::Error;
use kernel_files::{Kind, Refused};

use crate::{jpeg, png_of, room, room_with};

const PAGE: &[u8] = b"<!doctype html><script>alert(document.cookie)</script>";
const SVG: &[u8] = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";

#[tokio::test]
async fn content_and_name_must_say_the_same() {
    let room = room();
    for (name, bytes) in [
        ("a.jpg", &b"PK\x03\x04\x14\0\0\0\x08\0archive"[..]),
        ("a.jpg", &png_of(1, 1, b"")),
        ("a.txt", PAGE),
        ("a.csv", SVG),
        ("a.txt", b"%PDF-1.7\n%%EOF"),
        ("a.pdf", b"\x7fELF\x02\x01\x01\0%PDF-1.7\n%%EOF"),
        ("a.png", b"just words"),
        ("a.txt", b"binary\0words"),
    ] {
        assert_eq!(room.take(name, bytes).await, Err(Refused::Disagrees), "{name}");
    }
    for (name, bytes) in [("a.svg", SVG), ("a.html", PAGE), ("a.jpg.exe", &jpeg(b"")), ("noending", PAGE)] {
        assert!(matches!(room.take(name, bytes).await, Err(Refused::NotAllowed { .. })), "{name}");
    }
    assert_eq!(room.take("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic").await, Err(Refused::Heic));
    assert_eq!(room.take("a.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic").await, Err(Refused::Heic));
}

#[tokio::test]
async fn a_form_takes_only_its_kinds_and_sizes() {
    let room = room_with(|settings| settings.most_bytes = 1 << 20);
    let png = Bytes::from(png_of(1, 1, b""));
    let refused = room.files.take("a.png", png.clone(), &[Kind::Jpeg, Kind::Pdf]).await;
    assert_eq!(refused, Err(Refused::NotAllowed { allowed: "JPEG, PDF".into() }));
    assert!(room.files.take("a.png", png, Kind::PICTURES).await.is_ok());
    let large = vec![b'a'; (1 << 20) + 1];
    assert_eq!(room.take("a.txt", &large).await, Err(Refused::TooLarge { most_megabytes: 1 }));
    assert_eq!(room.take("a.txt", b"").await, Err(Refused::Empty));
}

#[tokio::test]
async fn a_name_without_ending_gets_that_of_its_content() {
    let kept = room().take("../\u{202e}photo", &jpeg(b"")).await.expect("kept");
    assert_eq!((kept.name.as_str(), kept.kind, kept.size), ("photo.jpg", Kind::Jpeg, Some((8, 8))));
    let kept = room().take("note", "안녕\n".as_bytes()).await.expect("kept");
    assert_eq!((kept.name.as_str(), kept.bytes), ("note.txt", 7));
}

#[tokio::test]
async fn files_are_kept_apart_for_the_portal_alone_and_removed_one_by_one() {
    let room = room();
    let (first, second) = (room.take("a.txt", b"same").await, room.take("b.txt", b"same").await);
    let (first, second) = (first.expect("kept").id, second.expect("kept").id);
    assert_eq!((first != second, &first[..64]), (true, &second[..64]));
    let path = room.files.settings().folder.join(&first[..2]).join(&first[2..4]).join(&first);
    let mode = std::fs::metadata(&path).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(std::fs::read_dir(path.parent().expect("folder")).expect("read").count(), 2, "no half files stay");
    room.files.remove(&first).await.expect("removed");
    room.files.remove(&first).await.expect("gone already");
    assert!(matches!(room.files.open(&first).await, Err(Error::NotFound)));
    assert_eq!(room.files.open(&second).await.expect("still there"), b"same");
}

#[tokio::test]
async fn nothing_outside_the_folder_can_be_named_and_changed_bytes_are_noticed() {
    let room = room();
    for id in ["", "../../etc/passwd", "/etc/passwd", &format!("{}-{}", "a".repeat(63), "b".repeat(16))] {
        assert!(matches!(room.files.open(id).await, Err(Error::NotFound)), "{id}");
        assert!(matches!(room.files.remove(id).await, Err(Error::NotFound)), "{id}");
    }
    let kept = room.take("a.txt", b"as kept").await.expect("kept");
    let path = room.files.settings().folder.join(&kept.id[..2]).join(&kept.id[2..4]).join(&kept.id);
    std::fs::write(path, b"changed").expect("written");
    assert!(matches!(room.files.open(&kept.id).await, Err(Error::Fault(_))));
}

#[tokio::test]
async fn a_disk_that_refuses_is_said_to_the_operator_and_to_people() {
    let room = room_with(|settings| settings.folder = "/proc/nowhere".into());
    assert_eq!(room.take("a.txt", b"words").await, Err(Refused::Later));
    assert!(room.files.ready().await.expect_err("not ready").contains("/proc/nowhere"));
    assert_eq!(crate::room().files.ready().await, Ok(()));
}
