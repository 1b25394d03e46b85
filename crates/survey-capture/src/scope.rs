//! Which hosts belong to the organisation.
//!
//! The rule: a host belongs when
//! 1. its registrable domain (public suffix list) is that of the start address or of the address the start leads to, or
//! 2. the start page links to it and its registrable name holds the organisation's name: the registrable name of the
//!    start without words such as *city of*, *gov*, *www*, *comune*, at least four letters
//!    (`phila.gov` → `phila` → `philapark.org`).
//!
//! Names without a public suffix (`localhost`, addresses) are their own organisation.

use std::collections::BTreeSet;

use url::Url;

/// Words around a city's name in its domain.
const AROUND: &[&str] = &[
    "cityof",
    "townof",
    "villageof",
    "countyof",
    "thecityof",
    "comunedi",
    "comune",
    "stadt",
    "gemeente",
    "gemeinde",
    "villede",
    "ville",
    "mairiede",
    "mairie",
    "ayuntamientode",
    "ayuntamiento",
    "ayto",
    "municipalidadde",
    "municipalidad",
    "municipio",
    "muni",
    "prefeitura",
    "camara",
    "cm-",
    "city",
    "town",
    "gov",
    "govt",
    "council",
    "metro",
    "official",
    "portal",
    "online",
    "my",
];

#[derive(Debug, Clone)]
pub struct Scope {
    /// Registrable domains, or whole hosts where there is none.
    domains: BTreeSet<String>,
    name: Option<String>,
    hosts: Vec<String>,
}

impl Scope {
    pub fn new(start: &Url) -> Self {
        let host = start.host_str().unwrap_or("").to_owned();
        let domain = registrable(&host);
        let name = organisation(&domain);
        Self { domains: BTreeSet::from([domain]), name, hosts: vec![host] }
    }

    /// The address to which the start leads belongs too.
    pub fn admit(&mut self, url: &Url) {
        let domain = registrable(url.host_str().unwrap_or(""));
        if self.name.is_none() {
            self.name = organisation(&domain);
        }
        self.domains.insert(domain);
    }

    /// Looks at a link of the start page: rule 2.
    pub fn consider(&mut self, url: &Url) {
        let domain = registrable(url.host_str().unwrap_or(""));
        if self.domains.len() < 40 && self.name.as_ref().is_some_and(|name| label(&domain).contains(name.as_str())) {
            self.domains.insert(domain);
        }
    }

    pub fn holds(&self, url: &Url) -> bool {
        url.host_str().is_some_and(|host| self.holds_host(host))
    }

    pub fn holds_host(&self, host: &str) -> bool {
        self.domains.contains(&registrable(host))
    }

    /// Keeps a host of which something was read.
    pub fn note_host(&mut self, host: &str) {
        if !self.hosts.iter().any(|h| h == host) {
            self.hosts.push(host.to_owned());
        }
    }

    /// Hosts of which something was read, the start's host first.
    pub fn hosts(&self) -> &[String] {
        &self.hosts
    }
}

fn registrable(host: &str) -> String {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    if host.parse::<std::net::IpAddr>().is_ok() || host.starts_with('[') {
        return host;
    }
    match psl::domain_str(&host) {
        Some(domain) => domain.to_owned(),
        None => host,
    }
}

fn label(domain: &str) -> &str {
    domain.split('.').next().unwrap_or(domain)
}

fn organisation(domain: &str) -> Option<String> {
    if domain.parse::<std::net::IpAddr>().is_ok() {
        return None;
    }
    let mut name = label(domain);
    for _ in 0..3 {
        for word in AROUND {
            let rest = name.strip_prefix(word).or_else(|| name.strip_suffix(word)).map(|r| r.trim_matches('-'));
            if let Some(rest) = rest.filter(|r| r.len() >= 4) {
                name = rest;
            }
        }
    }
    (name.len() >= 4 && !AROUND.contains(&name)).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(s: &str) -> Url {
        Url::parse(s).expect("url")
    }

    #[test]
    fn subdomains_belong_and_neighbours_under_a_public_suffix_do_not() {
        let seoul = Scope::new(&url("https://www.seoul.go.kr/"));
        assert!(seoul.holds(&url("https://english.seoul.go.kr/x")));
        assert!(!seoul.holds(&url("https://www.busan.go.kr/")));
        assert!(!seoul.holds(&url("https://go.kr/")));
        let local = Scope::new(&url("http://127.0.0.1:8000/"));
        assert!(local.holds(&url("http://127.0.0.1/")) && !local.holds(&url("http://127.0.0.2/")));
    }

    #[test]
    fn hosts_of_the_menu_belong_when_they_share_the_name() {
        let mut s = Scope::new(&url("https://www.cityofchicago.org/"));
        for link in
            ["https://chipubliclib.org/", "https://explorechicago.org/", "https://www.facebook.com/cityofchicago"]
        {
            s.consider(&url(link));
        }
        assert!(s.holds(&url("https://www.explorechicago.org/a")));
        assert!(!s.holds(&url("https://chipubliclib.org/")) && !s.holds(&url("https://facebook.com/cityofchicago")));
    }
}
