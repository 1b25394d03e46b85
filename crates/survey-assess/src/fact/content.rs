//! What there is to take away: data, maps, languages, documents, links to others.

use std::collections::{BTreeMap, BTreeSet};

use super::Case;
use crate::finding::{Finding, at_address, counted, on_page};
use crate::rules::Hosts;
use crate::site::address::{data_ending, document_ending};
use crate::site::model::{AddressId, Page, Site};
use crate::topic::judge;

pub fn open_data(case: &Case<'_>) -> Finding {
    let site = case.site();
    let interface = site.endpoints.iter().find(|e| {
        matches!(e.kind.as_str(), "ckan" | "socrata" | "opendatasoft" | "dcat") && (200..300).contains(&e.status)
    });
    if let Some(found) = interface {
        return Finding::measured(
            case.scaled(3),
            0.92,
            format!("A data catalogue answers by its interface ({}).", found.kind),
        )
        .with([at_address(&found.url, "", &found.proof)]);
    }
    judge::judge(case.reading, case.topics, "open-data", case.scale)
}

pub fn gis(case: &Case<'_>) -> Finding {
    let site = case.site();
    let interface = site
        .endpoints
        .iter()
        .find(|e| matches!(e.kind.as_str(), "arcgis" | "ogc-api" | "wms" | "wfs") && (200..300).contains(&e.status));
    if let Some(found) = interface {
        return Finding::measured(case.scaled(3), 0.9, format!("A map service answers ({}).", found.kind))
            .with([at_address(&found.url, "", &found.proof)]);
    }
    let portal = |a: &str| {
        [
            "arcgis.com",
            "geoportal",
            "gis.",
            "geonode",
            "qgis",
            "mapviewer",
            "webgis",
            "sitmun",
            "webmap",
            "/gis/",
            "mapguide",
        ]
        .iter()
        .any(|p| a.contains(p))
    };
    for (_, page) in site.distinct() {
        let embedded = page.markup.embeds.iter().find(|e| portal(e));
        let linked = page
            .links
            .iter()
            .find(|l| portal(site.address(l.to)) && !site.page_at.contains_key(&l.to) && !site.broken(l.to));
        if let Some(link) = linked {
            return Finding::measured(
                case.scaled(3),
                0.6,
                format!("A link “{}” leads to a map portal; it was not opened.", site.text(link.text)),
            )
            .with([on_page(site, page, site.address(link.to))]);
        }
        if let Some(frame) = embedded {
            return Finding::measured(
                case.scaled(3),
                0.7,
                "An interactive map of a geographic information system is embedded.",
            )
            .with([on_page(site, page, frame)]);
        }
    }
    let map = site.distinct().map(|(_, p)| p).find(|p| p.markup.map);
    if let Some(page) = map {
        let quote =
            page.markup.embeds.iter().find(|e| e.contains("map")).cloned().unwrap_or_else(|| "map on the page".into());
        return Finding::measured(case.scaled(2), 0.75, "A map is embedded in a page.")
            .with([on_page(site, page, &quote)]);
    }
    let found = judge::judge(case.reading, case.topics, "gis", case.scale);
    if found.value.is_some_and(|v| v > 0) {
        return found;
    }
    let general = site.distinct().find_map(|(_, p)| {
        let link = p.links.iter().find(|l| Hosts::any(&case.reading.rules.hosts.maps, site.address(l.to)))?;
        Some(on_page(site, p, &format!("{} → {}", site.text(link.text), site.address(link.to))))
    });
    match general {
        Some(evidence) => {
            Finding::measured(case.scaled(1), 0.7, "A link leads to a place on a general map service.").with([evidence])
        }
        None => found,
    }
}

/// Language of a page when two witnesses agree or one is sure.
fn told(page: &Page) -> Option<&str> {
    match (&page.declared, &page.detected) {
        (Some(said), Some((is, _))) if said == is => Some(said),
        (_, Some((is, sure))) if *sure >= 0.95 => Some(is),
        // Few words of a page cannot contradict what it says.
        (Some(said), Some((_, sure))) if *sure < 0.6 => Some(said),
        (Some(said), None) => Some(said),
        _ => None,
    }
}

