use axum::http::{HeaderMap, StatusCode, header};
use data_encoding::BASE64URL_NOPAD;
use kernel_base::Error;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::Failure;
use crate::visit::text;

/// Endings that a compressed representation adds to its tag.
const CODINGS: [&str; 3] = ["-id", "-br", "-gzip"];

/// The tag of a body without its coding's ending.
pub(crate) fn digest(body: &[u8]) -> String {
    BASE64URL_NOPAD.encode(&Sha256::digest(body)[..12])
}

/// Lets a change happen only to what the program has seen: `If-Match` holds the `ETag` of the last answer (RFC 9110
/// §13.1.1). Call it inside the change's transaction with what GET would answer now. Without the header all is well.
///
/// # Errors
/// 412 when it was changed since.
pub fn if_match(headers: &HeaderMap, now: &impl Serialize) -> Result<(), Failure> {
    let known = text(headers, header::IF_MATCH);
    if !headers.contains_key(header::IF_MATCH) || known.trim() == "*" {
        return Ok(());
    }
    let now = digest(&serde_json::to_vec(now).map_err(Error::fault)?);
    let same = |tag: &str| {
        let tag = tag.trim().strip_prefix('"').and_then(|tag| tag.strip_suffix('"')).unwrap_or_default();
        CODINGS.iter().find_map(|coding| tag.strip_suffix(coding)).unwrap_or(tag) == now
    };
    match known.split(',').any(same) {
        true => Ok(()),
        false => Err(Failure::new(StatusCode::PRECONDITION_FAILED, "It was changed since you read it; read it again.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(tag: &str) -> HeaderMap {
        HeaderMap::from_iter([(header::IF_MATCH, tag.parse().expect("a header"))])
    }

    #[test]
    fn a_change_needs_the_tag_of_what_is_there_when_it_names_one() {
        let tag = digest(b"{\"name\":\"Parks\"}");
        let now = serde_json::json!({ "name": "Parks" });
        assert!(if_match(&HeaderMap::new(), &now).is_ok() && if_match(&with("*"), &now).is_ok());
        for good in [format!("\"{tag}-id\""), format!("\"{tag}-br\""), format!("\"x\", \"{tag}-gzip\"")] {
            assert!(if_match(&with(&good), &now).is_ok(), "{good}");
        }
        for old in ["\"x-id\"".to_owned(), format!("W/\"{tag}-id\""), tag.clone(), String::new()] {
            assert_eq!(if_match(&with(&old), &now).expect_err(&old).status, StatusCode::PRECONDITION_FAILED);
        }
    }
}
