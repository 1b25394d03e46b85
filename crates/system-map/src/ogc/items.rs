//! `/collections/{layer}/items`: features that meet a question, as GeoJSON, as a page, or as a file.

use axum::extract::Path;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use kernel_base::Error;
use kernel_ui::{Column, Link as Sibling, Markup, Row, Table, empty_state, html, lead, section_links, table, wide};
use kernel_web::{Answer, Asked, Failure, Page, Visit, as_it_is};
use map_segment::{Ask, Found};

use super::address::{GEOJSON, Link, SCHEMA, collection, here, segment, shapes};
use super::answer::{Shape, bad, of, open_if, shape, title, with};
use super::asked::Question;
use super::features::Writer;
use super::{ROOT, download};
use crate::served::{Seen, seen};

/// Features that are sorted in memory; more than these are refused.
const SORTED: u64 = 100_000;
/// Pages up to this size are made on the spot, what may take longer where it holds up nobody.
const QUICK: u64 = 1_000;

/// What came of a question.
pub struct Answered {
    pub question: Question,
    pub features: Vec<Found>,
    pub matched: u64,
}

pub async fn list(visit: Visit, Path(layer): Path<String>, headers: HeaderMap, asked: Asked) -> Answer {
    let seen = seen(&visit, &layer).await?;
    let open = seen.served.layer.clone();
    if let Some(format) = download::format(&asked) {
        return Ok(open_if(&open, download::file(seen, &asked, format)?));
    }
    let wanted = shape(&headers, &asked)?;
    let question = Question::read(&seen, &asked)?;
    let (seen, found) = answered(seen, question).await?;
    let response = match wanted {
        Shape::Json => as_it_is(document(&visit, &asked, &seen, &found)?),
        Shape::Html => page(&visit, &asked, &seen, &found),
    };
    let response = in_header(&visit, &asked, &layer).iter().fold(response, |to, link| with(to, header::LINK, link));
    Ok(open_if(&open, response))
}

/// Links for those who read no further than the head.
fn in_header(visit: &Visit, asked: &Asked, layer: &str) -> [String; 3] {
    let queryables = collection(visit, layer, "/queryables");
    let queryables = Link::new("http://www.opengis.net/def/rel/ogc/1.0/queryables", SCHEMA, queryables);
    let [itself, page] = shapes(visit, asked, GEOJSON);
    [itself, page, queryables].map(|link| link.header())
}

async fn answered(seen: Seen, question: Question) -> Result<(Seen, Answered), Failure> {
    let quick = question.sieve.is_open() && question.sort.is_empty() && question.limit <= QUICK;
    let work = move || run(&seen, question).map(|found| (seen, found));
    if quick {
        return work();
    }
    tokio::task::spawn_blocking(work).await.map_err(Error::fault)?
}

