//! Appending records: one gzip member each, so that a torn end costs one record.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

use data_encoding::BASE32;
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};

use crate::archive::Archive;
use crate::exchange::Exchange;
use crate::notes::Note;
use crate::record::{Error, Kind, RecordId};

const REVISIT_PROFILE: &str = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";
/// Shorter bodies are repeated whole: a revisit record would not be smaller.
const REVISIT_FROM: usize = 512;

/// What the `warcinfo` record says, besides the format: `application/warc-fields`.
#[derive(Debug, Clone, Default)]
pub struct WarcInfo {
    pub fields: Vec<(String, String)>,
}

impl WarcInfo {
    pub fn new(software: &str) -> Self {
        Self { fields: vec![("software".to_owned(), software.to_owned())] }
    }

    /// Adds a field such as `robots`, `operator`, `description`, `http-header-user-agent`.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.to_owned(), value.replace(['\r', '\n'], " ")));
        self
    }
}

struct Known {
    id: RecordId,
    url: String,
    date: String,
}

/// Writes one archive file. Dropping it without [`Writer::finish`] may lose the last batch, never break the file.
pub struct Writer {
    out: BufWriter<File>,
    info: RecordId,
    /// Payload digest to the response that holds the payload.
    known: HashMap<String, Known>,
}

impl Writer {
    /// A new file with its `warcinfo` record.
    ///
    /// # Errors
    /// When the file exists or cannot be written.
    pub fn create(path: &Path, info: &WarcInfo) -> Result<Self, Error> {
        let file = OpenOptions::new().write(true).create_new(true).open(path)?;
        let mut writer =
            Self { out: BufWriter::with_capacity(1 << 20, file), info: RecordId::random()?, known: HashMap::new() };
        writer.warcinfo(path, info)?;
        writer.sync()?;
        Ok(writer)
    }

    /// Goes on with a file that an earlier writer left, perhaps killed in the middle of a record: the torn last
    /// member is cut off. A file without one whole record is begun anew.
    ///
    /// # Errors
    /// When the file cannot be read, written or is no WARC file.
    pub fn append(path: &Path, info: &WarcInfo) -> Result<Self, Error> {
        let mut file = OpenOptions::new().read(true).write(true).open(path)?;
        let archive = match Archive::open(path) {
            Ok(archive) => Some(archive),
            Err(_) if torn_at_once(&mut file)? => None,
            Err(e) => return Err(e),
        };
        file.set_len(archive.as_ref().map_or(0, Archive::whole_bytes))?;
        file.seek(SeekFrom::End(0))?;
        let mut known = HashMap::new();
        let entries = archive.as_ref().map_or(&[][..], Archive::entries);
        for e in entries.iter().filter(|e| e.kind == Kind::Response) {
            if let Some(digest) = &e.payload_digest {
                known.entry(digest.clone()).or_insert_with(|| Known {
                    id: e.id.clone(),
                    url: e.uri.clone(),
                    date: e.date.clone(),
                });
            }
        }
        let mut writer = Self { out: BufWriter::with_capacity(1 << 20, file), info: RecordId::random()?, known };
        writer.warcinfo(path, info)?;
        writer.sync()?;
        Ok(writer)
    }

