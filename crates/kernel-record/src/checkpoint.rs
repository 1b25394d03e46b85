//! A checkpoint of the audit trail: how long it is and the root over all its entries, signed. Whoever keeps one can prove
//! later whether what it covers was rewritten, even by somebody who computed the whole chain anew.
//! The form is that of transparency logs, <https://c2sp.org/tlog-checkpoint>.

use data_encoding::BASE64;
use kernel_base::{Error, Result};

use crate::note::{self, VerifierKey};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Whose trail: a name without spaces and plus signs, usually the portal's host.
    pub origin: String,
    /// Number of entries covered.
    pub size: i64,
    /// Root of the Merkle tree over them (RFC 6962).
    pub root: [u8; 32],
}

impl Checkpoint {
    /// The signed note.
    pub fn sign(&self, secret: &[u8; 32]) -> String {
        let text = format!("{}\n{}\n{}\n", self.origin, self.size, BASE64.encode(&self.root));
        note::sign(&text, &self.origin, secret)
    }

    /// Reads a signed note and verifies that this key signed it, under whatever name.
    pub fn open(signed: &str, key: &VerifierKey) -> Result<Checkpoint> {
        let text = note::open(signed, key)?;
        let mut lines = text.lines();
        let mut line = || lines.next().unwrap_or_default();
        let (origin, size, root) = (line().to_owned(), line().parse(), BASE64.decode(line().as_bytes()));
        match (size, root.ok().and_then(|root| root.try_into().ok())) {
            (Ok(size), Some(root)) if size >= 0 => Ok(Checkpoint { origin, size, root }),
            _ => {
                Err(Error::Refused("this note is no checkpoint: a number and a hash must follow its first line".into()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checkpoint_comes_back_as_it_was_signed() {
        let point = Checkpoint { origin: "city.example".into(), size: 12, root: [9; 32] };
        let key = VerifierKey::of(&[7; 32], "renamed.example");
        let signed = point.sign(&[7; 32]);
        assert_eq!(Checkpoint::open(&signed, &key).unwrap(), point);
        assert!(Checkpoint::open(&signed.replace("\n12\n", "\n11\n"), &key).is_err());
        assert!(Checkpoint::open(&note::sign("a letter\n", "city.example", &[7; 32]), &key).is_err());
    }
}
