//! Signed notes, <https://c2sp.org/signed-note>: a text, a blank line, and who signed it. The tools of others read them.

use data_encoding::{BASE64, HEXLOWER};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use kernel_base::{Error, Result};
use sha2::{Digest, Sha256};

/// Signed notes know Ed25519 by this number.
const ED25519: u8 = 1;
/// What a line with a signature begins with.
const MARK: &str = "\u{2014} ";

/// The public half of a signing key: `name+id+key`, as other tools want it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    key: VerifyingKey,
}

impl VerifierKey {
    /// The key that goes with a secret.
    pub fn of(secret: &[u8; 32], name: &str) -> VerifierKey {
        VerifierKey { name: name.to_owned(), key: SigningKey::from_bytes(secret).verifying_key() }
    }

    pub fn parse(text: &str) -> Result<VerifierKey> {
        let read = || {
            let mut parts = text.trim().splitn(3, '+');
            let (name, id, key) = (parts.next()?, parts.next()?, BASE64.decode(parts.next()?.as_bytes()).ok()?);
            let (&ED25519, bytes) = key.split_first()? else { return None };
            let key = VerifyingKey::from_bytes(bytes.try_into().ok()?).ok()?;
            let found = VerifierKey { name: name.to_owned(), key };
            (HEXLOWER.encode(&found.id()) == id).then_some(found)
        };
        read().ok_or_else(|| Error::Refused("this is no verifier key; one looks like name+1a2b3c4d+AQ…".into()))
    }

    /// Four bytes by which a signature says whose it is.
    fn id(&self) -> [u8; 4] {
        let named = Sha256::new().chain_update(&self.name).chain_update([b'\n', ED25519]);
        let digest = named.chain_update(self.key).finalize();
        [digest[0], digest[1], digest[2], digest[3]]
    }

    /// Whether this line is a signature over the text by this key, under whatever name.
    fn made(&self, line: &str, text: &str) -> bool {
        let verified = || {
            let (name, signed) = line.strip_prefix(MARK)?.split_once(' ')?;
            let bytes = BASE64.decode(signed.as_bytes()).ok()?;
            let (id, signature) = bytes.split_at_checked(4)?;
            let named = VerifierKey { name: name.to_owned(), key: self.key };
            let signature = Signature::from_slice(signature).ok()?;
            (named.id() == id && self.key.verify_strict(text.as_bytes(), &signature).is_ok()).then_some(())
        };
        verified().is_some()
    }
}

impl std::fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let key = [&[ED25519], self.key.as_bytes().as_slice()].concat();
        write!(f, "{}+{}+{}", self.name, HEXLOWER.encode(&self.id()), BASE64.encode(&key))
    }
}

/// Signs a text that ends with a line break.
pub(crate) fn sign(text: &str, name: &str, secret: &[u8; 32]) -> String {
    let signature = SigningKey::from_bytes(secret).sign(text.as_bytes());
    let signed = [VerifierKey::of(secret, name).id().as_slice(), &signature.to_bytes()].concat();
    format!("{text}\n{MARK}{name} {}\n", BASE64.encode(&signed))
}

/// The text of a note that this key signed.
pub(crate) fn open(note: &str, key: &VerifierKey) -> Result<String> {
    let refused = |why: &str| Error::Refused(format!("this signed note cannot be verified: {why}"));
    let (text, signatures) = note.rsplit_once("\n\n").ok_or_else(|| refused("there is no blank line in it"))?;
    let text = format!("{text}\n");
    if !signatures.lines().any(|line| key.made(line, &text)) {
        return Err(refused("none of its signatures was made with this key"));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    // From the documentation of golang.org/x/mod/sumdb/note.
    const KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const SECRET: &[u8] = b"AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    const NOTE: &str = "If you think cryptography is the answer to your problem,\n\
        then you don't know what your problem is.\n\n\
        — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    #[test]
    fn notes_and_keys_are_those_of_the_go_implementation() {
        let secret = BASE64.decode(SECRET).unwrap()[1..].try_into().unwrap();
        assert_eq!(VerifierKey::of(&secret, "PeterNeumann").to_string(), KEY);
        let key = VerifierKey::parse(KEY).unwrap();
        assert_eq!(key.to_string(), KEY);
        assert_eq!(sign(&open(NOTE, &key).unwrap(), "PeterNeumann", &secret), NOTE);
    }

    #[test]
    fn a_note_with_one_other_letter_or_signed_by_another_does_not_verify() {
        let key = VerifierKey::parse(KEY).unwrap();
        assert!(open(&NOTE.replace("answer", "anzwer"), &key).is_err());
        assert!(open(NOTE, &VerifierKey::of(&[8; 32], "PeterNeumann")).is_err());
        assert!(open("no note", &key).is_err() && VerifierKey::parse(&KEY.replace("c74f20a3", "c74f20a4")).is_err());
    }
}