    fn warcinfo(&mut self, path: &Path, info: &WarcInfo) -> Result<(), Error> {
        let mut body = String::new();
        for (name, value) in info.fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).chain([
            ("format", "WARC File Format 1.1"),
            ("conformsTo", "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"),
        ]) {
            body.push_str(&format!("{name}: {value}\r\n"));
        }
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let id = self.info.clone();
        let mut head = Head::new(Kind::Warcinfo, &id, &now());
        head.field("WARC-Filename", &name);
        head.field("Content-Type", "application/warc-fields");
        self.write(head, &[body.as_bytes()])
    }

    /// A `response` (or `revisit`, when the same payload is archived already) and its `request`.
    /// Gives the id of the response.
    pub fn exchange(&mut self, exchange: &Exchange) -> Result<RecordId, Error> {
        let id = RecordId::random()?;
        let head_block = exchange.archived_head();
        let payload = digest(&[&exchange.body]);
        let known = self.known.get(&payload).filter(|_| exchange.truncated.is_none());
        let mut head = Head::new(if known.is_some() { Kind::Revisit } else { Kind::Response }, &id, &exchange.date);
        head.field("WARC-Target-URI", &exchange.url);
        head.field("WARC-Warcinfo-ID", &self.info.0);
        if let Some(ip) = exchange.ip {
            head.field("WARC-IP-Address", &ip.to_string());
        }
        head.field("WARC-Payload-Digest", &payload);
        if let Some(cut) = exchange.truncated {
            head.field("WARC-Truncated", cut.name());
        }
        head.field("Content-Type", "application/http;msgtype=response");
        if let Some(known) = known {
            head.field("WARC-Profile", REVISIT_PROFILE);
            head.field("WARC-Refers-To", &known.id.0);
            head.field("WARC-Refers-To-Target-URI", &known.url);
            head.field("WARC-Refers-To-Date", &known.date);
            self.write(head, &[&head_block])?;
        } else {
            self.write(head, &[&head_block, &exchange.body])?;
            if exchange.body.len() >= REVISIT_FROM && exchange.truncated.is_none() {
                let known = Known { id: id.clone(), url: exchange.url.clone(), date: exchange.date.clone() };
                self.known.insert(payload, known);
            }
        }
        let mut head = Head::new(Kind::Request, &RecordId::random()?, &exchange.date);
        head.field("WARC-Target-URI", &exchange.url);
        head.field("WARC-Warcinfo-ID", &self.info.0);
        head.field("WARC-Concurrent-To", &id.0);
        head.field("Content-Type", "application/http;msgtype=request");
        self.write(head, &[&exchange.request])?;
        Ok(id)
    }

    /// A file that no exchange brought, such as a screenshot at `urn:madang:screenshot:<address>`.
    pub fn resource(&mut self, uri: &str, mime: &str, bytes: &[u8]) -> Result<RecordId, Error> {
        self.whole(Kind::Resource, uri, None, mime, bytes)
    }

    /// Another form of a record: the rendered page (`text/html`) or a document's text (`text/plain`).
    pub fn conversion(
        &mut self,
        uri: &str,
        refers_to: Option<&RecordId>,
        mime: &str,
        bytes: &[u8],
    ) -> Result<RecordId, Error> {
        self.whole(Kind::Conversion, uri, refers_to, mime, bytes)
    }

    /// What the capture observed, as a `metadata` record.
    pub fn note(&mut self, note: &Note) -> Result<RecordId, Error> {
        self.whole(Kind::Metadata, &note.address(), None, "application/json", &serde_json::to_vec(note)?)
    }

    fn whole(
        &mut self,
        kind: Kind,
        uri: &str,
        refers_to: Option<&RecordId>,
        mime: &str,
        bytes: &[u8],
    ) -> Result<RecordId, Error> {
        let id = RecordId::random()?;
        let mut head = Head::new(kind, &id, &now());
        head.field("WARC-Target-URI", uri);
        head.field("WARC-Warcinfo-ID", &self.info.0);
        if let Some(refers_to) = refers_to {
            head.field("WARC-Refers-To", &refers_to.0);
        }
        head.field("Content-Type", mime);
        self.write(head, &[bytes])?;
        Ok(id)
    }

    fn write(&mut self, mut head: Head, block: &[&[u8]]) -> Result<(), Error> {
        head.field("WARC-Block-Digest", &digest(block));
        head.field("Content-Length", &block.iter().map(|b| b.len()).sum::<usize>().to_string());
        let mut member = GzEncoder::new(&mut self.out, Compression::fast());
        member.write_all(head.text.as_bytes())?;
        member.write_all(b"\r\n")?;
        for part in block {
            member.write_all(part)?;
        }
        member.write_all(b"\r\n\r\n")?;
        member.finish()?;
        Ok(())
    }

    /// Everything written so far is on the disk when this returns. Call it once per batch.
    pub fn sync(&mut self) -> Result<(), Error> {
        self.out.flush()?;
        self.out.get_ref().sync_data()?;
        Ok(())
    }

    /// The last batch reaches the disk.
    pub fn finish(mut self) -> Result<(), Error> {
        self.sync()
    }
}

/// The first record is small: a short file that begins as gzip is one that was torn there.
fn torn_at_once(file: &mut File) -> Result<bool, Error> {
    let mut start = Vec::new();
    file.take(4096).read_to_end(&mut start)?;
    Ok(start.len() < 4096 && b"\x1f\x8b".starts_with(start.get(..2).unwrap_or(&start)))
}

struct Head {
    text: String,
}

impl Head {
    fn new(kind: Kind, id: &RecordId, date: &str) -> Self {
        let text = format!("WARC/1.1\r\nWARC-Type: {}\r\nWARC-Record-ID: {id}\r\nWARC-Date: {date}\r\n", kind.name());
        Self { text }
    }

    fn field(&mut self, name: &str, value: &str) {
        self.text.push_str(name);
        self.text.push_str(": ");
        self.text.extend(value.chars().filter(|c| !c.is_control()));
        self.text.push_str("\r\n");
    }
}

fn digest(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    format!("sha256:{}", BASE32.encode(&hash.finalize()))
}

#[allow(clippy::disallowed_methods, reason = "a record is dated when it is written")]
fn now() -> String {
    let now = jiff::Timestamp::now();
    now.round(jiff::Unit::Microsecond).unwrap_or(now).to_string()
}