pub fn languages(case: &Case<'_>) -> Finding {
    let site = case.site();
    let mut count: BTreeMap<&str, (usize, &Page)> = BTreeMap::new();
    for (_, page) in site.distinct() {
        if let Some(language) = told(page) {
            count.entry(language).or_insert((0, page)).0 += 1;
        }
    }
    let Some((main, &(main_pages, _))) = count.iter().max_by_key(|(l, (n, _))| (*n, std::cmp::Reverse(**l))) else {
        return Finding::unknown("The language of the pages could not be told.");
    };
    let main = *main;
    let others: Vec<(&str, usize, &Page)> =
        count.iter().filter(|(l, (n, _))| **l != main && *n >= 2).map(|(l, (n, p))| (*l, *n, *p)).collect();
    // Many sites name the same front page as the other version of every page: addresses count, not the pages.
    let mut named: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (language, to) in site.distinct().flat_map(|(_, p)| &p.markup.alternates) {
        if !language.starts_with(main) && language != "x-default" {
            named.entry(language).or_default().insert(to);
        }
    }
    let alternates = named.values().map(BTreeSet::len).max().unwrap_or_default();
    let most = others.iter().map(|(_, n, _)| *n).max().unwrap_or_default();
    let total = site.distinct_count();
    let step = match most {
        n if n * 10 >= main_pages * 3 && n >= 5 => 3,
        n if n >= 5 => 2,
        n if n >= 2 => 1,
        _ => 0,
    };
    // A capture reads few translations; some of them read, and one named for many pages, say that there are more.
    let step = match alternates * 10 >= total * 3 && alternates >= 5 {
        true if most >= 5 => 3,
        true => step.max(2),
        false => step,
    };
    let widget = site.distinct().map(|(_, p)| p).find(|p| {
        p.markup.translate_widget
            || p.markup.scripts.iter().any(|s| Hosts::any(&case.reading.rules.hosts.translate, s))
            || p.links.iter().any(|l| Hosts::any(&case.reading.rules.hosts.translate, site.address(l.to)))
    });
    if step == 0 {
        if let Some(page) = site.distinct().map(|(_, p)| p).find(|p| p.markup.switch.len() >= 2) {
            let offered: Vec<&str> = page.markup.switch.iter().map(String::as_str).collect();
            let reason = format!(
                "Buttons change the language in place ({}); how much they translate was not tried.",
                offered.join(", ")
            );
            return Finding::measured(case.scaled(2), 0.5, reason).with([on_page(site, page, &offered.join(", "))]);
        }
        if let Some(page) = widget {
            return Finding::measured(
                case.scaled(1),
                0.8,
                format!("All pages read are in one language ({main}); an automatic translation is offered."),
            )
            .with([on_page(site, page, "automatic translation")]);
        }
        // One translated page that a link names in its own language is easily missed by a small budget.
        let mut finding = Finding::nothing(site, "Content in a second language was");
        finding.reason.push_str(&format!(" The pages are in {main}."));
        return finding;
    }
    let list: Vec<String> = others.iter().map(|(l, n, _)| format!("{l} ({n})")).collect();
    let reason = format!(
        "Beside {main} ({main_pages} pages) there are pages in {}; pages name {alternates} versions in another language.",
        if list.is_empty() { "none read".to_owned() } else { list.join(", ") }
    );
    Finding::measured(case.scaled(step), 0.8, reason)
        .with(others.iter().take(3).map(|(l, _, p)| on_page(site, p, &format!("{l}: {}", site.text(p.title)))))
}

/// Document endings → addresses, with a page that links to each.
fn linked_documents(site: &Site) -> BTreeMap<&'static str, BTreeMap<AddressId, &Page>> {
    let mut all: BTreeMap<&'static str, BTreeMap<AddressId, &Page>> = BTreeMap::new();
    for (_, page) in site.distinct() {
        for link in page.links.iter().filter(|l| !site.broken(l.to)) {
            let ending = document_ending(site.address(link.to)).or_else(|| {
                site.documents.get(&link.to).map(|d| if d.media.contains("pdf") { "pdf" } else { "other" })
            });
            if let Some(ending) = ending.filter(|e| !matches!(*e, "mp4" | "webm" | "mp3" | "ics" | "json" | "xml")) {
                all.entry(ending).or_default().entry(link.to).or_insert(page);
            }
        }
    }
    all
}

