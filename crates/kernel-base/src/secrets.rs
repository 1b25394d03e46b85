use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::{Error, Random, Result};

const NONCE: usize = 24;

/// Stands before what is sealed now. A later key or cipher gets the next number, and both are read until all is sealed anew.
const VERSION: &str = "1";

/// The city's one master key; everything else that must stay secret is derived from it or sealed by it, each for one
/// purpose, so that a key found in one place opens nothing elsewhere. All nodes of a city hold the same key.
#[derive(Clone)]
pub struct Secrets([u8; 32]);

impl Secrets {
    pub fn new(master: [u8; 32]) -> Secrets {
        Secrets(master)
    }

    /// The key of one purpose: HMAC-SHA-256 of the purpose under the master key (RFC 2104).
    pub fn key(&self, purpose: &str) -> [u8; 32] {
        mac(&self.0, purpose.as_bytes())
    }

    /// A keyed hash as 64 hexadecimal digits: finds what is known, tells nothing to who only has the database.
    pub fn hash(&self, purpose: &str, text: &str) -> String {
        HEXLOWER.encode(&mac(&self.key(purpose), text.as_bytes()))
    }

    /// Encrypts for storage: `1.`, then nonce and text as base64url (XChaCha20-Poly1305).
    ///
    /// # Errors
    /// Only for texts beyond the cipher's limit of 256 GiB.
    pub fn seal(&self, purpose: &str, plain: &[u8], random: &dyn Random) -> Result<String> {
        let mut sealed = vec![0u8; NONCE];
        random.fill(&mut sealed);
        let cipher = XChaCha20Poly1305::new(&self.key(purpose).into());
        let encrypted = cipher.encrypt(XNonce::from_slice(&sealed), plain);
        sealed.extend(encrypted.map_err(|_| Error::Fault("a secret could not be sealed".to_owned()))?);
        Ok(format!("{VERSION}.{}", BASE64URL_NOPAD.encode(&sealed)))
    }

    /// Decrypts what [`Secrets::seal`] made for the same purpose.
    ///
    /// # Errors
    /// When it was altered, or sealed under another master key, for another purpose or in a way that is not known.
    pub fn open(&self, purpose: &str, sealed: &str) -> Result<Vec<u8>> {
        let sealed = match sealed.split_once('.') {
            Some((VERSION, sealed)) => sealed,
            Some((version, _)) => {
                let why = format!("a sealed {purpose} is of version {version:?}; this program reads version {VERSION}");
                return Err(Error::Fault(why));
            }
            None => return Err(Error::Fault(format!("a sealed {purpose} has no version in front: it is not of ours"))),
        };
        let wrong = || Error::Fault(format!("a sealed {purpose} does not open: is the master key the right one?"));
        let bytes = BASE64URL_NOPAD.decode(sealed.as_bytes()).map_err(|_| wrong())?;
        let (nonce, text) = bytes.split_at_checked(NONCE).ok_or_else(wrong)?;
        let cipher = XChaCha20Poly1305::new(&self.key(purpose).into());
        cipher.decrypt(XNonce::from_slice(nonce), text).map_err(|_| wrong())
    }
}

/// Never shown, in no log.
impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets")
    }
}

fn mac(key: &[u8], text: &[u8]) -> [u8; 32] {
    // HMAC takes keys of every length.
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(key).expect("a key of any length");
    mac.update(text);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SeededRandom;

    #[test]
    fn what_is_sealed_opens_only_for_its_purpose_and_under_its_key() {
        let (ours, theirs) = (Secrets::new([1; 32]), Secrets::new([2; 32]));
        let sealed = ours.seal("totp", b"JBSWY3DPEHPK3PXP", &SeededRandom::new(1)).expect("seals");
        assert_eq!(ours.open("totp", &sealed).expect("opens"), b"JBSWY3DPEHPK3PXP");
        assert!(ours.open("address", &sealed).is_err() && theirs.open("totp", &sealed).is_err());
        assert!(ours.open("totp", "").is_err() && ours.open("totp", &sealed.replacen('.', ".A", 1)).is_err());
    }

    #[test]
    fn what_is_sealed_says_by_which_version_and_others_are_not_guessed_at() {
        let secrets = Secrets::new([1; 32]);
        let sealed = secrets.seal("totp", b"JBSWY3DPEHPK3PXP", &SeededRandom::new(1)).expect("seals");
        let bare = sealed.strip_prefix("1.").expect("the version stands in front");
        let why = |sealed: &str| secrets.open("totp", sealed).expect_err("not opened").to_string();
        assert_eq!(why(&format!("2.{bare}")), "a sealed totp is of version \"2\"; this program reads version 1");
        assert!(why(bare).contains("no version"));
    }

    #[test]
    fn keyed_hashes_differ_by_purpose_and_key() {
        let (ours, theirs) = (Secrets::new([1; 32]), Secrets::new([2; 32]));
        assert_eq!(ours.hash("pin", "1234"), ours.hash("pin", "1234"));
        assert_ne!(ours.hash("pin", "1234"), ours.hash("person", "1234"));
        assert_ne!(ours.hash("pin", "1234"), theirs.hash("pin", "1234"));
    }

    #[test]
    fn secrets_are_not_shown() {
        assert_eq!(format!("{:?}", Secrets::new([7; 32])), "Secrets");
    }
}
