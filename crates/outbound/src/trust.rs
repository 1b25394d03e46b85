//! Whose certificates are believed.

use std::path::Path;

use rustls::RootCertStore;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;

/// A file of trust anchors that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("trust anchors: {0}")]
pub struct TrustError(pub(crate) String);

/// The roots that browsers trust, and those in the operator's PEM files.
///
/// # Errors
/// When a file cannot be read or holds no certificate.
pub fn roots<'a>(files: impl IntoIterator<Item = &'a Path>) -> Result<RootCertStore, TrustError> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    for path in files {
        let name = path.display();
        let bytes = std::fs::read(path).map_err(|e| TrustError(format!("{name} cannot be read: {}", why(&e))))?;
        let problem = |e: &dyn std::fmt::Display| TrustError(format!("{name} cannot be read as certificates: {e}"));
        let before = roots.len();
        for cert in CertificateDer::pem_slice_iter(&bytes) {
            roots.add(cert.map_err(|e| problem(&e))?).map_err(|e| problem(&e))?;
        }
        if roots.len() == before {
            return Err(TrustError(format!("{name} holds no certificate in PEM form")));
        }
    }
    Ok(roots)
}

fn why(e: &std::io::Error) -> String {
    match e.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        kind => kind.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_certificates_is_named() {
        let folder = tempfile::tempdir().expect("folder");
        let file = folder.path().join("own.pem");
        std::fs::write(&file, "not a certificate").expect("written");
        let problem = roots([file.as_path()]).expect_err("nothing in it").to_string();
        assert!(problem.contains("own.pem"), "{problem}");
        let missing = roots([folder.path().join("missing.pem").as_path()]).expect_err("not there").to_string();
        assert!(missing.ends_with("missing.pem cannot be read: there is no such file"), "{missing}");
        assert!(!roots([]).expect("the public ones").is_empty());
    }
}
