use sha2::{Digest, Sha256};

/// Many small parts instead of one large: the time hardly varies, and progress can be shown.
pub(super) const PARTS: u32 = 16;

const LONGEST_NUMBER: usize = 10;

/// Whether each part's number, hashed with the seed, begins with enough zero bits: SHA-256 of `seed.part.number`.
pub(super) fn is_solved(seed: &str, bits: u32, answer: &str) -> bool {
    let numbers: Vec<&str> = answer.split('.').collect();
    let plain =
        |number: &&str| (1..=LONGEST_NUMBER).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    u32::try_from(numbers.len()) == Ok(PARTS)
        && numbers.iter().all(plain)
        && numbers.iter().zip(0..).all(|(number, part)| zeros(&format!("{seed}.{part}.{number}")) >= bits)
}

fn zeros(text: &str) -> u32 {
    let digest = Sha256::digest(text);
    u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]).leading_zeros()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn solve(seed: &str, bits: u32) -> String {
        let find =
            |part: u32| (0u64..).find(|n| zeros(&format!("{seed}.{part}.{n}")) >= bits).expect("found").to_string();
        (0..PARTS).map(find).collect::<Vec<_>>().join(".")
    }

    #[test]
    fn work_is_recognised_and_is_good_for_one_seed_only() {
        let answer = solve("a", 6);
        assert!(is_solved("a", 6, &answer));
        assert!(!is_solved("b", 6, &answer) && !is_solved("a", 22, &answer));
    }

    #[test]
    fn no_part_may_be_left_out() {
        let answer = solve("a", 4);
        let (fewer, _) = answer.rsplit_once('.').expect("parts");
        for wrong in ["", fewer, &format!("{answer}.0"), &answer.replacen('.', ".+", 1), &format!("{fewer}.")] {
            assert!(!is_solved("a", 4, wrong), "{wrong:?}");
        }
    }
}
