//! Where a city is written to: sealed in the database.

use kernel_base::{Error, Random, Result, Secrets};

const PURPOSE: &str = "survey-contact";

/// As it is kept; what is unknown stays empty.
pub fn seal(secrets: &Secrets, address: &str, random: &dyn Random) -> Result<String> {
    match address.trim() {
        "" => Ok(String::new()),
        address => secrets.seal(PURPOSE, address.as_bytes(), random),
    }
}

/// The e-mail address; `None` when it is unknown.
pub fn open(secrets: &Secrets, sealed: &str) -> Result<Option<String>> {
    match sealed {
        "" => Ok(None),
        sealed => String::from_utf8(secrets.open(PURPOSE, sealed)?).map(Some).map_err(Error::fault),
    }
}
