//! Connections to the city's own servers: mailbox and message centre.

use std::fmt::Debug;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, ServerName};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

const PATIENCE: Duration = Duration::from_secs(10);

/// A connection, encrypted or not.
pub(crate) trait Wire: AsyncRead + AsyncWrite + Unpin + Send + Debug {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send + Debug> Wire for T {}

pub(crate) async fn plain(host: &str, port: u16) -> io::Result<Box<dyn Wire>> {
    let connecting = TcpStream::connect((host, port));
    let stream = tokio::time::timeout(PATIENCE, connecting).await??;
    stream.set_nodelay(true)?;
    Ok(Box::new(stream))
}

/// Encrypts a connection; the other side must prove that it is `host`.
pub(crate) async fn encrypted(wire: Box<dyn Wire>, host: &str, ca_file: &Path) -> io::Result<Box<dyn Wire>> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if !ca_file.as_os_str().is_empty() {
        for certificate in CertificateDer::pem_file_iter(ca_file).map_err(io::Error::other)? {
            roots.add(certificate.map_err(io::Error::other)?).map_err(io::Error::other)?;
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(host.to_owned()).map_err(io::Error::other)?;
    let shaking = TlsConnector::from(Arc::new(config)).connect(name, wire);
    Ok(Box::new(tokio::time::timeout(PATIENCE, shaking).await??))
}
