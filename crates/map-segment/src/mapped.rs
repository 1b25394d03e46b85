//! The one place where memory is mapped, and the one that needs `unsafe` for it.

use std::{
    fs::File,
    io,
    ops::{Deref, Range},
    sync::Arc,
};

use memmap2::Mmap;

use crate::{Error, Result};

/// Bytes of a mapped file: a range of it, cheap to clone.
#[derive(Clone)]
pub(crate) struct Bytes {
    map: Arc<Mmap>,
    range: Range<usize>,
}

#[allow(unsafe_code)]
impl Bytes {
    pub fn map(file: &File) -> io::Result<Bytes> {
        // SAFETY: a mapping is sound as long as nobody changes or shortens the file below it. The files mapped here are
        // an edition's, which are written once into a folder of their own, finished by the rename of a manifest and
        // never opened for writing again (an edition out of use is unlinked, which leaves mappings whole), and our own
        // nameless temporary files, which nobody else can open. What the bytes say is checked wherever it is read.
        let map = unsafe { Mmap::map(file)? };
        let range = 0..map.len();
        Ok(Bytes { map: Arc::new(map), range })
    }
}

impl Bytes {
    /// `len` bytes from `at`; an error where there are not as many.
    pub fn part(&self, at: u64, len: u64) -> Result<Bytes> {
        let outside = || Error::Damaged("a section lies outside of the file");
        let start = usize::try_from(at).ok().and_then(|at| self.range.start.checked_add(at)).ok_or_else(outside)?;
        let end = usize::try_from(len).ok().and_then(|len| start.checked_add(len)).ok_or_else(outside)?;
        if end > self.range.end { Err(outside()) } else { Ok(Bytes { map: self.map.clone(), range: start..end }) }
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.map.get(self.range.clone()).unwrap_or_default()
    }
}
