use sha2::{Digest, Sha256};

/// The two hidden fields of a form's proof of work, as a browser would send them after the work.
pub fn proof_of(page: &str) -> [(&'static str, String); 2] {
    let number = |name| value_after(page, &format!("data-{name}=\"")).parse().expect("a number");
    let (seed, bits): (_, u32) = (value_after(page, "data-proof=\""), number("bits"));
    let solved = |part: u32, nonce: &u64| {
        let digest = Sha256::digest(format!("{seed}.{part}.{nonce}"));
        u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]).leading_zeros() >= bits
    };
    let find = |part| (0..).find(|nonce| solved(part, nonce)).expect("there always is one").to_string();
    let answer: Vec<String> = (0..number("parts")).map(find).collect();
    [("proof", value_after(page, "name=\"proof\" value=\"")), ("proof-answer", answer.join("."))]
}

fn value_after(page: &str, start: &str) -> String {
    let (_, rest) = page.split_once(start).unwrap_or_else(|| panic!("no {start} in {page}"));
    rest.split('"').next().unwrap_or_default().to_owned()
}
