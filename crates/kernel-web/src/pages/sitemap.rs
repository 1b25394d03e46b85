use axum::http::header;
use axum::response::IntoResponse;
use kernel_language::LANGUAGES;
use kernel_ui::{html, lead, link_list, section};

use crate::{Answer, City, Page, Visit};

/// The menus of all systems and of the shell, as a page.
pub(crate) async fn page(visit: Visit) -> Answer {
    let link = |item: &crate::MenuItem| (visit.t(item.key), item.href.to_owned(), String::new());
    let systems: Vec<_> =
        visit.city.systems.iter().flat_map(|system| system.menu).chain(super::MENU).map(link).collect();
    let shell: Vec<_> = super::FOOTER.iter().filter(|item| super::is_shown(&visit.city, item.href)).map(link).collect();
    let main = html! {
        (lead(&visit.t("sitemap-lead")))
        (section("services", &visit.t("sitemap-services"), link_list(&systems)))
        (section("this-site", &visit.t("sitemap-shell"), link_list(&shell)))
    };
    Ok(visit.page(Page::new(visit.t("sitemap-title")).main(main)))
}

/// All addresses that answer GET without parameters.
pub(crate) fn addresses(city: &City) -> impl Iterator<Item = &'static str> + use<'_> {
    let shell =
        super::PAGES.iter().filter(|page| !matches!(**page, "/offline" | "/search") && super::is_shown(city, page));
    shell.chain(city.systems.iter().flat_map(|system| system.pages)).copied()
}

/// For search engines (sitemaps.org 0.9, at most 50,000 addresses), each page with its languages.
pub(crate) async fn xml(visit: Visit) -> Answer {
    let mut body = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    let mut all: Vec<String> = addresses(&visit.city).map(str::to_owned).collect();
    for system in &visit.city.systems {
        all.extend((system.lasting)(&visit.city).await?);
    }
    for address in all {
        let place = escape(&format!("{}{address}", visit.origin));
        body.push_str(&format!("<url><loc>{place}</loc>"));
        for language in LANGUAGES {
            let code = language.code;
            body.push_str(&format!("<xhtml:link rel=\"alternate\" hreflang=\"{code}\" href=\"{place}?lang={code}\"/>"));
        }
        body.push_str("</url>\n");
    }
    body.push_str("</urlset>\n");
    Ok(([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], body).into_response())
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
