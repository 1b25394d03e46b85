//! How people reach the portal.

use kernel_base::Instant;

use super::{Finding, certificate};
use crate::config::Config;

pub fn reached(config: &Config) -> Vec<Finding> {
    const CHECK: &str = "address";
    let server = &config.server;
    let (open, tls) = (!server.listen.ip().is_loopback(), !server.tls_cert.as_os_str().is_empty());
    let origin = server.origin.as_str();
    let mut findings = Vec::new();
    let mut wrong = |found: String, todo: &str| findings.push(Finding::wrong(CHECK, found, todo));
    if open && !tls && !server.trust_proxy {
        wrong(
            format!("{} answers other machines without TLS: passwords travel in the clear", server.listen),
            "set tls_cert and tls_key, or let a proxy on this machine do it and listen on 127.0.0.1",
        );
    }
    if server.trust_proxy && origin.is_empty() {
        wrong(
            "behind a proxy the public address is unknown".to_owned(),
            "set server.origin = \"https://…\": links in letters, passkeys and sign-in elsewhere need it",
        );
    }
    let host = origin.strip_prefix("http://").map(|rest| rest.split([':', '/']).next().unwrap_or_default());
    if host.is_some_and(|host| !["localhost", "127.0.0.1"].contains(&host)) {
        wrong(format!("server.origin {origin} is not https"), "use TLS: cookies and passkeys need it");
    }
    if !origin.is_empty() && url::Url::parse(origin).is_err() {
        wrong(format!("server.origin {origin} is no address"), "write it like \"https://city.example\"");
    }
    if origin.is_empty() && !server.trust_proxy {
        findings.push(Finding::note(
            CHECK,
            "server.origin is not set",
            "set it: letters cannot carry links without it",
        ));
    }
    if server.trust_proxy && open {
        findings.push(Finding::note(
            CHECK,
            format!("X-Forwarded-For is believed, and {} answers other machines", server.listen),
            "let a firewall admit nobody but the proxy; whoever else reaches the port can pretend to be anybody",
        ));
    }
    if findings.is_empty() {
        findings.push(Finding::good(CHECK, origin));
    }
    findings
}

pub fn tls(config: &Config, now: Instant) -> Vec<Finding> {
    const CHECK: &str = "TLS";
    match config.tls() {
        Ok(None) => Vec::new(),
        Ok(Some(tls)) => vec![certificate::judged(CHECK, &tls, now)],
        Err(cause) => vec![Finding::wrong(CHECK, cause.to_string(), "set both, or neither")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keep::doctor::State;

    fn states(toml: &str) -> Vec<State> {
        let config: Config = toml::from_str(&format!("[server]\n{toml}")).expect("parses");
        reached(&config).iter().map(|finding| finding.state).collect()
    }

    #[test]
    fn what_people_reach_is_judged_as_they_reach_it() {
        assert_eq!(states("origin = \"https://city.example\""), [State::Good]);
        assert_eq!(states("origin = \"http://localhost:8080\""), [State::Good]);
        assert_eq!(states(""), [State::Note]);
        assert_eq!(states("listen = \"0.0.0.0:80\"\norigin = \"https://city.example\""), [State::Wrong]);
        assert_eq!(states("origin = \"http://city.example\""), [State::Wrong]);
        assert_eq!(states("origin = \"city.example\""), [State::Wrong]);
        assert_eq!(states("trust_proxy = true"), [State::Wrong]);
        let proxied = "trust_proxy = true\nlisten = \"[::]:80\"\norigin = \"https://city.example\"";
        assert_eq!(states(proxied), [State::Note]);
    }
}