fn run(seen: &Seen, question: Question) -> Result<Answered, Failure> {
    let test = |row: &map_segment::Row<'_>| question.sieve.passes(row);
    let test = if question.sieve.is_open() { None } else { Some(&test as &dyn Fn(&map_segment::Row<'_>) -> bool) };
    let sorted = !question.sort.is_empty();
    let (offset, limit) = if sorted { (0, SORTED) } else { (question.offset, question.limit) };
    let ask = Ask { area: question.area, test, offset, limit, exact: true };
    let mut items = seen.served.live.items(&ask).map_err(Error::fault)?;
    if sorted {
        if items.matched > SORTED {
            return Err(bad(format!("sortby takes at most {SORTED} features; narrow the question")));
        }
        sort(&mut items.features, &question.sort);
        let whole = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let part = items.features.into_iter().skip(whole(question.offset)).take(whole(question.limit));
        items.features = part.collect();
    }
    Ok(Answered { features: items.features, matched: items.matched, question })
}

fn sort(features: &mut [Found], by: &[(usize, bool)]) {
    let value = |found: &Found, at: usize| found.feature.values.get(at).cloned().unwrap_or_default();
    features.sort_by(|left, right| {
        let orders = by.iter().map(|(at, falls)| {
            let order = super::features::order(&value(left, *at), &value(right, *at));
            if *falls { order.reverse() } else { order }
        });
        orders.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
    });
}

fn document(visit: &Visit, asked: &Asked, seen: &Seen, found: &Answered) -> Result<Response, Failure> {
    let question = &found.question;
    let writer = Writer::new(&seen.served.layer, &question.fields, question.crs, question.geometry)?;
    let mut out = Vec::with_capacity(1024 + found.features.len() * 320);
    out.extend_from_slice(br#"{"type":"FeatureCollection","features":["#);
    for (place, feature) in found.features.iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        writer.feature(&mut out, feature, None)?;
    }
    let links = serde_json::to_string(&links(visit, asked, found, &seen.served.layer.name)).map_err(Error::fault)?;
    let (matched, returned, now) = (found.matched, found.features.len(), visit.now().rfc3339());
    out.extend_from_slice(
        format!(r#"],"numberMatched":{matched},"numberReturned":{returned},"timeStamp":"{now}","links":{links}}}"#)
            .as_bytes(),
    );
    let crs = format!("<{}>", question.crs.uri());
    Ok(with(of(out, GEOJSON), axum::http::HeaderName::from_static("content-crs"), &crs))
}

fn links(visit: &Visit, asked: &Asked, found: &Answered, layer: &str) -> Vec<Link> {
    let mut links = shapes(visit, asked, GEOJSON).to_vec();
    let (before, after) = parts(found);
    let part = |offset: u64| here(visit, asked, &[("offset", (offset > 0).then(|| offset.to_string()))]);
    links.extend(after.map(|offset| Link::new("next", GEOJSON, part(offset))));
    links.extend(before.map(|offset| Link::new("prev", GEOJSON, part(offset))));
    links.push(Link::new("collection", super::address::JSON, collection(visit, layer, "")));
    links
}

/// Where the part before and the part after begin.
fn parts(found: &Answered) -> (Option<u64>, Option<u64>) {
    let Question { offset, limit, .. } = found.question;
    let after = offset.saturating_add(limit);
    ((offset > 0).then(|| offset.saturating_sub(limit)), (after < found.matched).then_some(after))
}

fn page(visit: &Visit, asked: &Asked, seen: &Seen, found: &Answered) -> Response {
    let layer = &seen.served.layer;
    let name = title(visit, layer);
    let here_ = format!("{ROOT}/collections/{}", layer.name);
    let first = found.question.offset + 1;
    let n = |number: u64| visit.number(i64::try_from(number).unwrap_or(i64::MAX));
    let said = [("from", n(first).into()), ("to", n(first + found.features.len() as u64 - 1).into())];
    let main = html! {
        (lead(&visit.t_with("map-ogc-items-matched", &[("n", n(found.matched).into())])))
        @if found.features.is_empty() {
            (empty_state(&visit.t("map-ogc-items-none"), html! {}))
        } @else {
            p { (visit.t_with("map-ogc-items-part", &said)) }
            (wide(name, rows(visit, seen, found)))
        }
        (onward(visit, asked, found))
    };
    let page = Page::new(visit.t_with("map-ogc-items-title", &[("layer", name.into())]));
    let page = page.crumb(visit.t("map-ogc-title"), ROOT).crumb(name, here_);
    kernel_web::fresh(visit.page(page.main(main)))
}

fn rows(visit: &Visit, seen: &Seen, found: &Answered) -> Markup {
    let fields: Vec<_> = found.question.fields.iter().map(|at| &seen.served.layer.schema.fields[*at]).collect();
    let called = |field: &&map_feature::Field| Column::text(field.title.as_deref().unwrap_or(&field.name));
    let row = |one: &Found| {
        let id = one.feature.id.as_deref().unwrap_or_default();
        let href = format!("{ROOT}/collections/{}/items/{}", seen.served.layer.name, segment(id));
        let values = found.question.fields.iter().map(|at| one.feature.values.get(*at).cloned().unwrap_or_default());
        let cells = values.map(|value| html! { (value.to_string()) });
        Row::new([html! { a href=(href) { (id) } }].into_iter().chain(cells).collect())
    };
    let id = Column::text(visit.t("map-ogc-items-id"));
    table(&Table {
        caption: visit.t("map-ogc-items-caption"),
        columns: [id].into_iter().chain(fields.iter().map(called)).collect(),
        rows: found.features.iter().map(row).collect(),
    })
}

fn onward(visit: &Visit, asked: &Asked, found: &Answered) -> Markup {
    let (before, after) = parts(found);
    let part = |key: &str, offset: u64| Sibling {
        label: visit.t(key),
        href: here(visit, asked, &[("offset", (offset > 0).then(|| offset.to_string()))]),
        current: false,
    };
    let json = here(visit, asked, &[("f", Some("json".to_owned()))]);
    let mut links: Vec<Sibling> = before.map(|offset| part("map-ogc-items-before", offset)).into_iter().collect();
    links.extend(after.map(|offset| part("map-ogc-items-after", offset)));
    links.push(Sibling { label: visit.t("map-ogc-as-json"), href: json, current: false });
    section_links(&visit.t("map-ogc-items-onward"), &links)
}
