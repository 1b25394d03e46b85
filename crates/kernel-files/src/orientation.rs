//! The one note of a camera that a picture needs: how to turn it (TIFF 6.0, tag 274).

const TAG: u16 = 0x0112;
const SHORT: u16 = 3;

/// 2 to 8 when the picture must be turned; `None` when it stands upright or nothing is said.
pub(crate) fn read(tiff: &[u8]) -> Option<u8> {
    let little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes: [u8; 2] = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let bytes: [u8; 4] = tiff.get(4..8)?.try_into().ok()?;
    let first = usize::try_from(if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) }).ok()?;
    let count = usize::from(short(first)?);
    let entry = (0..count).map(|place| first.saturating_add(2 + 12 * place)).find(|at| short(*at) == Some(TAG))?;
    let value = short(entry.checked_add(8)?)?;
    (short(entry + 2)? == SHORT && (2..=8).contains(&value)).then(|| u8::try_from(value).unwrap_or_default())
}

/// The smallest notes that say it.
pub(crate) fn write(turn: u8) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0\x01\0".to_vec();
    tiff.extend_from_slice(&TAG.to_le_bytes());
    tiff.extend_from_slice(&SHORT.to_le_bytes());
    tiff.extend_from_slice(&[1, 0, 0, 0, turn, 0, 0, 0, 0, 0, 0, 0]);
    tiff
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for turn in 2..=8 {
            assert_eq!(read(&write(turn)), Some(turn));
        }
        assert_eq!(read(&write(1)), None);
        let big = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        assert_eq!(read(big), Some(6));
    }

    #[test]
    fn broken_notes_say_nothing() {
        let whole = write(6);
        for length in 0..20 {
            assert_eq!(read(&whole[..length]), None);
        }
        assert_eq!(read(b"II*\0\xff\xff\xff\xff"), None);
        assert_eq!(read(b"II*\0\x08\0\0\0\xff\xff"), None);
    }
}
