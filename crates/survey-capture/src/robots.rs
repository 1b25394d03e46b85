//! robots.txt by RFC 9309: what a status means, how long a delay is honoured.

use std::time::Duration;

use robotxt::Robots;
use url::Url;

/// Longest `Crawl-delay` that is honoured; a longer one is cut to this and the budget of time decides.
pub const LONGEST_DELAY: Duration = Duration::from_secs(10);

/// What a host allows.
#[derive(Debug, Clone)]
pub struct Rules {
    robots: Robots,
    /// 0 when unreachable.
    pub status: u16,
}

impl Rules {
    /// RFC 9309 §2.3.1: unavailable (4xx) allows everything, unreachable (5xx or no answer) nothing.
    pub fn from_answer(status: u16, body: &[u8], product: &str) -> Self {
        let robots = match status {
            200..=299 => Robots::parse(body, product),
            // A redirect that leads nowhere counts as unavailable (§2.3.1.2).
            300..=499 => Robots::allow_all(),
            _ => Robots::disallow_all(),
        };
        Self { robots, status }
    }

    pub fn allows(&self, url: &Url) -> bool {
        self.robots.is_url_allowed(url)
    }

    pub fn forbids_all(&self) -> bool {
        self.robots.always() == Some(false)
    }

    pub fn delay(&self) -> Option<Duration> {
        self.robots.crawl_delay().map(|d| d.min(LONGEST_DELAY))
    }

    pub fn sitemaps(&self) -> &[Url] {
        self.robots.sitemaps()
    }
}

/// The product token of a user agent: `Madang/0.1 (+…)` is `Madang`.
pub fn product(agent: &str) -> &str {
    agent.split(['/', ' ']).next().unwrap_or(agent)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(status: u16, body: &str, path: &str) -> bool {
        let url = Url::parse(&format!("http://city.example{path}")).expect("url");
        Rules::from_answer(status, body.as_bytes(), "Madang").allows(&url)
    }

    #[test]
    fn a_server_error_forbids_and_a_missing_file_allows() {
        assert!(!allows(503, "", "/") && !allows(0, "", "/"));
        assert!(allows(404, "", "/") && allows(403, "", "/"));
    }

    #[test]
    fn the_longest_rule_wins_and_our_own_group_counts() {
        let body = "User-agent: *\nDisallow: /\n\nUser-agent: madang\nDisallow: /private\nAllow: /private/open\nCrawl-delay: 60\n";
        assert!(allows(200, body, "/a") && !allows(200, body, "/private/x") && allows(200, body, "/private/open/x"));
        assert_eq!(Rules::from_answer(200, body.as_bytes(), "Madang").delay(), Some(LONGEST_DELAY));
        assert!(Rules::from_answer(200, b"User-agent: *\nDisallow: /", "Madang").forbids_all());
    }
}
