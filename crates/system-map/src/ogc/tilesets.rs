//! What tiles there are: the tile matrix set (OGC 17-083r4), tilesets (20-057) and TileJSON 3.0.

use axum::extract::Path;
use axum::http::HeaderMap;
use kernel_web::{Answer, Asked, Failure, Visit};
use map_feature::{GeometryKind, Kind};
use serde_json::{Map, Value as Json, json};

use super::address::{JSON, Link, MVT, SCHEMA, at, collection};
use super::answer::{json, only, open, open_if, title};
use super::kept::DEEPEST;
use crate::layer::{Layer, Mask};
use crate::served::{Seen, seen};

/// The only set: every web map's.
pub const SET: &str = "WebMercatorQuad";
const SET_URI: &str = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad";
const MERCATOR: &str = "http://www.opengis.net/def/crs/EPSG/0/3857";
/// Half the world's width in metres of Web Mercator.
const HALF: f64 = 20_037_508.342_789_244;
/// Metres on the ground of a pixel of 0.28 mm (17-083r4, 6.2).
const PIXEL: f64 = 0.000_28;

pub async fn matrix_sets(visit: Visit, asked: Asked) -> Answer {
    only(&asked, &[])?;
    let itself = Link::new("self", JSON, at(&visit, &format!("/tileMatrixSets/{SET}")));
    let set = json!({ "id": SET, "title": SET, "uri": SET_URI, "crs": MERCATOR, "links": [itself] });
    Ok(open(json(&json!({ "tileMatrixSets": [set] }), JSON)?))
}

pub async fn matrix_set(Path(set): Path<String>, asked: Asked) -> Answer {
    only(&asked, &[])?;
    if set != SET {
        return Err(Failure::not_found());
    }
    let matrices: Vec<Json> = (0..=DEEPEST).map(matrix).collect();
    let document = json!({
        "id": SET,
        "title": "Google Maps Compatible for the World",
        "uri": SET_URI,
        "crs": MERCATOR,
        "orderedAxes": ["X", "Y"],
        "wellKnownScaleSet": "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
        "tileMatrices": matrices,
    });
    Ok(open(json(&document, JSON)?))
}

fn matrix(z: u8) -> Json {
    let side = 1u64 << z;
    let cell = 2.0 * HALF / (256.0 * side as f64);
    json!({
        "id": z.to_string(),
        "scaleDenominator": cell / PIXEL,
        "cellSize": cell,
        "cornerOfOrigin": "topLeft",
        "pointOfOrigin": [-HALF, HALF],
        "tileWidth": 256,
        "tileHeight": 256,
        "matrixWidth": side,
        "matrixHeight": side,
    })
}

pub async fn list(visit: Visit, Path(layer): Path<String>, asked: Asked) -> Answer {
    let seen = seen(&visit, &layer).await?;
    only(&asked, &[])?;
    let itself = Link::new("self", JSON, collection(&visit, &layer, &format!("/tiles/{SET}")));
    let set = json!({
        "title": title(&visit, &seen.served.layer),
        "dataType": "vector",
        "crs": MERCATOR,
        "tileMatrixSetURI": SET_URI,
        "links": [itself],
    });
    let links = [Link::new("self", JSON, collection(&visit, &layer, "/tiles"))];
    let response = json(&json!({ "links": links, "tilesets": [set] }), JSON)?;
    Ok(open_if(&seen.served.layer, response))
}

pub async fn show(visit: Visit, Path((layer, set)): Path<(String, String)>, asked: Asked) -> Answer {
    let seen = seen(&visit, &layer).await?;
    only(&asked, &[])?;
    if set != SET {
        return Err(Failure::not_found());
    }
    let path = |rest: &str| collection(&visit, &layer, &format!("/tiles/{SET}{rest}"));
    let links = [
        Link::new("self", JSON, path("")),
        Link::new("item", MVT, path("/{tileMatrix}/{tileRow}/{tileCol}")).templated(),
        Link::new("describedby", JSON, format!("{}/map/tiles/{layer}.json", visit.origin)),
        Link::new("http://www.opengis.net/def/rel/ogc/1.0/schema", SCHEMA, collection(&visit, &layer, "/schema")),
        Link::new(
            "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme",
            JSON,
            at(&visit, &format!("/tileMatrixSets/{SET}")),
        ),
    ];
    let mut document = json!({
        "title": title(&visit, &seen.served.layer),
        "dataType": "vector",
        "crs": MERCATOR,
        "tileMatrixSetURI": SET_URI,
        "layers": [described(&seen)],
        "links": links,
    });
    if let Some([west, south, east, north]) = extent(&seen) {
        let crs = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
        document["boundingBox"] = json!({ "lowerLeft": [west, south], "upperRight": [east, north], "crs": crs });
    }
    Ok(open_if(&seen.served.layer, json(&document, JSON)?))
}

fn described(seen: &Seen) -> Json {
    let layer = &seen.served.layer;
    let dimension = match layer.schema.geometry {
        GeometryKind::Point => json!(0),
        GeometryKind::Line => json!(1),
        GeometryKind::Polygon => json!(2),
        GeometryKind::Any | GeometryKind::None => Json::Null,
    };
    let mut described = json!({ "id": layer.name, "dataType": "vector", "geometryDimension": dimension });
    if dimension.is_null() {
        described.as_object_mut().map(|all| all.remove("geometryDimension"));
    }
    described
}

/// Where the layer's features lie, unless that would tell of rows that are hidden.
fn extent(seen: &Seen) -> Option<[f64; 4]> {
    let told = seen.mask == Mask::Whole || seen.served.layer.rows_shown.is_empty();
    let bounds = seen.served.live.bounds().filter(|_| told)?;
    Some([bounds.west, bounds.south, bounds.east, bounds.north])
}

/// `/map/tiles/{layer}.json`
pub async fn tilejson(visit: Visit, Path(file): Path<String>, _headers: HeaderMap, asked: Asked) -> Answer {
    only(&asked, &[])?;
    let layer = file.strip_suffix(".json").ok_or_else(Failure::not_found)?;
    let seen = seen(&visit, layer).await?;
    let mut document = json!({
        "tilejson": "3.0.0",
        "name": title(&visit, &seen.served.layer),
        "attribution": seen.served.layer.source,
        "scheme": "xyz",
        "tiles": [format!("{}/map/tiles/{layer}/{{z}}/{{x}}/{{y}}.mvt", visit.origin)],
        "minzoom": 0,
        "maxzoom": DEEPEST,
        "vector_layers": [{ "id": layer, "fields": fields(&seen.served.layer, &seen.mask) }],
    });
    if let Some(extent) = extent(&seen) {
        document["bounds"] = json!(extent);
    }
    Ok(open_if(&seen.served.layer, json(&document, JSON)?))
}

fn fields(layer: &Layer, mask: &Mask) -> Map<String, Json> {
    let kind = |kind: Kind| match kind {
        Kind::Boolean => "Boolean",
        Kind::Integer | Kind::Number => "Number",
        Kind::Text | Kind::Date | Kind::Instant => "String",
    };
    let field = |at: usize| (layer.schema.fields[at].name.clone(), kind(layer.schema.fields[at].kind).into());
    layer.fields(mask).into_iter().map(field).collect()
}
