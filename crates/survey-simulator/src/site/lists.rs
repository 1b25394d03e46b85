//! Files that programs read: robots.txt, the sitemap, the feed, security.txt.

use super::page::{Kind, Page};
use super::{File, Site};

impl Site {
    /// Adds them; `root` is where the site answers, without a slash at its end.
    pub(super) fn lists(&mut self, root: &str) {
        let mut made: Vec<(&str, &'static str, String)> = Vec::new();
        let level = self.value("US07");
        let listed = level == 2 || level == 1 && !self.pages.iter().any(|p| p.key == "sitemap");
        let map = if listed { format!("Sitemap: {root}/sitemap.xml\n") } else { String::new() };
        made.push(("/robots.txt", "text/plain", format!("User-agent: *\nDisallow: /intern/\n{map}")));
        if listed {
            let one = |p: &Page| format!("<url><loc>{root}{}</loc></url>", p.path.replace('&', "&amp;"));
            let all: String = self.pages.iter().map(one).collect();
            let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">";
            made.push(("/sitemap.xml", "application/xml", format!("{head}{all}</urlset>")));
        }
        if self.value("CO20") == 2 {
            let news = self.pages.iter().filter(|p| p.kind == Kind::News && p.language == self.city.language);
            let items: Vec<&Page> = news.take(12).collect();
            made.push(match self.feed_path() {
                path if path.ends_with("xml") => (path, "application/rss+xml", rss(&items, root)),
                path => (path, "application/atom+xml", atom(&items, root)),
            });
        }
        if self.value("PS15") == 1 && !self.pages.iter().any(|p| p.key == "security") {
            let expires = self.today.saturating_add(jiff::Span::new().days(200));
            let text = format!("Contact: mailto:{}\nExpires: {expires}T00:00:00Z\n", self.city.mail("security"));
            made.push(("/.well-known/security.txt", "text/plain", text));
        }
        for (path, media, text) in made {
            self.files.insert(path.to_owned(), File { media, body: text.into() });
        }
    }
}

fn rss(items: &[&Page], root: &str) -> String {
    let one = |p: &&Page| {
        format!("<item><title>{}</title><link>{root}{}</link></item>", p.title, p.path.replace('&', "&amp;"))
    };
    let all: String = items.iter().map(one).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"><channel><title>RSS</title><link>{root}/</link><description>RSS</description>{all}</channel></rss>"
    )
}

fn atom(items: &[&Page], root: &str) -> String {
    let one = |p: &&Page| {
        let link = format!("{root}{}", p.path.replace('&', "&amp;"));
        format!(
            "<entry><id>{link}</id><title>{}</title><link href=\"{link}\"/><updated>{}T08:00:00Z</updated></entry>",
            p.title, p.updated
        )
    };
    let all: String = items.iter().map(one).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><id>{root}/</id><title>Atom</title>{all}</feed>"
    )
}
