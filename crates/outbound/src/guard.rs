//! Who may be dialled. A name is resolved once, every address is checked, and the checked address is the one
//! that is dialled, so that a name which changes its address in between (DNS rebinding) gains nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpStream;

/// The addresses of a name. The operating system's resolver in production, a double in tests.
pub trait Resolve: Send + Sync {
    fn resolve<'a>(
        &'a self,
        host: &'a str,
        port: u16,
    ) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>>;
}

/// `getaddrinfo` of the operating system.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemResolver;

impl Resolve for SystemResolver {
    fn resolve<'a>(
        &'a self,
        host: &'a str,
        port: u16,
    ) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>> {
        Box::pin(async move { Ok(tokio::net::lookup_host((host, port)).await?.map(|a| a.ip()).collect()) })
    }
}

/// Why no connection was made.
#[derive(Debug, thiserror::Error)]
pub enum DialError {
    #[error("the name {host} has no address: {why}")]
    Dns { host: String, why: String },
    #[error("{host} leads to the address {address}, which is not public")]
    Refused { host: String, address: IpAddr },
    #[error("no connection to {host}: {why}")]
    Connect { host: String, why: String },
    #[error("no connection to {host} within {seconds} s")]
    Timeout { host: String, seconds: u64 },
}

/// Resolves, checks and dials. The one way out: for the crawler, for the browser's proxy and for [`crate::Client`].
#[derive(Clone)]
pub struct Dialler {
    resolver: Arc<dyn Resolve>,
    allow_private: bool,
    private_hosts: Arc<BTreeSet<String>>,
    mapped: Arc<BTreeMap<String, SocketAddr>>,
    connect: Duration,
}

impl Dialler {
    pub fn new(
        resolver: Arc<dyn Resolve>,
        allow_private: bool,
        mapped: &[(String, SocketAddr)],
        connect: Duration,
    ) -> Self {
        let mapped = mapped.iter().map(|(h, a)| (h.to_ascii_lowercase(), *a)).collect();
        Self { resolver, allow_private, private_hosts: Arc::default(), mapped: Arc::new(mapped), connect }
    }

    /// The operator's own servers: `idp.internal` on every port, or `sms.internal:8080` on this one, may have addresses
    /// that are not public. Names are compared whole: a name below or above another is a different one.
    #[must_use]
    pub fn with_private_hosts(mut self, hosts: &[String]) -> Self {
        self.private_hosts = Arc::new(hosts.iter().map(|host| host.to_ascii_lowercase()).collect());
        self
    }

    fn may_be_private(&self, host: &str, port: u16) -> bool {
        let host = host.to_ascii_lowercase();
        self.allow_private
            || self.private_hosts.contains(&format!("{host}:{port}"))
            || self.private_hosts.contains(&host)
    }

    /// The operator named this host's address.
    pub fn is_mapped(&self, host: &str) -> bool {
        self.mapped.contains_key(host)
    }

    /// True for hosts on this machine or mapped by the operator: nobody else is burdened by speed.
    pub fn is_near(&self, host: &str) -> bool {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        self.is_mapped(host) || bare == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
    }

    /// Resolves the name once and connects to an address that passed the check.
    ///
    /// # Errors
    /// When the name has no address, any of its addresses is not public, or none answers in time.
    pub async fn dial(&self, host: &str, port: u16) -> Result<(TcpStream, SocketAddr), DialError> {
        let work = self.resolve_and_connect(host, port);
        tokio::time::timeout(self.connect, work)
            .await
            .map_err(|_| DialError::Timeout { host: host.to_owned(), seconds: self.connect.as_secs() })?
    }

    async fn resolve_and_connect(&self, host: &str, port: u16) -> Result<(TcpStream, SocketAddr), DialError> {
        let mut why = "the name has no address".to_owned();
        for address in self.addresses(host, port).await? {
            match TcpStream::connect(address).await {
                Ok(stream) => {
                    let _ = stream.set_nodelay(true);
                    return Ok((stream, address));
                }
                Err(e) => why = e.to_string(),
            }
        }
        Err(DialError::Connect { host: host.to_owned(), why })
    }

    /// One private address among public ones refuses the whole name.
    async fn addresses(&self, host: &str, port: u16) -> Result<Vec<SocketAddr>, DialError> {
        if let Some(address) = self.mapped.get(host) {
            return Ok(vec![*address]);
        }
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let found = match bare.parse::<IpAddr>() {
            Ok(ip) => vec![ip],
            Err(_) => {
                let dns = |why: String| DialError::Dns { host: host.to_owned(), why };
                let found = self.resolver.resolve(host, port).await.map_err(|e| dns(e.to_string()))?;
                if found.is_empty() {
                    return Err(dns("empty answer".into()));
                }
                found
            }
        };
        if !self.may_be_private(host, port)
            && let Some(address) = found.iter().find(|ip| !is_public(**ip))
        {
            return Err(DialError::Refused { host: host.to_owned(), address: *address });
        }
        Ok(found.into_iter().map(|ip| SocketAddr::new(ip, port)).collect())
    }
}

