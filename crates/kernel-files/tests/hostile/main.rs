//! Uploads as people who mean harm send them, in real bytes.

mod clamd;
mod names;
mod pictures;

use std::sync::Arc;

use bytes::Bytes;
use flate2::{Compression, Crc, write::ZlibEncoder};
use kernel_base::SeededRandom;
use kernel_files::{Files, Kept, Kind, Refused, Settings};

/// A room in a folder of its own.
struct Room {
    _folder: tempfile::TempDir,
    files: Files,
}

fn room_with(change: impl FnOnce(&mut Settings)) -> Room {
    let folder = tempfile::tempdir().expect("folder");
    let mut settings = Settings::in_folder(folder.path().join("files"));
    change(&mut settings);
    Room { files: Files::new(settings, Arc::new(SeededRandom::new(1))), _folder: folder }
}

fn room() -> Room {
    room_with(|_| {})
}

impl Room {
    async fn take(&self, name: &str, bytes: &[u8]) -> Result<Kept, Refused> {
        self.files.take(name, Bytes::copy_from_slice(bytes), Kind::ALL).await
    }

    /// What is kept of it.
    async fn kept(&self, name: &str, bytes: &[u8]) -> Vec<u8> {
        let kept = self.take(name, bytes).await.expect("kept");
        self.files.open(&kept.id).await.expect("opened")
    }
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// Notes of a camera: turned by `turn`, and a place in Seoul behind the GPS tag.
fn camera_notes(turn: u8) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x03".to_vec();
    tiff.extend_from_slice(b"\x01\x0f\0\x02\0\0\0\x0a\0\0\0\x32"); // maker, at 50
    tiff.extend_from_slice(&[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turn, 0, 0]);
    tiff.extend_from_slice(b"\x88\x25\0\x04\0\0\0\x01\0\0\0\x3c\0\0\0\0"); // GPS directory, at 60
    tiff.extend_from_slice(b"SecretCam\0");
    tiff.extend_from_slice(b"\0\x01\0\x01\0\x02\0\0\0\x02N\0\0\0\0\0\0\0N 37.5665 E 126.9780");
    tiff
}

fn segment(mark: u8, body: &[u8]) -> Vec<u8> {
    [&[0xff, mark][..], &u16::try_from(body.len() + 2).expect("short").to_be_bytes(), body].concat()
}

/// A grey picture of 8 by 8 pixels, with more segments before its frame.
fn jpeg(more: &[u8]) -> Vec<u8> {
    let one_code = |table: u8| [&[table, 1][..], &[0; 15], &[0]].concat();
    [
        &[0xff, 0xd8][..],
        &segment(0xe0, b"JFIF\0\x01\x02\0\0\x01\0\x01\x01\x01\xaa\xbb\xcc"), // with a thumbnail of one pixel
        more,
        &segment(0xdb, &[&[0][..], &[1; 64]].concat()),
        &segment(0xc0, &[8, 0, 8, 0, 8, 1, 1, 0x11, 0]),
        &segment(0xc4, &one_code(0x00)),
        &segment(0xc4, &one_code(0x10)),
        &segment(0xda, &[1, 1, 0, 0, 63, 0]),
        &[0x3f, 0xff, 0xd9],
    ]
    .concat()
}

fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut crc = Crc::new();
    crc.update(name);
    crc.update(body);
    [&u32::try_from(body.len()).expect("short").to_be_bytes()[..], name, body, &crc.sum().to_be_bytes()].concat()
}

fn png_of(width: u32, height: u32, more: &[u8]) -> Vec<u8> {
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::default());
    std::io::Write::write_all(&mut packer, &[0, 0x7f]).expect("packed");
    let pixels = chunk(b"IDAT", &packer.finish().expect("packed"));
    [b"\x89PNG\r\n\x1a\n", &chunk(b"IHDR", &head)[..], more, &pixels, &chunk(b"IEND", b"")].concat()
}

fn riff(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut body = b"WEBP".to_vec();
    for (name, data) in chunks {
        body.extend_from_slice(*name);
        body.extend_from_slice(&u32::try_from(data.len()).expect("short").to_le_bytes());
        body.extend_from_slice(data);
        body.extend_from_slice(&vec![0; data.len() % 2]);
    }
    [b"RIFF", &u32::try_from(body.len()).expect("short").to_le_bytes()[..], &body].concat()
}

/// One pixel.
const VP8L: &[u8] = b"\x2f\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07";
