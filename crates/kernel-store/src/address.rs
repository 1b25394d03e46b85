//! Which addresses of PostgreSQL are taken, and how safe the way there must be. An address is never shown: it may hold a
//! password.

use std::net::IpAddr;
use std::str::FromStr;

use kernel_base::{Error, Result};
use sqlx::postgres::{PgConnectOptions, PgSslMode};

pub(crate) fn options(address: &str) -> Result<PgConnectOptions> {
    let refused = |why: &str| Error::Refused(format!("the database's address cannot be used: {why}"));
    if !address.starts_with("postgres://") && !address.starts_with("postgresql://") {
        return Err(refused("it must look like postgres://user@host/name"));
    }
    let options = PgConnectOptions::from_str(address).map_err(|cause| refused(&cause.to_string()))?;
    if is_local(&options) {
        return Ok(options);
    }
    match options.get_ssl_mode() {
        PgSslMode::VerifyFull => {}
        PgSslMode::Require | PgSslMode::VerifyCa => tracing::warn!(
            "whether the PostgreSQL server is the right one is not checked: sslmode=verify-full in its address does"
        ),
        PgSslMode::Disable | PgSslMode::Allow | PgSslMode::Prefer => {
            return Err(refused(
                "PostgreSQL on another machine needs ?sslmode=verify-full (and sslrootcert=FILE for an authority of your own)",
            ));
        }
    }
    Ok(options)
}

/// A socket, or this machine itself.
fn is_local(options: &PgConnectOptions) -> bool {
    let host = options.get_host().trim_matches(['[', ']']);
    let loopback = || host.parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback());
    options.get_socket().is_some() || host.starts_with('/') || host == "localhost" || loopback()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_machine_is_asked_over_an_encrypted_line_only() {
        for mode in ["", "?sslmode=disable", "?sslmode=allow", "?sslmode=prefer"] {
            let why = options(&format!("postgres://madang@db.example/city{mode}")).expect_err(mode).to_string();
            assert!(why.contains("needs ?sslmode=verify-full"), "{mode}: {why}");
        }
        for mode in ["verify-full", "verify-ca", "require"] {
            assert!(options(&format!("postgres://madang@db.example/city?sslmode={mode}")).is_ok(), "{mode}");
        }
        assert!(options("postgres://madang@db.example/city?host=10.0.0.7").is_err());
        assert!(options("postgres://madang@localhost.example/city").is_err());
    }

    #[test]
    fn this_machine_is_asked_as_it_likes() {
        for host in ["localhost", "127.0.0.1", "[::1]:5433", "%2Frun%2Fpostgresql"] {
            assert!(options(&format!("postgres://madang@{host}/city")).is_ok(), "{host}");
        }
    }

    #[test]
    fn a_wrong_address_is_not_shown_with_its_password() {
        let wrong = [
            "mysql://madang:hunter2@db.example/city",
            "postgres://madang:hunter2@db.example/city",
            "postgres://madang:hunter2@db.example:port/city",
            "postgres://madang:hunt/er2hunter2@db.example/city",
            "postgres://madang:hunter2@db.example/city?sslmode=sometimes",
            "madang:hunter2@db.example",
        ];
        for address in wrong {
            let why = options(address).expect_err("refused").to_string();
            assert!(!why.contains("hunter2") && why.starts_with("the database's address cannot be used"), "{why}");
        }
    }
}
