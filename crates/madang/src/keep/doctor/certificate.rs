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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keep::doctor::State;

    /// 2026-11-24T00:00:00Z.
    const NOW: Instant = Instant(1_795_478_400_000_000);

    /// A certificate that ends on this day of 2026, and its key, as files.
    fn files(folder: &std::path::Path, (month, day): (u8, u8)) -> Tls {
        let key = rcgen::KeyPair::generate().expect("a key");
        let mut wanted = rcgen::CertificateParams::new(vec!["city.example".to_owned()]).expect("a name");
        wanted.not_before = rcgen::date_time_ymd(2026, 1, 1);
        wanted.not_after = rcgen::date_time_ymd(2026, month, day);
        let certificate = wanted.self_signed(&key).expect("a certificate");
        let tls = Tls { certificate: folder.join("cert.pem"), key: folder.join("key.pem") };
        std::fs::write(&tls.certificate, certificate.pem()).expect("writes");
        std::fs::write(&tls.key, key.serialize_pem()).expect("writes");
        tls
    }

    #[test]
    fn an_end_is_told_two_weeks_before_and_after_it() {
        let folder = tempfile::tempdir().expect("a folder");
        for (ends, state, words) in [
            ((12, 9), State::Good, "is valid until 2026-12-09"),
            ((12, 7), State::Note, "is valid until 2026-12-07"),
            ((11, 25), State::Note, "is valid until 2026-11-25"),
            ((11, 23), State::Wrong, "ended on 2026-11-23"),
        ] {
            let finding = judged("TLS", &files(folder.path(), ends), NOW);
            assert!(finding.state == state && finding.found.contains(words), "{ends:?}: {}", finding.found);
            assert_eq!(state == State::Good, finding.todo.is_empty(), "{}", finding.todo);
        }
    }

    #[test]
    fn what_is_no_certificate_or_no_key_is_wrong() {
        let folder = tempfile::tempdir().expect("a folder");
        let tls = files(folder.path(), (12, 31));
        let away = folder.path().join("away.pem");
        let empty = folder.path().join("empty.pem");
        std::fs::write(&empty, "nothing").expect("writes");
        let broken = folder.path().join("broken.pem");
        std::fs::write(&broken, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n").expect("writes");
        for (certificate, key) in [
            (&tls.certificate, &away),
            (&tls.certificate, &tls.certificate),
            (&away, &tls.key),
            (&empty, &tls.key),
            (&broken, &tls.key),
        ] {
            let finding = judged("TLS", &Tls { certificate: certificate.clone(), key: key.clone() }, NOW);
            assert!(finding.state == State::Wrong && !finding.todo.is_empty(), "{}", finding.found);
        }
    }
}
