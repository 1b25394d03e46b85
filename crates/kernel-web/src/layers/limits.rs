use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use moka::sync::Cache;

use crate::routes::is_safe;
use crate::{City, Failure, security};

/// How many unsafe requests came from each address in this minute.
#[derive(Clone)]
pub(crate) struct Posts {
    allowed: u32,
    counts: Cache<(IpAddr, i64), Arc<AtomicU32>>,
}

impl Posts {
    pub(crate) fn new(allowed: u32) -> Posts {
        // Bounded: an attacker with many addresses evicts old counts but does not fill the memory.
        let counts = Cache::builder().max_capacity(100_000).time_to_live(Duration::from_secs(120)).build();
        Posts { allowed, counts }
    }

    fn allows(&self, address: IpAddr, minute: i64) -> bool {
        let count = self.counts.get_with((address, minute), Default::default);
        count.fetch_add(1, Ordering::Relaxed) < self.allowed
    }
}

pub(crate) async fn few_posts(State((city, posts)): State<(City, Posts)>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let keyed = city.systems.iter().flat_map(|system| system.keyed).any(|begins| path.starts_with(begins));
    let safe = keyed || is_safe(request.method());
    let minute = city.clock.now().0 / 60_000_000;
    if safe || posts.allows(client(&city, request.headers(), request.extensions()), minute) {
        return next.run(request).await;
    }
    security::event(&city, &request, "limit.reached", "");
    let mut response = Failure::new(StatusCode::TOO_MANY_REQUESTS, "").into_response();
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    response
}

/// The connection's network; behind a trusted proxy the last address that the proxy noted.
pub(crate) fn client(city: &City, headers: &HeaderMap, extensions: &Extensions) -> IpAddr {
    let forwarded = || {
        let value = headers.get_all("x-forwarded-for").into_iter().next_back()?.to_str().ok()?;
        value.rsplit(',').next()?.trim().parse().ok()
    };
    let direct = || extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let proxied = if city.settings.trust_proxy { forwarded() } else { None };
    network(proxied.or_else(direct).unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST)))
}

/// One reader often has a whole IPv6 /64.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(v6) => IpAddr::V6((v6.to_bits() >> 64 << 64).into()),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_counts_each_address_and_minute_by_itself() {
        let posts = Posts::new(2);
        let [a, b] = ["192.0.2.1", "192.0.2.2"].map(|text| text.parse::<IpAddr>().expect("address"));
        assert!(posts.allows(a, 1) && posts.allows(a, 1) && !posts.allows(a, 1));
        assert!(posts.allows(b, 1) && posts.allows(a, 2));
    }

    #[test]
    fn neighbours_in_one_ipv6_network_share_a_limit() {
        let posts = Posts::new(1);
        let [a, b] = ["2001:db8::1", "2001:db8::2"].map(|text| network(text.parse().expect("address")));
        assert!(posts.allows(a, 1) && !posts.allows(b, 1));
    }
}
