//! `/map/print?lon=…`: the view of an address on paper, at a true scale, as lines and letters.

use axum::http::{HeaderValue, header};
use kernel_base::Error;
use kernel_ui::MapPlace;
use kernel_web::{Answer, Asked, Visit};
use map_draw::{Form, Paper, Sheet, pdf};

use super::asked::View;
use super::picture::{file, ready};
use crate::drawn::fonts;
use crate::ogc::bad;

/// Metres around the equator, and of a CSS pixel on paper.
const AROUND: f64 = 40_075_016.685_578_49;
const PIXEL: f64 = 0.0254 / 96.0;

pub async fn show(visit: Visit, asked: Asked) -> Answer {
    let view = View::of(&asked);
    let place = view.place.unwrap_or(MapPlace::new(0.0, 0.0, 1.0));
    let look = match view.look {
        // Paper is white.
        kernel_ui::MapLook::Auto | kernel_ui::MapLook::Dark => map_draw::looks::Look::Day,
        _ => view.drawn_look(visit.preferences),
    };
    let (ready, fonts) = (ready(&visit, &view, look, None).await?, fonts(&visit));
    let scale = scale_of(place);
    #[allow(clippy::cast_possible_truncation)]
    let written = visit.number(scale as i64);
    let named = ready.titles.join(", ");
    let sheet = Sheet {
        paper: if asked.text("paper") == "a3" { Paper::A3 } else { Paper::A4 },
        form: if asked.text("form") == "portrait" { Form::Portrait } else { Form::Landscape },
        lon: place.lon,
        lat: place.lat,
        scale,
        look,
        title: if named.is_empty() { visit.t("map-title") } else { named.clone() },
        description: visit.t_with("map-print-shows", &[("layers", named.into())]),
        legends: ready.legends.clone(),
        attribution: visit.t_with(
            "map-print-source",
            &[("source", ready.credits.join(", ").into()), ("day", visit.date(visit.now().date()).into())],
        ),
        scale_text: format!("1:{written}"),
        north: visit.t("map-print-north"),
        language: visit.language.code.to_owned(),
        from_right: visit.language.rtl,
    };
    let work = move || pdf(&ready.style, &sheet, &ready.source, &fonts);
    let bytes =
        tokio::task::spawn_blocking(work).await.map_err(Error::fault)?.map_err(|cause| bad(cause.to_string()))?;
    let mut response = file(bytes, "application/pdf");
    let name = HeaderValue::from_static("inline; filename=\"map.pdf\"");
    response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    Ok(response)
}

/// The scale that the screen has, with two digits that count.
fn scale_of(place: MapPlace) -> f64 {
    let pixel = AROUND * place.lat.to_radians().cos() / 512.0 / place.zoom.exp2();
    let scale = (pixel / PIXEL).clamp(200.0, 40_000_000.0);
    let step = 10_f64.powf(scale.log10().floor() - 1.0);
    (scale / step).round() * step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_is_a_round_number_near_the_screens() {
        let of = |zoom| scale_of(MapPlace::new(126.978, 37.5665, zoom));
        assert!((of(14.0) - 14_000.0).abs() < 1.0, "{}", of(14.0));
        assert!((of(13.0) / of(14.0) - 2.0).abs() < 0.1);
        assert!(of(20.0) >= 200.0);
    }
}