/// Globally reachable by the IANA special-purpose registries (RFC 6890 and its updates).
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    !(a == 0
        || ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_broadcast()
        || ip.is_documentation()
        || ip.is_multicast()
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19))
        || a >= 240)
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    if let Some(v4) = embedded_v4(ip) {
        return is_public_v4(v4);
    }
    let s = ip.segments();
    // Only 2000::/3 is global unicast; documentation, benchmarking, Teredo, ORCHID and the like are cut out of it.
    (s[0] & 0xe000) == 0x2000
        && !(s[0] == 0x2001 && s[1] < 0x0200)
        && !(s[0] == 0x2001 && s[1] == 0x0db8)
        && !(s[0] == 0x3fff && s[1] < 0x1000)
}

/// IPv4 inside IPv6: mapped, compatible, translated (RFC 6052) and 6to4 (RFC 3056).
fn embedded_v4(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let s = ip.segments();
    let last = Ipv4Addr::from((u32::from(s[6]) << 16) | u32::from(s[7]));
    if let Some(v4) = ip.to_ipv4_mapped() {
        return Some(v4);
    }
    if s[..6] == [0; 6] && !ip.is_loopback() && !ip.is_unspecified() {
        return Some(last);
    }
    if s[..6] == [0x64, 0xff9b, 0, 0, 0, 0] {
        return Some(last);
    }
    (s[0] == 0x2002).then(|| Ipv4Addr::from((u32::from(s[1]) << 16) | u32::from(s[2])))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed(Vec<IpAddr>);

    impl Resolve for Fixed {
        fn resolve<'a>(
            &'a self,
            _: &'a str,
            _: u16,
        ) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>> {
            Box::pin(async { Ok(self.0.clone()) })
        }
    }

    fn ip(s: &str) -> IpAddr {
        s.parse().expect("address")
    }

    #[test]
    fn special_addresses_are_not_public() {
        for s in [
            "0.0.0.0",
            "10.1.2.3",
            "127.0.0.1",
            "100.64.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "192.168.1.1",
            "192.0.0.8",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "203.0.113.1",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::10.0.0.1",
            "64:ff9b::10.0.0.1",
            "2002:7f00:1::",
            "fe80::1",
            "fc00::1",
            "fd00:ec2::254",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "100::1",
        ] {
            assert!(!is_public(ip(s)), "{s}");
        }
        for s in ["1.1.1.1", "100.128.0.1", "172.32.0.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::1.1.1.1"] {
            assert!(is_public(ip(s)), "{s}");
        }
    }

    #[tokio::test]
    async fn one_private_address_among_public_ones_refuses_the_name() {
        let dialler =
            Dialler::new(Arc::new(Fixed(vec![ip("1.1.1.1"), ip("10.0.0.1")])), false, &[], Duration::from_secs(1));
        let answer = dialler.dial("city.example", 80).await;
        assert!(matches!(answer, Err(DialError::Refused { address, .. }) if address == ip("10.0.0.1")));
    }

    #[tokio::test]
    async fn literal_addresses_are_checked_and_mapped_hosts_are_not() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("bind");
        let at = listener.local_addr().expect("address");
        let map = [("city.example".to_owned(), at)];
        let dialler = Dialler::new(Arc::new(Fixed(vec![])), false, &map, Duration::from_secs(1));
        assert!(matches!(dialler.dial("127.0.0.1", at.port()).await, Err(DialError::Refused { .. })));
        assert!(matches!(dialler.dial("[::1]", at.port()).await, Err(DialError::Refused { .. })));
        let (_, reached) = dialler.dial("city.example", 443).await.expect("mapped");
        assert_eq!(reached, at);
        assert!(matches!(dialler.dial("other.example", 80).await, Err(DialError::Dns { .. })));
    }

    #[tokio::test]
    async fn only_the_named_host_and_port_may_be_private() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("bind");
        let port = listener.local_addr().expect("address").port();
        let named = |hosts: &[String]| {
            Dialler::new(Arc::new(Fixed(vec![ip("127.0.0.1")])), false, &[], Duration::from_secs(1))
                .with_private_hosts(hosts)
        };
        let refused = |answer| matches!(answer, Err(DialError::Refused { .. }));
        let whole = named(&["idp.internal".into()]);
        assert!(whole.dial("IDP.internal", port).await.is_ok());
        assert!(refused(whole.dial("other.internal", port).await));
        assert!(refused(whole.dial("x.idp.internal", port).await));
        assert!(refused(whole.dial("127.0.0.1", port).await));
        let one_port = named(&[format!("idp.internal:{port}")]);
        assert!(one_port.dial("idp.internal", port).await.is_ok());
        assert!(refused(one_port.dial("idp.internal", 1).await));
    }
}
