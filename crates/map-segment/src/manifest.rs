//! What an edition is made of. The manifest is written last, under another name, and renamed when it is on the disk: a
//! folder with a manifest holds a whole edition.

use std::{
    fs::{self, File},
    io::{Read, Write},
    path::Path,
};

use map_feature::{Crs, Schema};
use serde::{Deserialize, Serialize};

use crate::{
    Error, Result, column::ColumnSpec, ids::IdsSpec, mapped::Bytes, packed::WholeSpec, section::Span, words::WordsSpec,
};

pub(crate) const DATA: &str = "data";
const NAME: &str = "manifest";
const FORMAT: u32 = 1;
const LONGEST: u64 = 64 << 20;

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    pub schema: Schema,
    pub crs: Crs,
    pub features: u64,
    /// Features with a place; they come first.
    pub placed: u64,
    /// Which kinds of paths there are in all shapes together.
    pub kinds: u8,
    /// West, south, east, north in CRS84.
    pub bounds: Option<[f64; 4]>,
    /// The length of the data file.
    pub bytes: u64,
    pub leaves: Span,
    pub nodes: Span,
    pub shapes: WordsSpec,
    /// WKB in the layer's CRS.
    pub originals: WordsSpec,
    pub ids: IdsSpec,
    pub versions: WholeSpec,
    pub columns: Vec<ColumnSpec>,
    /// All sections in their order, for checking.
    pub sections: Vec<Span>,
}

impl Manifest {
    /// The first line names the format and the checksum of the rest, which is JSON. Returns its length.
    pub fn write(&self, folder: &Path) -> Result<u64> {
        let json = serde_json::to_vec(self).map_err(|_| Error::Damaged("the manifest cannot be written"))?;
        let mut text = format!("madang map edition {FORMAT} {:08x}\n", crc32fast::hash(&json)).into_bytes();
        text.extend_from_slice(&json);
        let (before, after) = (folder.join("manifest.part"), folder.join(NAME));
        let mut file = File::create(&before).map_err(Error::io(&before))?;
        file.write_all(&text).and_then(|()| file.sync_all()).map_err(Error::io(&before))?;
        fs::rename(&before, &after).map_err(Error::io(&after))?;
        sync(folder)?;
        folder.parent().filter(|parent| !parent.as_os_str().is_empty()).map_or(Ok(()), sync)?;
        Ok(text.len() as u64)
    }

    pub fn read(folder: &Path) -> Result<Manifest> {
        let path = folder.join(NAME);
        let file = match File::open(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(Error::Unfinished(folder.to_owned()));
            }
            file => file.map_err(Error::io(&path))?,
        };
        let mut text = Vec::new();
        file.take(LONGEST).read_to_end(&mut text).map_err(Error::io(&path))?;
        let damaged = || Error::Damaged("the manifest is not one");
        let line = text.iter().position(|byte| *byte == b'\n').ok_or_else(damaged)?;
        let (head, json) = (std::str::from_utf8(&text[..line]).map_err(|_| damaged())?, &text[line + 1..]);
        let (format, sum) =
            head.strip_prefix("madang map edition ").and_then(|rest| rest.split_once(' ')).ok_or_else(damaged)?;
        let format: u32 = format.parse().map_err(|_| damaged())?;
        if format != FORMAT {
            return Err(Error::Format(format));
        }
        if u32::from_str_radix(sum, 16).ok() != Some(crc32fast::hash(json)) {
            return Err(Error::Damaged("the manifest's checksum is another"));
        }
        serde_json::from_slice(json).map_err(|_| damaged())
    }

    /// The data, when it is as long as it should be.
    pub fn data(&self, folder: &Path) -> Result<Bytes> {
        let path = folder.join(DATA);
        let file = File::open(&path).map_err(Error::io(&path))?;
        let found = file.metadata().map_err(Error::io(&path))?.len();
        if found != self.bytes {
            return Err(Error::Damaged("the data file is not as long as it was"));
        }
        Bytes::map(&file).map_err(Error::io(&path))
    }
}

fn sync(folder: &Path) -> Result<()> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(Error::io(folder))
}
