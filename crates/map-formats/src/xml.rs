//! XML element by element, with limits; entities of documents' own are not expanded.

use std::io::{BufReader, Read, Seek};
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::text::{Decoded, Meter, Metered};
use crate::{Error, Format, Limits, Result, source, text};

pub(crate) struct Xml {
    reader: Reader<BufReader<Box<dyn Read>>>,
    buffer: Vec<u8>,
    pub meter: Meter,
    depth: usize,
    max_depth: usize,
    format: Format,
    open: usize,
}

/// What comes next; names are without their namespace prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    Open(String, Vec<(String, String)>),
    Text(String),
    Close(String),
    End,
}

impl Xml {
    pub fn open(path: &Path, format: Format, limits: &Limits) -> Result<Xml> {
        let mut file = source::open(path)?;
        let mut head = Vec::new();
        file.by_ref().take(200).read_to_end(&mut head)?;
        file.rewind()?;
        let encoding = declared(&head).map_or(Ok(encoding_rs::UTF_8), |label| text::encoding(&label))?;
        let decoded: Box<dyn Read> = Box::new(Decoded::new(BufReader::with_capacity(1 << 16, file), encoding));
        let (metered, meter) = Metered::new(decoded, limits.record);
        let boxed: Box<dyn Read> = Box::new(metered);
        let mut reader = Reader::from_reader(BufReader::with_capacity(1 << 16, boxed));
        reader.config_mut().expand_empty_elements = true;
        reader.config_mut().check_end_names = true;
        Ok(Xml { reader, buffer: Vec::new(), meter, depth: 0, max_depth: limits.depth * 8, format, open: 0 })
    }

    pub fn next(&mut self) -> Result<Step> {
        loop {
            self.buffer.clear();
            let event = self.reader.read_event_into(&mut self.buffer).map_err(|error| match error {
                quick_xml::Error::Io(error) => Error::Io(std::io::Error::new(error.kind(), error.to_string())),
                other => Error::broken(self.format, other),
            })?;
            match event {
                Event::Start(start) => {
                    self.depth += 1;
                    self.open += 1;
                    if self.depth > self.max_depth {
                        return Err(Error::broken(self.format, "elements too deep in each other"));
                    }
                    return Ok(Step::Open(local(start.local_name().as_ref()), attributes(&start)));
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Step::Close(local(end.local_name().as_ref())));
                }
                Event::Text(text) => return Ok(Step::Text(local(&text))),
                Event::CData(text) => return Ok(Step::Text(local(&text))),
                Event::GeneralRef(name) => match name.resolve_char_ref() {
                    Ok(Some(letter)) => return Ok(Step::Text(letter.to_string())),
                    _ => {
                        let name = local(&name);
                        if let Some(text) = quick_xml::escape::resolve_predefined_entity(&name) {
                            return Ok(Step::Text(text.to_owned()));
                        }
                    }
                },
                Event::Eof if self.depth > 0 => return Err(Error::broken(self.format, CUT)),
                Event::Eof => return Ok(Step::End),
                _ => {}
            }
        }
    }
}

pub(crate) const CUT: &str = "it ends in the middle";

fn local(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn attributes(start: &BytesStart) -> Vec<(String, String)> {
    let value = |value: &[u8]| {
        let text = String::from_utf8_lossy(value);
        quick_xml::escape::unescape(&text).map(|text| text.into_owned()).unwrap_or_else(|_| text.clone().into_owned())
    };
    let mut attributes = start.attributes();
    let all = attributes.with_checks(false).flatten().take(64);
    all.map(|one| (local(one.key.local_name().as_ref()), value(&one.value))).collect()
}

/// The encoding that the XML declaration names.
fn declared(head: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(head);
    let declaration = text.trim_start_matches('\u{feff}').strip_prefix("<?xml")?.split_once("?>")?.0.to_owned();
    let after = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start().to_owned();
    let quote = after.chars().next().filter(|quote| ['"', '\''].contains(quote))?;
    after[1..].split_once(quote).map(|(label, _)| label.to_owned())
}

/// An element with all that is in it.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub text: String,
    pub children: Vec<Element>,
}

/// Elements of one record; each takes some hundred bytes.
const ELEMENTS: usize = 1_000_000;

impl Element {
    /// Reads on to the end of an element that was just opened. `None`: too large, and passed over.
    pub fn read(xml: &mut Xml, name: String, attributes: Vec<(String, String)>) -> Result<Option<Element>> {
        let mut stack = vec![Element { name, attributes, ..Element::default() }];
        let mut count = 0;
        let mut over = 0_usize;
        loop {
            match xml.next()? {
                Step::Open(..) if count >= ELEMENTS => over += 1,
                Step::Open(name, attributes) => {
                    count += 1;
                    stack.push(Element { name, attributes, ..Element::default() });
                }
                Step::Text(text) => {
                    if let Some(top) = stack.last_mut() {
                        top.text.push_str(&text);
                    }
                }
                Step::Close(_) if over > 0 => over -= 1,
                Step::Close(_) => match (stack.pop(), stack.last_mut()) {
                    (Some(done), Some(parent)) => parent.children.push(done),
                    (Some(done), None) => return Ok((count < ELEMENTS).then_some(done)),
                    (None, _) => return Ok(None),
                },
                Step::End => return Ok(None),
            }
        }
    }

    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    pub fn text_of(&self, name: &str) -> Option<&str> {
        self.child(name).map(|child| child.text.trim()).filter(|text| !text.is_empty())
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Appends text with the signs of XML escaped; characters that XML 1.0 cannot hold are left out.
pub(crate) fn escape(out: &mut Vec<u8>, text: &str) {
    for letter in text.chars() {
        match letter {
            '<' => out.extend_from_slice(b"&lt;"),
            '>' => out.extend_from_slice(b"&gt;"),
            '&' => out.extend_from_slice(b"&amp;"),
            '"' => out.extend_from_slice(b"&quot;"),
            '\r' => out.extend_from_slice(b"&#13;"),
            '\n' | '\t' => out.push(letter as u8),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            letter => out.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
}
