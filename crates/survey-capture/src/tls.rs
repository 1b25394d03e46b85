//! TLS of the crawler: a bad certificate is noted, not an obstacle, because people click past it too and the
//! survey has to read what they read. Signatures of the handshake are always verified.

use std::path::Path;
use std::sync::{Arc, Mutex};

use outbound::TrustError;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::{ClientConfig, DigitallySignedStruct, SignatureScheme};
use rustls_pki_types::{CertificateDer, ServerName, UnixTime};
use survey_archive::notes::TlsNote;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// The trust anchors: the roots that browsers trust, and the operator's own.
#[derive(Clone)]
pub struct Tls {
    verifier: Arc<WebPkiServerVerifier>,
    provider: Arc<rustls::crypto::CryptoProvider>,
}

#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    #[error(transparent)]
    Trust(#[from] TrustError),
    #[error("TLS set-up: {0}")]
    SetUp(String),
    #[error("TLS handshake: {0}")]
    Handshake(String),
}

impl Tls {
    /// # Errors
    /// When the CA file cannot be read or holds no certificate.
    pub fn new(ca: Option<&Path>) -> Result<Self, TlsError> {
        let roots = outbound::roots(ca)?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone())
            .build()
            .map_err(|e| TlsError::SetUp(e.to_string()))?;
        Ok(Self { verifier, provider })
    }

    /// A handshake over an open connection, and what it showed.
    ///
    /// # Errors
    /// When the server does not speak TLS 1.2 or 1.3, or breaks the handshake.
    pub async fn connect(&self, host: &str, stream: TcpStream) -> Result<(TlsStream<TcpStream>, TlsNote), TlsError> {
        let seen = Arc::new(Noting { inner: self.verifier.clone(), problem: Mutex::new(None) });
        let mut config = ClientConfig::builder_with_provider(self.provider.clone())
            .with_safe_default_protocol_versions()
            .map_err(|e| TlsError::SetUp(e.to_string()))?
            .dangerous()
            .with_custom_certificate_verifier(seen.clone())
            .with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        let bare = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let name = ServerName::try_from(bare).map_err(|e| TlsError::Handshake(e.to_string()))?;
        let stream = TlsConnector::from(Arc::new(config))
            .connect(name, stream)
            .await
            .map_err(|e| TlsError::Handshake(e.to_string()))?;
        let problem = seen.problem.lock().ok().and_then(|p| p.clone());
        let note = note(&stream, problem);
        Ok((stream, note))
    }
}

fn note(stream: &TlsStream<TcpStream>, problem: Option<String>) -> TlsNote {
    let (_, session) = stream.get_ref();
    let version = match session.protocol_version() {
        Some(rustls::ProtocolVersion::TLSv1_3) => "TLSv1.3",
        Some(rustls::ProtocolVersion::TLSv1_2) => "TLSv1.2",
        _ => "",
    };
    let mut note = TlsNote { version: version.to_owned(), valid: problem.is_none(), problem, ..TlsNote::default() };
    let leaf = session.peer_certificates().and_then(<[_]>::first);
    if let Some((_, cert)) = leaf.and_then(|der| x509_parser::parse_x509_certificate(der).ok()) {
        let at = |t: x509_parser::time::ASN1Time| jiff::Timestamp::from_second(t.timestamp()).map(|t| t.to_string());
        note.issuer = cert.issuer().to_string();
        note.not_before = at(cert.validity().not_before).unwrap_or_default();
        note.not_after = at(cert.validity().not_after).unwrap_or_default();
    }
    note
}

/// Asks the real verifier, keeps its objection, and goes on.
#[derive(Debug)]
struct Noting {
    inner: Arc<WebPkiServerVerifier>,
    problem: Mutex<Option<String>>,
}

impl ServerCertVerifier for Noting {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        if let Err(e) = self.inner.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
            && let Ok(mut problem) = self.problem.lock()
        {
            *problem = Some(e.to_string());
        }
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.inner.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.inner.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}
