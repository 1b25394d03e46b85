//! `items?f=gpkg` and the like: all of a layer that a reader may see, as a file that starts to come at once.

use std::io::{self, Write};

use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::Response;
use kernel_web::{Asked, Failure, as_it_is};
use map_formats::Format;
use tokio::sync::mpsc::{Sender, channel};

use super::answer::{of, only, with};
use crate::export;
use crate::served::Seen;

/// Words of `f` for files, in the order of the page.
pub const OFFERED: &[&str] = &["gpkg", "fgb", "geojsonl", "csv", "parquet", "zip", "kml", "gpx"];
/// Bytes that are handed on at a time, and pieces that may wait.
const PIECE: usize = 64 * 1024;
const WAITING: usize = 8;

/// The file that `f` asks for; `None` for JSON and pages.
pub fn format(asked: &Asked) -> Option<Format> {
    let word = OFFERED.iter().find(|word| **word == asked.text("f"))?;
    Format::ALL.into_iter().find(|format| format.is_written() && format.ending() == *word)
}

/// # Errors
/// 400 when a part of the layer is asked for: files are whole.
pub fn file(seen: Seen, asked: &Asked, format: Format) -> Result<Response, Failure> {
    only(asked, &[])?;
    let (sender, mut pieces) = channel::<io::Result<Bytes>>(WAITING);
    let name = format!("attachment; filename=\"{}.{}\"", seen.served.layer.name, format.ending());
    tokio::task::spawn_blocking(move || {
        let mut out = Pieces { sender: sender.clone(), piece: Vec::with_capacity(PIECE) };
        let written = export::write(&seen.served, &seen.mask, format, &mut out);
        if let Err(cause) =
            written.map_err(|cause| cause.to_string()).and_then(|_| out.flush().map_err(|c| c.to_string()))
        {
            tracing::warn!(cause, layer = seen.served.layer.name, "a file broke off");
            // Breaks the connection off, so that nobody takes half a file for a whole one.
            let _ = sender.blocking_send(Err(io::Error::other("the file broke off")));
        }
    });
    let pieces = futures::stream::poll_fn(move |context| pieces.poll_recv(context));
    let response = of(Body::from_stream(pieces), format.media_type());
    Ok(as_it_is(with(response, header::CONTENT_DISPOSITION, &name)))
}

/// Hands on what is written, piece by piece; waits for a slow reader.
struct Pieces {
    sender: Sender<io::Result<Bytes>>,
    piece: Vec<u8>,
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE));
        if piece.is_empty() {
            return Ok(());
        }
        let gone = |_| io::Error::new(io::ErrorKind::BrokenPipe, "nobody reads the file any more");
        self.sender.blocking_send(Ok(piece.into())).map_err(gone)
    }
}
