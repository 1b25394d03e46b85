//! Codes that people read from a page or a letter and type: no letters that look alike, hyphens and case do not count.

use data_encoding::BASE64URL_NOPAD;
use kernel_base::Random;

/// Crockford's base 32.
const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Crockford's check: the number modulo 37; only numbers whose check is one of the 32 symbols are drawn.
const CHECK: u64 = 37;

/// A number for a matter: 8 symbols (40 random bits) and a check symbol, so that a slip of the hand is noticed.
pub fn reference(random: &dyn Random) -> String {
    loop {
        let number = draw(random);
        let check = number % CHECK;
        if check < 32 {
            return format!("{}{}", symbols(number), char::from(SYMBOLS[check as usize]));
        }
    }
}

/// A reference as it is kept; `None` when it is none or the check symbol says that it was mistyped.
pub fn read_reference(typed: &str) -> Option<String> {
    let text = plain(typed);
    let (number, check) = text.split_at_checked(8)?;
    let number = value(number)?;
    (value(check)? == number % CHECK && check.len() == 1).then_some(text)
}

/// Eight symbols (40 random bits) for a letter.
pub fn letter_code(random: &dyn Random) -> String {
    symbols(draw(random))
}

/// As codes are compared: capitals, without hyphens and spaces, `O` read as zero, `I` and `L` as one.
pub fn plain(typed: &str) -> String {
    let symbols = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').flat_map(char::to_uppercase);
    let alike = symbols.map(|c| match c {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    });
    alike.take(40).collect()
}

/// In groups of four, as it is shown: `7K3M-9QX2-T`.
pub fn grouped(code: &str) -> String {
    let symbols: Vec<char> = code.chars().collect();
    let groups: Vec<String> = symbols.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join("-")
}

/// 256 random bits that only programs read: for cookies, addresses and keys.
pub fn secret(random: &dyn Random) -> String {
    let mut bytes = [0; 32];
    random.fill(&mut bytes);
    BASE64URL_NOPAD.encode(&bytes)
}

/// Six digits, each as likely as another.
pub fn pin(random: &dyn Random) -> String {
    const FAIR: u32 = u32::MAX - u32::MAX % 1_000_000;
    loop {
        let mut bytes = [0; 4];
        random.fill(&mut bytes);
        let number = u32::from_be_bytes(bytes);
        if number < FAIR {
            return format!("{:06}", number % 1_000_000);
        }
    }
}

fn draw(random: &dyn Random) -> u64 {
    let mut bytes = [0; 8];
    random.fill(&mut bytes[3..]);
    u64::from_be_bytes(bytes)
}

fn symbols(number: u64) -> String {
    (0..8).rev().map(|place| char::from(SYMBOLS[(number >> (place * 5) & 31) as usize])).collect()
}

fn value(text: &str) -> Option<u64> {
    text.bytes().try_fold(0, |number, byte| {
        let symbol = SYMBOLS.iter().position(|symbol| *symbol == byte)?;
        Some(number << 5 | symbol as u64)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel_base::SeededRandom;

    #[test]
    fn a_reference_is_read_however_it_is_typed_and_a_mistyped_one_is_noticed() {
        let random = SeededRandom::new(1);
        for _ in 0..200 {
            let reference = reference(&random);
            assert_eq!(reference.len(), 9);
            let typed = grouped(&reference).to_lowercase().replace('0', "o").replace('1', "l");
            assert_eq!(read_reference(&typed), Some(reference.clone()), "{typed}");
            for place in 0..9 {
                let mut wrong = reference.clone().into_bytes();
                wrong[place] = if wrong[place] == b'7' { b'8' } else { b'7' };
                assert_eq!(read_reference(&String::from_utf8_lossy(&wrong)), None, "{reference} at {place}");
            }
        }
        for wrong in ["", "7", "7K3M-9QX2", "한글한글한글한글한", "UUUU-UUUU-U", "0000-0000-0000"] {
            assert_eq!(read_reference(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn pins_are_six_digits_and_codes_eight_symbols() {
        let random = SeededRandom::new(2);
        let pins: std::collections::BTreeSet<String> = (0..500).map(|_| pin(&random)).collect();
        assert!(pins.len() > 495 && pins.iter().all(|pin| pin.len() == 6 && pin.bytes().all(|b| b.is_ascii_digit())));
        assert_eq!(letter_code(&random).len(), 8);
    }
}
