//! GIF (version 89a): blocks; comments and other programs' notes are blocks of their own.

use crate::picture::{Bytes, Cleaned};

/// How often an animation runs; the only notes of programs that show.
const LOOPS: [&[u8]; 2] = [b"NETSCAPE2.0", b"ANIMEXTS1.0"];

pub(crate) fn clean(bytes: &[u8]) -> Option<Cleaned> {
    let mut input = Bytes(bytes);
    let head = input.take(13)?;
    if !head.starts_with(b"GIF87a") && !head.starts_with(b"GIF89a") {
        return None;
    }
    let two = |at: usize| u32::from(u16::from_le_bytes([head[at], head[at + 1]]));
    let (width, height) = (two(6), two(8));
    let mut whole = head.to_vec();
    whole.extend_from_slice(input.take(table(head[10]))?);
    let mut frames = 0;
    loop {
        let begin = input.0;
        let show = match input.byte()? {
            0x3b => break,
            0x2c => {
                frames += 1;
                let flags = input.take(9)?[8];
                input.take(table(flags) + 1)?;
                sub_blocks(&mut input)?;
                true
            }
            0x21 => {
                let label = input.byte()?;
                let first = input.0;
                sub_blocks(&mut input)?;
                label == 0xf9 || (label == 0xff && first.get(1..12).is_some_and(|name| LOOPS.contains(&name)))
            }
            _ => return None,
        };
        if show {
            whole.extend_from_slice(&begin[..begin.len() - input.0.len()]);
        }
    }
    whole.push(0x3b);
    (frames > 0).then_some(Cleaned { bytes: whole, width, height, frames })
}

/// Bytes of a colour table.
fn table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

fn sub_blocks(input: &mut Bytes) -> Option<()> {
    loop {
        match input.byte()? {
            0 => return Some(()),
            length => input.take(usize::from(length))?,
        };
    }
}
