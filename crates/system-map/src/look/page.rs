//! `/map`: the city's layers on one map, with the list of the same things beside it.

use kernel_ui::{
    Emphasis, LayerTime, LegendEntry, Link, MapLayer, MapLook, MapPlace, MapShape, MapView, MapWays, Markup,
    PICTURE_HEIGHT, PICTURE_WIDTH, button_link, columns, html, map_view, section_links,
};
use kernel_web::{Answer, Asked, Failure, Page, Visit, fresh};
use map_draw::looks::Look;
use map_draw::{Legend, Sign};
use map_feature::{Bounds, GeometryKind};

use super::asked::View;
use super::laid::{Laid, laid, usual};
use super::{shown, times};
use crate::drawn;
use crate::layer::Use;
use crate::ogc::all;

pub async fn show(visit: Visit, asked: Asked) -> Answer {
    let view = View::of(&asked);
    let map = map(&visit, &view, "/map").await?;
    let main = html! {
        (section_links(&visit.t("map-title"), &siblings(&visit)))
        (map)
        (columns(&[button_link(&visit.t("map-make-go"), "/map/make", Emphasis::Second), button_link(&visit.t("map-layers"), "/map/layers", Emphasis::Quiet)]))
    };
    let page = visit.page(Page::new(visit.t("map-title")).description(visit.t("map-description")).main(main));
    // Every move of a map asks for another box; nobody asks for the same again.
    Ok(if view.area.is_some() { fresh(page) } else { page })
}

/// The pages of the map.
pub fn siblings(visit: &Visit) -> Vec<Link> {
    let all = [
        ("map-title", "/map"),
        ("map-layers", "/map/layers"),
        ("map-make", "/map/make"),
        ("map-stories", "/map/stories"),
    ];
    let link =
        |(key, href): (&str, &str)| Link { label: visit.t(key), href: href.to_owned(), current: visit.path == href };
    all.map(link).into()
}

/// The map of a view, with the layers that it names, on the page `here`.
///
/// # Errors
/// The store's; a layer that cannot be read.
pub async fn map(visit: &Visit, view: &View, here: &str) -> Result<Markup, Failure> {
    let laid = laid(visit, view).await?;
    let usual = usual(&laid);
    let embedded = here == "/map/embed";
    let offered: Vec<&Laid> = laid.iter().filter(|one| !embedded || view.shows(one.layer(), &usual)).collect();
    let on_map: Vec<&Laid> = laid.iter().filter(|one| view.shows(one.layer(), &usual)).collect();
    let place = view.place.unwrap_or_else(|| first_place(&laid, &on_map));
    let [west, south, east, north] = place.bounds(PICTURE_WIDTH, PICTURE_HEIGHT);
    let area = view.area.unwrap_or(Bounds { west, south, east, north });
    let layers: Result<Vec<MapLayer>, Failure> =
        offered.iter().map(|one| layer(visit, view, one, view.shows(one.layer(), &usual))).collect();
    let layers = layers?;
    let list = if embedded {
        html! {}
    } else {
        shown::list(visit, view, area, &on_map).await?
    };
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let (from, to) = (day(view.days.0), day(view.days.1));
    let credit = credit(visit, &on_map).await?;
    let keeps: Vec<(&str, String)> = view.themes.iter().map(|(.., text)| ("theme", text.clone())).collect();
    Ok(map_view(
        visit,
        &MapView {
            here,
            place,
            look: view.look,
            days: (&from, &to),
            by_district: view.by_district,
            layers: &layers,
            picture: &picture(view, place, &on_map),
            ways: &ways(&layers, view),
            list,
            credit,
            embedded,
            embed: if embedded { "/map" } else { "/map/embed" },
            keeps: &keeps,
        },
    ))
}

/// All of the districts, else all that is shown, else the world.
fn first_place(laid: &[Laid], on_map: &[&Laid]) -> MapPlace {
    let bounds = |one: &&Laid| one.seen.served.live.bounds().filter(|_| one.layer().is_open());
    let districts: Vec<&Laid> = laid.iter().filter(|one| one.layer().use_of == Use::Districts).collect();
    let all = |some: &[&Laid]| some.iter().filter_map(bounds).reduce(Bounds::joined);
    match all(&districts).or_else(|| all(on_map)) {
        Some(area) => {
            let area = [area.west, area.south, area.east, area.north];
            MapPlace::of_box(area, PICTURE_WIDTH, PICTURE_HEIGHT)
        }
        None => MapPlace::new(0.0, 20.0, 1.0),
    }
}

