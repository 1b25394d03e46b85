use kernel_files::Refused;

use crate::{VP8L, camera_notes, chunk, holds, jpeg, png_of, riff, room, room_with, segment};

fn exif(turn: u8) -> Vec<u8> {
    [b"Exif\0\0", &camera_notes(turn)[..]].concat()
}

#[tokio::test]
async fn a_jpeg_loses_place_device_words_and_thumbnails_and_keeps_its_turn() {
    let notes = [
        segment(0xe1, &exif(6)),
        segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>SecretXmp</x:xmpmeta>"),
        segment(0xed, b"Photoshop 3.0\0SecretIptc"),
        segment(0xfe, b"SecretComment <?php evil(); ?>"),
        segment(0xe2, b"ICC_PROFILE\0\x01\x01colours"),
    ];
    let sent = jpeg(&notes.concat());
    let kept = room().kept("IMG_1.JPG", &sent).await;
    for secret in [&b"Secret"[..], b"37.5665", b"evil", b"\xaa\xbb\xcc"] {
        assert!(holds(&sent, secret) && !holds(&kept, secret), "{}", String::from_utf8_lossy(secret));
    }
    assert!(holds(&kept, b"ICC_PROFILE\0\x01\x01colours"));
    let turned = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0";
    assert!(holds(&kept, turned));
    let picture = jpeg(b"");
    let tables = picture.windows(2).position(|mark| mark == [0xff, 0xdb]).expect("tables");
    assert!(kept.ends_with(&picture[tables..]), "the picture itself is untouched");
}

#[tokio::test]
async fn an_upright_jpeg_has_no_notes_at_all() {
    let kept = room().kept("a.jpg", &jpeg(&segment(0xe1, &exif(1)))).await;
    assert!(!holds(&kept, b"Exif"));
}

#[tokio::test]
async fn notes_between_the_scans_of_a_jpeg_go_too() {
    let mut sent = jpeg(b"");
    sent.truncate(sent.len() - 2);
    sent.extend_from_slice(&segment(0xfe, b"SecretLate"));
    sent.extend_from_slice(&segment(0xda, &[1, 1, 0, 0, 63, 0]));
    sent.extend_from_slice(&[0x3f, 0xff, 0x00, 0xff, 0xd0, 0x3f, 0xff, 0xd9]);
    let kept = room().kept("a.jpg", &sent).await;
    assert!(!holds(&kept, b"SecretLate"));
    assert!(kept.ends_with(&[0x3f, 0xff, 0x00, 0xff, 0xd0, 0x3f, 0xff, 0xd9]));
}

#[tokio::test]
async fn what_follows_the_end_of_a_picture_is_cut_off() {
    let second = b"PK\x03\x04<script>alert(1)</script>";
    let webp = riff(&[(b"VP8L", VP8L)]);
    for (name, picture) in [("a.jpg", jpeg(b"")), ("a.png", png_of(1, 1, b"")), ("a.webp", webp), ("a.gif", gif(b""))] {
        let alone = room().kept(name, &picture).await;
        let both = room().kept(name, &[&picture[..], second].concat()).await;
        assert_eq!(alone, both, "{name}");
        assert!(!holds(&both, b"script"), "{name}");
    }
}

#[tokio::test]
async fn a_png_loses_words_times_and_private_chunks() {
    let notes = [
        chunk(b"eXIf", &camera_notes(8)),
        chunk(b"tEXt", b"Comment\0SecretText"),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0SecretXmp"),
        chunk(b"tIME", &[7, 0xea, 11, 24, 1, 2, 3]),
        chunk(b"prVt", b"SecretPrivate"),
        chunk(b"gAMA", &45455u32.to_be_bytes()),
    ];
    let kept = room().kept("a.png", &png_of(1, 1, &notes.concat())).await;
    assert!(!holds(&kept, b"Secret") && !holds(&kept, b"37.5665") && !holds(&kept, b"tIME"));
    assert!(holds(&kept, b"gAMA") && holds(&kept, b"eXIfII*\0"));
    assert!(kept.ends_with(&png_of(1, 1, b"")[33..]), "the picture itself is untouched");
}

#[tokio::test]
async fn a_webp_loses_notes_in_the_file_and_in_its_frames() {
    let extended = [0x0c_u8 | 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let frame = [&[0u8; 16][..], &riff(&[(b"VP8L", VP8L), (b"hide", b"SecretFrame!")])[12..]].concat();
    let notes = camera_notes(3);
    let sent = riff(&[
        (b"VP8X", &extended),
        (b"ANIM", &[0; 6]),
        (b"ANMF", &frame),
        (b"EXIF", &notes),
        (b"XMP ", b"SecretXmp"),
        (b"oddx", b"SecretOdd"),
    ]);
    let kept = room().kept("a.webp", &sent).await;
    assert!(!holds(&kept, b"Secret") && !holds(&kept, b"37.5665"));
    assert!(holds(&kept, b"VP8L") && holds(&kept, VP8L));
    assert_eq!(kept[20], 0x0a, "notes are announced (the turn), XMP is not, the animation stays");
    assert!(holds(&kept, b"EXIF") && holds(&kept, b"\x12\x01\x03\0\x01\0\0\0\x03"));
    let length = u32::from_le_bytes(kept[4..8].try_into().expect("length"));
    assert_eq!(usize::try_from(length).expect("small") + 8, kept.len());
}

fn gif(more: &[u8]) -> Vec<u8> {
    let head = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff";
    let picture = b"\x21\xf9\x04\x01\0\0\0\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\x01\x44\0\x3b";
    [&head[..], more, picture].concat()
}

#[tokio::test]
async fn a_gif_loses_comments_and_notes_of_programs_but_not_its_loop() {
    let looped = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0";
    let notes = [&looped[..], b"\x21\xfe\x0dSecretComment\0", b"\x21\xff\x0bXMP DataXMP\x09SecretXmp\0"].concat();
    assert_eq!(room().kept("a.gif", &gif(&notes)).await, gif(looped));
}

#[tokio::test]
async fn bombs_are_refused_by_what_their_header_promises() {
    assert_eq!(room().take("a.png", &png_of(100_000, 100_000, b"")).await, Err(Refused::TooManyPixels));
    let small = room_with(|settings| settings.most_pixels = 63);
    assert_eq!(small.take("a.jpg", &jpeg(b"")).await, Err(Refused::TooManyPixels));
    let frames = room_with(|settings| settings.most_pixels = 1);
    let many: Vec<u8> = (0..11).flat_map(|_| b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x01\x44\0".iter().copied()).collect();
    assert_eq!(frames.take("a.gif", &gif(&many)).await, Err(Refused::TooManyPixels));
}

#[tokio::test]
async fn damaged_pictures_are_refused_wherever_they_break_off() {
    let whole = jpeg(&segment(0xe1, &exif(6)));
    let animated = riff(&[(b"VP8X", &[2, 0, 0, 0, 0, 0, 0, 0, 0, 0]), (b"ANMF", &[0; 17])]);
    assert_eq!(room().take("a.webp", &animated).await, Err(Refused::Damaged));
    for (name, whole) in [("a.jpg", whole), ("a.png", png_of(1, 1, b"")), ("a.gif", gif(b""))] {
        for length in 16..whole.len() {
            assert_eq!(room().take(name, &whole[..length]).await, Err(Refused::Damaged), "{name} {length}");
        }
    }
}
