use kernel_ui::{Figure, Markup, Tile, figures, html, search_field, section, tiles};

use crate::{Answer, Page, Visit};

/// The question first, then what people come for, then the city in figures.
pub(crate) async fn show(visit: Visit) -> Answer {
    let ways = ways_in(&visit).await;
    let main = html! {
        (search_field(&visit, "/search", &visit.t("home-search"), "", true))
        (section("ways", &visit.t("home-ways"), tiles(&ways)))
        (in_figures(&visit))
    };
    let page = Page::new(city_name(&visit)).description(visit.t("home-description")).home().main(main);
    Ok(visit.page(page))
}

fn city_name(visit: &Visit) -> &str {
    visit.city.profile.name.in_language(visit.language)
}

/// The systems' tiles, then ours. A system that fails is left out with a log line.
async fn ways_in(visit: &Visit) -> Vec<Tile> {
    let mut ways = Vec::new();
    for system in &visit.city.systems {
        match (system.tiles)(visit).await {
            Ok(tiles) => ways.extend(tiles),
            Err(error) => tracing::error!(system = system.name, %error, "left out of the home page"),
        }
    }
    let own = [("offices", "/offices"), ("about", "/about"), ("api", "/api")];
    let shown = own.into_iter().filter(|(key, _)| *key != "about" || visit.city.profile.demonstration);
    ways.extend(shown.map(|(key, href)| Tile {
        title: visit.t(&format!("home-tile-{key}")),
        text: visit.t(&format!("home-tile-{key}-text")),
        href: href.to_owned(),
    }));
    ways
}

fn in_figures(visit: &Visit) -> Markup {
    let shown: Vec<Figure> = visit
        .city
        .profile
        .figures
        .iter()
        .map(|figure| Figure {
            value: format!("{}{}", visit.decimal(figure.value, figure.digits), if figure.percent { "%" } else { "" }),
            label: visit.t(figure.key),
            source: visit.t_with(
                "city-source",
                &[("source", visit.t(figure.source).into()), ("date", visit.date(figure.date).into())],
            ),
        })
        .collect();
    html! { @if !shown.is_empty() { (section("figures", &visit.t("home-figures"), figures(&shown))) } }
}
