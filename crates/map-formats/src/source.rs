//! From the path that was given to the one file that is read: archives are unpacked first, within limits.

use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::error::Limited;
use crate::{Error, Format, Limits, Options, Result};

pub(crate) struct Source {
    pub path: PathBuf,
    pub format: Format,
    /// What a layer without a name of its own is called.
    pub stem: String,
    /// Shapefiles that lie in one archive: their names and where they were unpacked.
    pub several: Vec<(String, PathBuf)>,
    /// Keeps what was unpacked until reading ends.
    _scratch: Option<TempDir>,
}

/// Enough to tell a format by.
const HEAD: u64 = 65_536;
/// Below this nobody is hurt, however well it was packed.
const HARMLESS: u64 = 64 << 20;

impl Source {
    pub fn open(path: &Path, options: &Options) -> Result<Source> {
        let head = head(path)?;
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if head.starts_with(&[0x1f, 0x8b]) {
            let scratch = scratch(options)?;
            let inner = name.strip_suffix(".gz").unwrap_or(name);
            let ending = Format::of_name(inner).map_or("data", Format::ending);
            let to = scratch.path().join(format!("file.{ending}"));
            let file = open(path)?;
            let packed = file.metadata()?.len();
            let mut budget = Budget::new(packed, &options.limits);
            unpack(&mut flate2::read::MultiGzDecoder::new(BufReader::new(file)), &to, &mut budget)?;
            return Source::plain(to, inner, options, Some(scratch));
        }
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            let scratch = scratch(options)?;
            let found = unzip(path, scratch.path(), options)?;
            let (name, to) = found.first().cloned().ok_or(Error::EmptyArchive)?;
            let mut source = Source::plain(to, &name, options, Some(scratch))?;
            source.several = found.into_iter().map(|(name, to)| (stem(&name), to)).collect();
            return Ok(source);
        }
        Source::plain(path.to_owned(), name, options, None)
    }

    fn plain(path: PathBuf, name: &str, options: &Options, scratch: Option<TempDir>) -> Result<Source> {
        let format = match options.format {
            Some(format) => format,
            None => Format::of_content(&head(&path)?, name).ok_or(Error::UnknownFormat)?,
        };
        Ok(Source { path, format, stem: stem(name), several: Vec::new(), _scratch: scratch })
    }
}

fn stem(name: &str) -> String {
    let name = name.rsplit('/').next().unwrap_or(name);
    name.split_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

pub(crate) fn open(path: &Path) -> Result<File> {
    File::open(path).map_err(|source| Error::File { path: path.to_owned(), source })
}

fn head(path: &Path) -> Result<Vec<u8>> {
    let mut head = Vec::new();
    open(path)?.take(HEAD).read_to_end(&mut head)?;
    Ok(head)
}

fn scratch(options: &Options) -> Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    let builder = builder.prefix("map-");
    Ok(match &options.scratch {
        Some(folder) => {
            std::fs::create_dir_all(folder)?;
            builder.tempdir_in(folder)?
        }
        None => builder.tempdir()?,
    })
}

/// What may still be unpacked.
struct Budget {
    left: u64,
    what: Limited,
    limit: u64,
}

impl Budget {
    fn new(packed: u64, limits: &Limits) -> Budget {
        let by_ratio = packed.saturating_mul(limits.ratio).max(HARMLESS);
        if by_ratio < limits.unpacked {
            Budget { left: by_ratio, what: Limited::UnpackingRatio, limit: limits.ratio }
        } else {
            Budget { left: limits.unpacked, what: Limited::UnpackedBytes, limit: limits.unpacked }
        }
    }

    fn spend(&mut self, bytes: u64) -> Result<()> {
        self.left = self.left.checked_sub(bytes).ok_or(Error::Limit { what: self.what, limit: self.limit })?;
        Ok(())
    }
}

fn unpack(from: &mut dyn Read, to: &Path, budget: &mut Budget) -> Result<()> {
    let mut out = File::create(to)?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        let count = from.read(&mut buffer)?;
        if count == 0 {
            return Ok(());
        }
        budget.spend(count as u64)?;
        out.write_all(&buffer[..count])?;
    }
}

/// Unpacks the geodata of an archive under names of our own: all Shapefiles, else the first file of the format that is
/// likeliest meant. Gives names in the archive and paths. Names inside are only looked at, never used as paths.
fn unzip(path: &Path, folder: &Path, options: &Options) -> Result<Vec<(String, PathBuf)>> {
    let broken = |error: zip::result::ZipError| Error::Io(std::io::Error::other(error));
    let file = open(path)?;
    let mut budget = Budget::new(file.metadata()?.len(), &options.limits);
    let mut archive = zip::ZipArchive::new(BufReader::new(file)).map_err(broken)?;
    if archive.len() > options.limits.entries {
        return Err(Error::Limit { what: Limited::ArchiveEntries, limit: options.limits.entries as u64 });
    }
    let mut names = Vec::with_capacity(archive.len());
    for place in 0..archive.len() {
        let entry = archive.by_index_raw(place).map_err(broken)?;
        let name = if entry.is_file() { entry.name().map(|name| name.into_owned()).ok() } else { None };
        names.push(name.unwrap_or_default());
    }
    let wanted = wanted(&names, options.limits.layers);
    let mut found = Vec::new();
    for (place, name, main) in wanted {
        let to = folder.join(name);
        unpack(&mut archive.by_index(place).map_err(broken)?, &to, &mut budget)?;
        if main {
            found.push((names[place].clone(), to));
        }
    }
    Ok(found)
}

/// Which entries to unpack: their place, the name they get, and whether they are the file to open.
fn wanted(names: &[String], layers: usize) -> Vec<(usize, String, bool)> {
    const ORDER: [&str; 15] = [
        ".kml",
        ".gpkg",
        ".geojson",
        ".topojson",
        ".fgb",
        ".parquet",
        ".gpx",
        ".osm.pbf",
        ".geojsonl",
        ".geojsons",
        ".ndjson",
        ".json",
        ".csv",
        ".tsv",
        ".txt",
    ];
    let visible = |name: &str| !name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
    let ending_in = |ending: &str| {
        let fits = |(_, name): &(usize, &String)| visible(name) && name.to_lowercase().ends_with(ending);
        names.iter().enumerate().filter(fits).map(|(place, _)| place).collect::<Vec<_>>()
    };
    let mut wanted = Vec::new();
    for (number, shp) in ending_in(".shp").into_iter().take(layers).enumerate() {
        let stem = &names[shp][..names[shp].len() - 4];
        for (place, name) in names.iter().enumerate() {
            let Some(rest) = name.strip_prefix(stem).map(str::to_lowercase) else { continue };
            if [".shp", ".shx", ".dbf", ".prj", ".cpg"].contains(&rest.as_str()) {
                wanted.push((place, format!("file{number}{rest}"), place == shp));
            }
        }
    }
    if wanted.is_empty() {
        let first = ORDER.iter().find_map(|ending| Some((*ending_in(ending).first()?, *ending)));
        wanted.extend(first.map(|(place, ending)| (place, format!("file{ending}"), true)));
    }
    wanted
}