pub fn formats(case: &Case<'_>) -> Finding {
    let site = case.site();
    let all = linked_documents(site);
    let number: usize = all.values().map(BTreeMap::len).sum();
    if number == 0 {
        return Finding::nothing(site, "A document to download was");
    }
    let open: Vec<&str> = all
        .keys()
        .copied()
        .filter(|e| {
            matches!(
                *e,
                "odt" | "ods" | "odp" | "csv" | "tsv" | "epub" | "txt" | "rtf" | "geojson" | "hwpx" | "jsonl" | "gpkg"
            )
        })
        .collect();
    let usable: usize = open.iter().filter_map(|e| all.get(e)).map(BTreeMap::len).sum();
    // "A good part": one document in ten.
    let step = if usable * 10 >= number { 2 } else { 1 };
    let list: Vec<String> = all.iter().map(|(e, d)| format!("{e} ({})", d.len())).collect();
    let reason = format!("{} linked: {}.", counted(number, "document"), list.join(", "));
    let shown = all
        .iter()
        .take(4)
        .filter_map(|(e, d)| d.iter().next().map(|(id, p)| on_page(site, p, &format!("{e}: {}", site.address(*id)))));
    Finding::measured(case.scaled(step), if number >= 3 { 0.85 } else { 0.7 }, reason).with(shown.collect::<Vec<_>>())
}

pub fn documents(case: &Case<'_>) -> Finding {
    let site = case.site();
    let all = linked_documents(site);
    let number: usize = all.values().map(BTreeMap::len).sum();
    if number == 0 {
        return Finding::nothing(site, "A document to download was");
    }
    let searchable = !case.pages_on("publications").is_empty()
        && case.pages_on("publications").iter().any(|(i, p)| {
            crate::topic::signal::own_forms(case.reading, *i, p, "publications").iter().any(|f| f.searches())
        });
    let data = all.keys().any(|e| data_ending(e));
    let step = match number {
        n if n >= 5 && (searchable || data) => 3,
        n if n >= 2 => 2,
        _ => 1,
    };
    let shown = all.values().flat_map(|d| d.iter()).take(4).map(|(id, p)| on_page(site, p, site.address(*id)));
    Finding::measured(
        case.scaled(step),
        0.75,
        format!("{} can be downloaded in {}.", counted(number, "document"), counted(all.len(), "format")),
    )
    .with(shown.collect::<Vec<_>>())
}

pub fn external_links(case: &Case<'_>) -> Finding {
    let site = case.site();
    let hosts = &case.reading.rules.hosts;
    let best = site
        .distinct()
        .map(|(i, page)| {
            let others: BTreeSet<&str> = site
                .own_links(page)
                .map(|l| site.address(l.to))
                .filter(|a| a.contains('.') && !a.contains(' ') && !site.scope.owns(&format!("http://{a}")))
                .map(|a| a.split('/').next().unwrap_or_default())
                .filter(|h| Hosts::under(&hosts.social, h).is_none() && !Hosts::any(&hosts.vendors, h))
                .collect();
            (others.len(), std::cmp::Reverse(i), page, others)
        })
        .max_by_key(|(n, i, _, _)| (*n, *i));
    match best {
        Some((count, _, page, others)) if count >= 3 => Finding::measured(
            1,
            if count >= 5 { 0.85 } else { 0.65 },
            format!("A page links to {} outside the organisation.", counted(count, "body").replace("bodys", "bodies")),
        )
        .with([on_page(site, page, &others.into_iter().take(8).collect::<Vec<_>>().join(", "))]),
        _ => Finding::nothing(site, "A page with links to bodies outside the organisation was"),
    }
}
