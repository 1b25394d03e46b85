//! Whether the certificate can be used, and for how long.

use kernel_base::Instant;
use kernel_web::Tls;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::Finding;

/// So many days before the end somebody should look why it was not renewed.
const SOON_DAYS: i64 = 14;

pub fn judged(check: &'static str, tls: &Tls, now: Instant) -> Finding {
    let (certificate, key) = (tls.certificate.display(), tls.key.display());
    if let Err(cause) = PrivateKeyDer::from_pem_file(&tls.key) {
        return Finding::wrong(check, format!("{key} cannot be used: {cause}"), "it must be a private key in PEM");
    }
    let first = CertificateDer::pem_file_iter(&tls.certificate).map(|mut found| found.next());
    let first = match first {
        Ok(Some(Ok(first))) => first,
        Ok(Some(Err(cause))) | Err(cause) => {
            let found = format!("{certificate} cannot be used: {cause}");
            return Finding::wrong(check, found, "it must be a chain of certificates in PEM");
        }
        Ok(None) => return Finding::wrong(check, format!("{certificate} holds no certificate"), "name the chain"),
    };
    let Ok((_, leaf)) = x509_parser::parse_x509_certificate(&first) else {
        return Finding::wrong(
            check,
            format!("{certificate} cannot be read"),
            "it must be a chain of certificates in PEM",
        );
    };
    let ends = Instant(leaf.validity().not_after.timestamp().saturating_mul(1_000_000));
    let found = format!("{certificate} is valid until {ends}");
    let renew = "renew it and restart the city";
    if ends < now {
        Finding::wrong(check, format!("{certificate} ended on {ends}"), renew)
    } else if ends < now.plus_days(SOON_DAYS) {
        Finding::note(check, found, renew)
    } else {
        Finding::good(check, found)
    }
}
