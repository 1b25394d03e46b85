//! A connection that keeps the head of the answer exactly as received, which HTTP libraries do not give away:
//! evidence needs the order and the case of the fields.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Bytes of a head that are kept; the HTTP parser refuses longer heads before.
const MAX_HEAD: usize = 256 * 1024;

/// The head of the answer under way.
#[derive(Debug, Clone, Default)]
pub struct Head(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    bytes: Vec<u8>,
    whole: bool,
}

impl Head {
    /// Forgets the last answer: call before each request.
    pub fn reset(&self) {
        if let Ok(mut s) = self.0.lock() {
            *s = State::default();
        }
    }

    /// Status line, fields and the empty line of the final answer (`1xx` answers are left out).
    pub fn take(&self) -> Vec<u8> {
        self.0.lock().map(|mut s| std::mem::take(&mut s.bytes)).unwrap_or_default()
    }

    fn hear(&self, bytes: &[u8]) {
        let Ok(mut s) = self.0.lock() else { return };
        if s.whole || s.bytes.len() >= MAX_HEAD {
            return;
        }
        let from = s.bytes.len().saturating_sub(3);
        s.bytes.extend_from_slice(bytes);
        let mut from = from;
        while let Some(end) = end_of_head(&s.bytes, from) {
            if s.bytes.get(9) == Some(&b'1') {
                s.bytes.drain(..end);
                from = 0;
            } else {
                s.bytes.truncate(end);
                s.whole = true;
                return;
            }
        }
    }
}

fn end_of_head(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(n) = bytes.get(at..)?.iter().position(|&b| b == b'\n') {
        at += n + 1;
        match bytes.get(at..)? {
            [b'\n', ..] => return Some(at + 1),
            [b'\r', b'\n', ..] => return Some(at + 2),
            _ => {}
        }
    }
    None
}

/// Reads and writes through, and lets the [`Head`] hear what is read.
pub struct Tap<T> {
    pub inner: T,
    pub head: Head,
}

impl<T: AsyncRead + Unpin> AsyncRead for Tap<T> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let done = Pin::new(&mut self.inner).poll_read(cx, buf);
        if let Poll::Ready(Ok(())) = done
            && let Some(new) = buf.filled().get(before..)
        {
            self.head.hear(new);
        }
        done
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Tap<T> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_is_kept_byte_by_byte_whatever_the_reads() {
        let answer = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nx-B: 1\r\nX-a: 2\r\n\r\nbody\r\n\r\n";
        for size in 1..answer.len() {
            let head = Head::default();
            head.reset();
            for part in answer.chunks(size) {
                head.hear(part);
            }
            assert_eq!(head.take(), b"HTTP/1.1 200 OK\r\nx-B: 1\r\nX-a: 2\r\n\r\n", "reads of {size}");
        }
    }
}
