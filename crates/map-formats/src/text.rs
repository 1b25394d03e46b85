//! Bytes as UTF-8 text, and a watch over how much one record takes.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::rc::Rc;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, UTF_8};

use crate::{Error, Result, source};

/// The encoding with this label (WHATWG).
pub(crate) fn encoding(label: &str) -> Result<&'static Encoding> {
    Encoding::for_label(label.trim().as_bytes()).ok_or_else(|| Error::NoEncoding(label.to_owned()))
}

/// What a text file is in: by its mark, else UTF-8 when all of it is, else as browsers would guess.
pub(crate) fn detect(path: &Path) -> Result<&'static Encoding> {
    let mut input = BufReader::with_capacity(1 << 18, source::open(path)?);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let mut utf8 = Utf8::default();
    let mut fed = 0;
    let mut first = true;
    loop {
        let chunk = input.fill_buf()?;
        if chunk.is_empty() {
            break;
        }
        if std::mem::take(&mut first)
            && let Some((encoding, _)) = Encoding::for_bom(chunk)
        {
            return Ok(encoding);
        }
        if fed < 8 << 20 {
            detector.feed(chunk, false);
            fed += chunk.len();
        } else if !utf8.good {
            break;
        }
        utf8.feed(chunk);
        let count = chunk.len();
        input.consume(count);
    }
    if utf8.good && utf8.open.is_empty() {
        return Ok(UTF_8);
    }
    detector.feed(&[], true);
    Ok(detector.guess(Some(b"kr"), Utf8Detection::Deny))
}

struct Utf8 {
    good: bool,
    /// A character that the last chunk began.
    open: Vec<u8>,
}

impl Default for Utf8 {
    fn default() -> Utf8 {
        Utf8 { good: true, open: Vec::new() }
    }
}

impl Utf8 {
    fn feed(&mut self, chunk: &[u8]) {
        if !self.good {
            return;
        }
        let mut rest = chunk;
        while !self.open.is_empty() {
            let Some((byte, after)) = rest.split_first() else { return };
            self.open.push(*byte);
            rest = after;
            match std::str::from_utf8(&self.open) {
                Ok(_) => self.open.clear(),
                Err(error) if error.error_len().is_some() => return self.good = false,
                Err(_) => {}
            }
        }
        if let Err(error) = std::str::from_utf8(rest) {
            self.good = error.error_len().is_none();
            self.open = rest[error.valid_up_to()..].to_vec();
        }
    }
}

/// Reads any encoding as UTF-8.
pub(crate) struct Decoded<R> {
    input: R,
    decoder: Decoder,
    buffer: Vec<u8>,
    start: usize,
    ended: bool,
}

impl<R: BufRead> Decoded<R> {
    pub fn new(input: R, encoding: &'static Encoding) -> Decoded<R> {
        let decoder = encoding.new_decoder_with_bom_removal();
        Decoded { input, decoder, buffer: Vec::new(), start: 0, ended: false }
    }
}

impl<R: BufRead> Read for Decoded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.start == self.buffer.len() && !self.ended {
            let chunk = self.input.fill_buf()?;
            let last = chunk.is_empty();
            let room = self.decoder.max_utf8_buffer_length(chunk.len()).unwrap_or(1 << 20);
            self.buffer.resize(room, 0);
            let (_, read, written, _) = self.decoder.decode_to_utf8(chunk, &mut self.buffer, last);
            self.buffer.truncate(written);
            self.start = 0;
            self.input.consume(read);
            self.ended = last;
        }
        let count = (self.buffer.len() - self.start).min(out.len());
        out[..count].copy_from_slice(&self.buffer[self.start..self.start + count]);
        self.start += count;
        Ok(count)
    }
}

/// Bytes read in all and since the last record, seen from outside while a parser owns the reader.
#[derive(Clone, Default)]
pub(crate) struct Meter {
    all: Rc<Cell<u64>>,
    record: Rc<Cell<usize>>,
}

impl Meter {
    pub fn all(&self) -> u64 {
        self.all.get()
    }

    /// A record is complete.
    pub fn next(&self) {
        self.record.set(0);
    }
}

/// Ends in an error when one record takes too much.
pub(crate) struct Metered<R> {
    input: R,
    meter: Meter,
    max: usize,
}

impl<R> Metered<R> {
    pub fn new(input: R, max: usize) -> (Metered<R>, Meter) {
        let meter = Meter::default();
        (Metered { input, meter: meter.clone(), max }, meter)
    }
}

pub(crate) const TOO_LONG: &str = "a record longer than allowed";

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.meter.record.get() > self.max {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, TOO_LONG));
        }
        let count = self.input.read(out)?;
        self.meter.all.set(self.meter.all.get() + count as u64);
        self.meter.record.set(self.meter.record.get() + count);
        Ok(count)
    }
}
