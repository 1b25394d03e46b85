//! Reading an archive: one pass makes an index, bodies are read when asked.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use flate2::bufread::GzDecoder;

use crate::decode::{decode_content, unchunked};
use crate::exchange::read_head;
use crate::notes::Note;
use crate::record::{Error, Header, Kind, RecordId};

/// A longer block is read up to here.
const MAX_BLOCK: u64 = 512 << 20;

/// Where a record is and what it is.
#[derive(Debug, Clone)]
pub struct Entry {
    pub id: RecordId,
    pub kind: Kind,
    /// `WARC-Target-URI`; empty for `warcinfo`.
    pub uri: String,
    pub date: String,
    /// `Content-Type` of the record, not of what it holds.
    pub mime: String,
    pub refers_to: Option<RecordId>,
    pub payload_digest: Option<String>,
    pub truncated: Option<String>,
    /// Byte in the file at which the gzip member begins.
    pub offset: u64,
    refers_to_uri: Option<String>,
}

/// A response as archived; a revisit has the body of the response it refers to.
#[derive(Debug, Clone)]
pub struct Response {
    pub id: RecordId,
    pub url: String,
    /// RFC 3339 UTC.
    pub date: String,
    pub status: u16,
    /// In the order and case received.
    pub headers: Vec<(String, String)>,
    /// With its content coding.
    pub body: Vec<u8>,
    /// `length`, `time` or `disconnect` when the body is not whole.
    pub truncated: Option<String>,
}

impl Response {
    /// First header of this name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }

    /// Media type in lower case, without parameters; empty when the server gave none.
    pub fn media_type(&self) -> String {
        let value = self.header("content-type").unwrap_or("");
        value.split(';').next().unwrap_or("").trim().to_ascii_lowercase()
    }

    /// The body without its content coding, at most `limit` bytes.
    ///
    /// # Errors
    /// When the coding is unknown or nothing could be decoded.
    pub fn decoded(&self, limit: usize) -> Result<Vec<u8>, Error> {
        let body = match self.header("transfer-encoding") {
            Some(te) if te.to_ascii_lowercase().contains("chunked") => unchunked(&self.body),
            _ => return decode_content(&self.body, &self.codings(), limit),
        };
        decode_content(&body, &self.codings(), limit)
    }

    fn codings(&self) -> String {
        let all = self.headers.iter().filter(|(n, _)| n.eq_ignore_ascii_case("content-encoding"));
        all.map(|(_, v)| v.as_str()).collect::<Vec<_>>().join(",")
    }
}

/// Another form of a record.
#[derive(Debug, Clone)]
pub struct Conversion {
    pub id: RecordId,
    pub uri: String,
    /// The response it was made from.
    pub refers_to: Option<RecordId>,
    pub mime: String,
    pub bytes: Vec<u8>,
}

/// A stored file, such as a screenshot.
#[derive(Debug, Clone)]
pub struct Resource {
    pub id: RecordId,
    pub uri: String,
    pub mime: String,
    pub bytes: Vec<u8>,
}

/// An open archive file.
#[derive(Debug)]
pub struct Archive {
    path: PathBuf,
    entries: Vec<Entry>,
    by_id: HashMap<RecordId, usize>,
    whole_bytes: u64,
    torn: bool,
}

