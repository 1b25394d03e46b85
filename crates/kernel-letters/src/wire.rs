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

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use rustls::ServerConfig;
    use rustls_pki_types::PrivateKeyDer;
    use tokio::net::TcpListener;
    use tokio_rustls::TlsAcceptor;

    use super::*;
    use crate::email;
    use crate::settings::{Encryption, Smtp};

    /// Answers TLS for these names until the test ends; gives its port and its certificate as a file.
    async fn server(folder: &Path, names: &[&str]) -> (u16, PathBuf) {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let made = rcgen::generate_simple_self_signed(names).expect("a certificate");
        let file = folder.join("authority.pem");
        std::fs::write(&file, made.cert.pem()).expect("writes");
        let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).expect("a key");
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .expect("a server");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        tokio::spawn(async move {
            let acceptor = TlsAcceptor::from(Arc::new(config));
            while let Ok((stream, _)) = listener.accept().await {
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    if let Ok(mut stream) = acceptor.accept(stream).await {
                        // As much as a mail server says first.
                        let _ = tokio::io::AsyncWriteExt::write_all(&mut stream, b"220 here\r\n").await;
                        tokio::time::sleep(Duration::from_secs(5)).await;
                    }
                });
            }
        });
        (port, file)
    }

    #[tokio::test]
    async fn a_server_must_prove_its_name_by_a_trusted_authority() {
        let folder = tempfile::tempdir().expect("a folder");
        let (port, authority) = server(folder.path(), &["localhost"]).await;
        let line = async || plain("localhost", port).await.expect("connects");
        assert!(encrypted(line().await, "localhost", &authority).await.is_ok(), "trusted when it is named");
        assert!(encrypted(line().await, "localhost", Path::new("")).await.is_err(), "not known to browsers");
        assert!(encrypted(line().await, "mail.example", &authority).await.is_err(), "another name");

        let post = |ca_file: PathBuf| Smtp {
            host: "localhost".into(),
            port,
            tls: Encryption::Implicit,
            ca_file,
            ..Smtp::default()
        };
        let stranger = email::server(&post(PathBuf::new())).expect("a server").test_connection().await;
        assert!(stranger.is_err_and(|cause| cause.is_tls() || cause.to_string().contains("certificate")));
    }
}