fn picture(view: &View, place: MapPlace, on_map: &[&Laid]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("lon", &format!("{:.5}", place.lon)).append_pair("lat", &format!("{:.5}", place.lat));
    query.append_pair("zoom", &format!("{:.2}", place.zoom)).append_pair("layer", "");
    query.extend_pairs(on_map.iter().map(|one| ("layer", &one.layer().name)));
    query.append_pair("style", view.look.word());
    let days = [("from", view.days.0), ("to", view.days.1)];
    query.extend_pairs(days.into_iter().filter_map(|(name, day)| Some((name, day?.to_string()))));
    query.extend_pairs(view.themes.iter().map(|(.., text)| ("theme", text)));
    format!("/map/picture?{}", query.finish())
}

/// What the script asks: one style that draws all layers of the page.
pub fn ways(layers: &[MapLayer], view: &View) -> MapWays {
    let names: Vec<&str> = layers.iter().map(|layer| layer.id.as_str()).collect();
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("layers", &names.join(","));
    query.extend_pairs(view.themes.iter().map(|(.., text)| ("theme", text)));
    MapWays {
        style: format!("/map/style/{{style}}.json?{}", query.finish()),
        changes: "/map/changes".to_owned(),
        print: "/map/print".to_owned(),
    }
}

/// A layer as the map page offers it.
///
/// # Errors
/// When the layer cannot be read.
pub fn layer(visit: &Visit, view: &View, one: &Laid, is_shown: bool) -> Result<MapLayer, Failure> {
    let layer = one.layer();
    let name = layer.name.as_str();
    let auto = view.look == MapLook::Auto && visit.preferences.theme == kernel_ui::Theme::Auto;
    let look = view.drawn_look(visit.preferences);
    let drawn = drawn::shown(visit, look, &one.seen, Some(&one.theme))?.legend;
    let dark = match auto && look == Look::Day {
        true => Some(drawn::shown(visit, Look::Dark, &one.seen, Some(&one.theme))?.legend),
        false => None,
    };
    let legend = entries(&drawn, dark.as_ref());
    let time = times::times(visit, &one.seen)?;
    let label = layer.label_field().filter(|at| layer.fields(&one.seen.mask).contains(at));
    let day = visit.date(layer.data_at.date());
    Ok(MapLayer {
        id: name.to_owned(),
        title: crate::ogc::title(visit, layer).to_owned(),
        href: format!("/map/layers/{name}"),
        remark: visit.t_with("map-layer-age", &[("day", day.into())]),
        shown: is_shown,
        shape: shape(layer.schema.geometry),
        colour: legend.first().map_or_else(|| "currentColor".to_owned(), |entry| entry.colour.clone()),
        legend: if legend.len() > 1 { legend } else { Vec::new() },
        name_field: label.map(|at| layer.schema.fields[at].name.clone()).unwrap_or_default(),
        time: time.map(|(field, first, last)| LayerTime { field, from: first.to_string(), to: last.to_string() }),
        item: format!("/map/layers/{name}/{{id}}"),
        data: format!("/map/api/collections/{name}/items/{{id}}"),
    })
}

fn shape(kind: GeometryKind) -> MapShape {
    match kind {
        GeometryKind::Line => MapShape::Line,
        GeometryKind::Polygon => MapShape::Area,
        _ => MapShape::Point,
    }
}

/// The legend's signs; with a second legend each has a colour by day and one in the dark.
fn entries(day: &Legend, dark: Option<&Legend>) -> Vec<LegendEntry> {
    let sign = |sign: &Sign| match sign {
        Sign::Area { colour, .. } => (MapShape::Area, colour.clone()),
        Sign::Line { colour, .. } => (MapShape::Line, colour.clone()),
        Sign::Dot { colour, .. } => (MapShape::Point, colour.clone()),
    };
    let each = day.entries.iter().enumerate().map(|(place, entry)| {
        let (shape, colour) = sign(&entry.sign);
        let other = dark.and_then(|dark| dark.entries.get(place)).map(|entry| sign(&entry.sign).1);
        let colour = other.map_or_else(|| colour.clone(), |other| format!("light-dark({colour}, {other})"));
        LegendEntry { shape, colour, label: entry.text.clone() }
    });
    each.collect()
}

/// Whose data is on the map.
async fn credit(visit: &Visit, on_map: &[&Laid]) -> Result<Markup, Failure> {
    let ground = all(visit).await?;
    let ground = ground.iter().filter(|seen| seen.served.layer.use_of == Use::Base).map(|seen| &*seen.served.layer);
    let mut all: Vec<String> = ground
        .chain(on_map.iter().map(|one| one.layer()))
        .filter(|layer| !layer.source.is_empty())
        .map(|layer| {
            if layer.licence.is_empty() {
                layer.source.clone()
            } else {
                format!("{} ({})", layer.source, layer.licence)
            }
        })
        .collect();
    all.sort();
    all.dedup();
    Ok(html! { @if !all.is_empty() { (visit.t_with("map-credit", &[("sources", all.join(" · ").into())])) } })
}
