use data_encoding::HEXLOWER;
use kernel_base::{Error, Instant, Result};
use kernel_store::Row;
use sha2::{Digest, Sha256};

/// SHA-256.
pub(crate) type Hash = [u8; 32];

/// An entry of the audit trail as it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub id: String,
    pub at: Instant,
    pub act: String,
    pub who: String,
    pub subject: String,
    /// JSON, exactly as stored.
    pub detail: String,
}

impl Entry {
    pub(crate) fn read(row: &Row) -> Result<Entry> {
        Ok(Entry {
            id: row.text("id")?,
            at: Instant(row.int("at")?),
            act: row.text("act")?,
            who: row.text("who")?,
            subject: row.text("subject")?,
            detail: row.text("detail")?,
        })
    }

    /// All fields as one JSON array without spaces (RFC 8785): what is hashed, and what anybody can make again.
    pub fn canonical(&self) -> String {
        serde_json::json!([self.id, self.at.0, self.act, self.who, self.subject, self.detail]).to_string()
    }

    /// Hash of a leaf as RFC 6962 (certificate transparency) makes it.
    pub(crate) fn leaf(&self) -> Hash {
        Sha256::new().chain_update([0]).chain_update(self.canonical()).finalize().into()
    }
}

/// The hash that ties a leaf to all before it; the first follows 32 zero bytes.
pub(crate) fn chained(before: &Hash, leaf: &Hash) -> Hash {
    Sha256::new().chain_update(before).chain_update(leaf).finalize().into()
}

pub(crate) fn hex(hash: &Hash) -> String {
    HEXLOWER.encode(hash)
}

/// A stored hash; anything else than 64 hexadecimal digits was not written by us.
pub(crate) fn unhex(text: &str) -> Result<Hash> {
    let bytes = HEXLOWER.decode(text.as_bytes()).map_err(Error::fault)?;
    Hash::try_from(bytes).map_err(|_| Error::Fault(format!("{text} is no hash")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(act: &str, who: &str) -> Entry {
        Entry {
            id: "au_1".into(),
            at: Instant(5),
            act: act.into(),
            who: who.into(),
            subject: "sc_1".into(),
            detail: r#"{"a":"é\n"}"#.into(),
        }
    }

    #[test]
    fn the_canonical_form_is_json_that_others_can_make() {
        // python3: json.dumps([...], separators=(",", ":"), ensure_ascii=False)
        assert_eq!(
            entry("scorecard.kept", "visitor").canonical(),
            r#"["au_1",5,"scorecard.kept","visitor","sc_1","{\"a\":\"é\\n\"}"]"#
        );
    }

    #[test]
    fn moving_a_letter_from_one_field_to_the_next_changes_the_hash() {
        assert_ne!(entry("a", "bc").leaf(), entry("ab", "c").leaf());
    }
}