impl Archive {
    /// Reads every record once and keeps where it stands. A torn end is left out ([`Archive::torn`]).
    ///
    /// # Errors
    /// When the file cannot be read, or does not begin with a WARC record.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        let mut from = Counted { inner: BufReader::with_capacity(1 << 18, file), at: 0 };
        let mut archive =
            Self { path: path.to_owned(), entries: Vec::new(), by_id: HashMap::new(), whole_bytes: 0, torn: false };
        while from.at < length {
            let offset = from.at;
            let mut member = BufReader::new(GzDecoder::new(from));
            let read = Header::read(&mut member, offset).and_then(|header| {
                let content: u64 = header.get("Content-Length").and_then(|v| v.parse().ok()).unwrap_or(0);
                let rest = io::copy(&mut member, &mut io::sink())?;
                if rest < content {
                    return Err(Error::Broken { offset, why: "record shorter than its Content-Length".into() });
                }
                Ok(header)
            });
            from = member.into_inner().into_inner();
            match read {
                Ok(header) => archive.index(&header, offset),
                Err(e) if archive.entries.is_empty() => return Err(e),
                Err(_) => {
                    archive.torn = true;
                    break;
                }
            }
            archive.whole_bytes = from.at;
        }
        Ok(archive)
    }

    fn index(&mut self, header: &Header, offset: u64) {
        let Some(id) = header.get("WARC-Record-ID") else {
            return;
        };
        let owned = |name: &str| header.get(name).map(str::to_owned);
        let entry = Entry {
            id: RecordId(id.to_owned()),
            kind: Kind::named(header.get("WARC-Type").unwrap_or("")),
            uri: header.uri("WARC-Target-URI").unwrap_or("").to_owned(),
            date: owned("WARC-Date").unwrap_or_default(),
            mime: owned("Content-Type").unwrap_or_default(),
            refers_to: owned("WARC-Refers-To").map(RecordId),
            payload_digest: owned("WARC-Payload-Digest"),
            truncated: owned("WARC-Truncated"),
            offset,
            refers_to_uri: header.uri("WARC-Refers-To-Target-URI").map(str::to_owned),
        };
        self.by_id.insert(entry.id.clone(), self.entries.len());
        self.entries.push(entry);
    }

    /// Every record in file order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// True when the file ends in the middle of a record.
    pub fn torn(&self) -> bool {
        self.torn
    }

    pub(crate) fn whole_bytes(&self) -> u64 {
        self.whole_bytes
    }

    /// The notes in file order. Of several notes at one address only the last counts: a resumed capture repeats itself.
    ///
    /// # Errors
    /// When the file cannot be read; metadata records that are no notes are left out.
    pub fn notes(&self) -> Result<Vec<(RecordId, Note)>, Error> {
        let mut seen = HashSet::new();
        let mut notes = Vec::new();
        let mut from = Some(File::open(&self.path)?);
        for e in self.entries.iter().rev() {
            if e.kind != Kind::Metadata || !e.mime.starts_with("application/json") || !seen.insert(e.uri.as_str()) {
                continue;
            }
            if let Ok(note) = serde_json::from_slice(&self.block(&mut from, e)?) {
                notes.push((e.id.clone(), note));
            }
        }
        notes.reverse();
        Ok(notes)
    }

    /// Responses in file order, bodies read as the iterator goes.
    pub fn responses(&self) -> impl Iterator<Item = Result<Response, Error>> + '_ {
        let mut from = None;
        self.entries
            .iter()
            .filter(|e| matches!(e.kind, Kind::Response | Kind::Revisit))
            .map(move |e| self.read_response(&mut from, e))
    }

    /// One response by the id of its `response` or `revisit` record.
    ///
    /// # Errors
    /// When there is no such response or the file cannot be read.
    pub fn response(&self, id: &RecordId) -> Result<Response, Error> {
        let entry = self.entry(id)?;
        self.read_response(&mut None, entry)
    }

    /// The page as a browser rendered it, when one did: the last of this address.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn rendered(&self, url: &str) -> Result<Option<Conversion>, Error> {
        self.conversion(url, "text/html")
    }

    /// The text of a document (PDF) at this address, when it could be read.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn text_of(&self, url: &str) -> Result<Option<Conversion>, Error> {
        self.conversion(url, "text/plain")
    }

    fn conversion(&self, url: &str, mime: &str) -> Result<Option<Conversion>, Error> {
        let found =
            self.entries.iter().rev().find(|e| e.kind == Kind::Conversion && e.uri == url && e.mime.starts_with(mime));
        found.map(|e| self.read_conversion(e)).transpose()
    }

    /// Every conversion in file order.
    pub fn conversions(&self) -> impl Iterator<Item = Result<Conversion, Error>> + '_ {
        self.entries.iter().filter(|e| e.kind == Kind::Conversion).map(|e| self.read_conversion(e))
    }

    fn read_conversion(&self, e: &Entry) -> Result<Conversion, Error> {
        Ok(Conversion {
            id: e.id.clone(),
            uri: e.uri.clone(),
            refers_to: e.refers_to.clone(),
            mime: e.mime.clone(),
            bytes: self.block(&mut None, e)?,
        })
    }

    /// A stored file by its address, such as `urn:madang:screenshot:<address>`: the last one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn resource(&self, uri: &str) -> Result<Option<Resource>, Error> {
        let found = self.entries.iter().rev().find(|e| e.kind == Kind::Resource && e.uri == uri);
        found
            .map(|e| {
                let bytes = self.block(&mut None, e)?;
                Ok(Resource { id: e.id.clone(), uri: e.uri.clone(), mime: e.mime.clone(), bytes })
            })
            .transpose()
    }

    fn entry(&self, id: &RecordId) -> Result<&Entry, Error> {
        let at = self.by_id.get(id).ok_or_else(|| Error::Missing(id.to_string()))?;
        self.entries.get(*at).ok_or_else(|| Error::Missing(id.to_string()))
    }

    fn read_response(&self, from: &mut Option<File>, e: &Entry) -> Result<Response, Error> {
        let mut block = self.block(from, e)?;
        let (status, headers, at) = read_head(&block);
        let body = match (e.kind, self.original(e)) {
            (Kind::Revisit, Some(original)) => {
                let mut block = self.block(from, original)?;
                let (_, _, at) = read_head(&block);
                block.split_off(at)
            }
            _ => block.split_off(at),
        };
        Ok(Response {
            id: e.id.clone(),
            url: e.uri.clone(),
            date: e.date.clone(),
            status,
            headers,
            body,
            truncated: e.truncated.clone(),
        })
    }

    /// The response that a revisit refers to: by id, or by address as some writers do.
    fn original(&self, e: &Entry) -> Option<&Entry> {
        if let Some(found) = e.refers_to.as_ref().and_then(|id| self.entry(id).ok()) {
            return Some(found);
        }
        let uri = e.refers_to_uri.as_deref()?;
        self.entries.iter().find(|o| o.kind == Kind::Response && o.uri == uri && o.payload_digest == e.payload_digest)
    }

    fn block(&self, from: &mut Option<File>, e: &Entry) -> Result<Vec<u8>, Error> {
        let mut file = match from.take() {
            Some(file) => file,
            None => File::open(&self.path)?,
        };
        file.seek(SeekFrom::Start(e.offset))?;
        let mut member = BufReader::new(GzDecoder::new(BufReader::with_capacity(1 << 15, &file)));
        let header = Header::read(&mut member, e.offset)?;
        let length: u64 = header.get("Content-Length").and_then(|v| v.parse().ok()).unwrap_or(0);
        let length = length.min(MAX_BLOCK);
        let mut block = Vec::with_capacity(usize::try_from(length.min(1 << 20)).unwrap_or(0));
        member.take(length).read_to_end(&mut block)?;
        *from = Some(file);
        Ok(block)
    }
}

/// Knows how many bytes of the file are used up.
struct Counted<R> {
    inner: R,
    at: u64,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.at += n as u64;
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.at += n as u64;
        self.inner.consume(n);
    }
}
