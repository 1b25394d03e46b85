//! Every component once, on one page: the place to look before a change and after it.

use crate::{
    Bar, BarChart, Card, Choice, Column, Dot, DotMap, Emphasis, Field, Figure, Line, Link, Location, MapWays, Markup,
    Pages, Range, RangeChart, Reader, Row, SlopeChart, Table, Tile, Tone, alert, bar_chart, button, button_link, cards,
    checkboxes, columns, details, dot_map, empty_state, error_summary, figures, file_field, folded, form, hidden, html,
    lead, link_list, location_picker, meter, pagination, prose, radios, range_chart, search_field, section,
    section_links, select, slope_chart, steps, summary_list, table, tag, text_field, textarea, tiles, wide,
};

/// The gallery's content, under the page's own heading.
pub fn all(reader: &dyn Reader) -> Markup {
    html! {
        (lead(&reader.t("gallery-lead")))
        (section("words", &reader.t("gallery-words"), words(reader)))
        (section("navigation", &reader.t("gallery-navigation"), navigation(reader)))
        (section("facts", &reader.t("gallery-facts"), facts(reader)))
        (section("charts", &reader.t("gallery-charts"), charts(reader)))
        (section("questions", &reader.t("gallery-questions"), questions(reader)))
    }
}

fn sentence(reader: &dyn Reader) -> Markup {
    html! { p { (reader.t("gallery-sentence")) } }
}

fn words(reader: &dyn Reader) -> Markup {
    let tones = [
        (Tone::Info, "gallery-info"),
        (Tone::Success, "gallery-success"),
        (Tone::Warning, "gallery-warning"),
        (Tone::Danger, "gallery-danger"),
    ];
    html! {
        (prose(sentence(reader)))
        @for (tone, key) in tones { (alert(tone, &reader.t(key), sentence(reader))) }
        p { (tag(Tone::Neutral, &reader.t("gallery-state"))) " " (tag(Tone::Success, &reader.t("gallery-state-done"))) }
        (details(&reader.t("gallery-more"), sentence(reader)))
        (folded("folded", &reader.t("gallery-more"), "12 / 20", sentence(reader)))
        (empty_state(&reader.t("gallery-empty"), sentence(reader)))
        (columns(&[
            button_link(&reader.t("gallery-start"), "#words", Emphasis::Main),
            button_link(&reader.t("gallery-look-first"), "#words", Emphasis::Second),
            button_link(&reader.t("gallery-maybe"), "#words", Emphasis::Quiet),
        ]))
    }
}

fn navigation(reader: &dyn Reader) -> Markup {
    let example = reader.t("gallery-example");
    let link = |key: &str, current| Link { label: reader.t(key), href: "#navigation".to_owned(), current };
    let names = ["gallery-step-ask", "gallery-step-check", "gallery-step-send"].map(|key| reader.t(key));
    let tile =
        |key: &str| Tile { title: reader.t(key), text: reader.t("gallery-sentence"), href: "#navigation".to_owned() };
    html! {
        (section_links(&example, &[link("gallery-city-a", true), link("gallery-city-b", false)]))
        (steps(reader, &names, 1))
        (tiles(&[tile("gallery-start"), tile("gallery-look-first"), tile("gallery-maybe")]))
        (link_list(&[(example.clone(), "#navigation".to_owned(), reader.t("gallery-sentence"))]))
        (pagination(reader, &Pages { current: 4, last: 12, href: &|_| "#navigation".to_owned() }))
        (search_field(reader, "/search", &example, "", true))
    }
}

/// Name, coordinates and score of three made-up cities.
fn examples(reader: &dyn Reader) -> [(String, (f64, f64), f64); 3] {
    [
        (reader.t("gallery-city-a"), (37.6, 127.0), 82.0),
        (reader.t("gallery-city-b"), (43.7, -79.4), 64.0),
        (reader.t("gallery-city-c"), (-34.6, -58.4), 48.0),
    ]
}

fn facts(reader: &dyn Reader) -> Markup {
    let examples = examples(reader);
    let row = |(name, _, score): &(String, _, f64)| {
        Row::new(vec![html! { (name) }, html! { (reader.formats().decimal(*score, 1)) }])
    };
    let shown = Table {
        caption: reader.t("gallery-bars"),
        columns: vec![Column::text(reader.t("gallery-name")), Column::number(reader.t("gallery-score"))],
        rows: examples.iter().enumerate().map(|(place, example)| row(example).marked(place == 0)).collect(),
    };
    let entries = [(reader.t("gallery-name"), html! { (examples[0].0) }), (reader.t("gallery-score"), html! { "82" })];
    let figure = Figure {
        value: reader.formats().number(734_512),
        label: reader.t("gallery-score"),
        source: reader.t("gallery-figures-note"),
    };
    html! {
        (wide(&shown.caption, table(&shown)))
        (summary_list(&entries))
        (cards(&[Card { title: examples[0].0.clone(), href: "#facts".to_owned(), body: sentence(reader) }]))
        (figures(&[figure]))
        (meter(&reader.t("gallery-facts"), 34, 98, "34 / 98"))
    }
}

fn charts(reader: &dyn Reader) -> Markup {
    let examples = examples(reader);
    let note = reader.t("gallery-figures-note");
    let (names, values) = (reader.t("gallery-name"), reader.t("gallery-score"));
    let written = |score: f64| reader.formats().decimal(score, 1);
    let bars = examples.iter().enumerate().map(|(place, (name, _, score))| Bar {
        label: name.clone(),
        value: *score,
        text: written(*score),
        marked: place == 0,
    });
    let lines = examples.iter().enumerate().map(|(place, (name, _, score))| Line {
        label: name.clone(),
        values: vec![Some(score * 0.8), (place != 1).then_some(score * 0.9), Some(*score)],
        marked: place < 2,
    });
    let ranges = examples.iter().enumerate().map(|(place, (name, _, score))| Range {
        label: name.clone(),
        low: score - 9.0,
        value: *score,
        high: score + 7.0,
        text: written(*score),
        between: format!("{}–{}", written(score - 9.0), written(score + 7.0)),
        marked: place == 0,
    });
    let ranges = RangeChart {
        title: reader.t("gallery-ranges"),
        note: note.clone(),
        names: names.clone(),
        values: values.clone(),
        betweens: reader.t("gallery-between"),
        ticks: vec![20.0, 40.0, 60.0, 80.0, 100.0],
        rows: ranges.collect(),
        brackets: vec![(1, 2)],
    };
    let dots = examples.iter().enumerate().map(|(place, (name, (latitude, longitude), score))| Dot {
        label: name.clone(),
        latitude: *latitude,
        longitude: *longitude,
        value: *score,
        text: written(*score),
        marked: place == 0,
    });
    html! {
        (bar_chart(reader, &BarChart { title: reader.t("gallery-bars"), note: note.clone(), names: names.clone(), values: values.clone(), max: Some(100.0), bars: bars.collect() }))
        (range_chart(reader, &ranges))
        (slope_chart(reader, &SlopeChart { title: reader.t("gallery-slope"), note: note.clone(), names: names.clone(), rounds: ["2003", "2005", "2007"].map(str::to_owned).to_vec(), lines: lines.collect(), max: 100.0, digits: 1 }))
        (dot_map(reader, &DotMap { title: reader.t("gallery-map"), note, names, values, max: 100.0, dots: dots.collect() }))
    }
}

fn questions(reader: &dyn Reader) -> Markup {
    let (email, email_hint, email_error) =
        (reader.t("gallery-email"), reader.t("gallery-email-hint"), reader.t("gallery-email-error"));
    let (message, topic, contact) =
        (reader.t("gallery-message"), reader.t("gallery-topic"), reader.t("gallery-contact"));
    let (languages, file) = (reader.t("gallery-languages"), reader.t("gallery-file"));
    let ways = [
        Choice::new("mail", reader.t("gallery-by-mail")),
        Choice { hint: reader.t("gallery-by-letter-hint"), ..Choice::new("letter", reader.t("gallery-by-letter")) },
    ];
    let read = kernel_language::LANGUAGES.map(|language| Choice::new(language.code, language.name));
    let broken = Field {
        name: "email",
        label: &email,
        hint: &email_hint,
        error: &email_error,
        value: "name@",
        required: true,
        autocomplete: "email",
        kind: "email",
        ..Field::default()
    };
    html! {
        (error_summary(reader, &[("email", email_error.clone())]))
        (form("/gallery", true, html! {
            (hidden("example", "yes"))
            (text_field(reader, &broken))
            (textarea(reader, &Field { name: "message", label: &message, ..Field::default() }, 4))
            (select(reader, &Field { name: "topic", label: &topic, required: true, ..Field::default() }, &ways))
            (radios(reader, &Field { name: "contact", label: &contact, value: "mail", required: true, ..Field::default() }, &ways))
            (checkboxes(reader, &Field { name: "languages", label: &languages, ..Field::default() }, &read, &["ko"]))
            (place(reader))
            (file_field(reader, &Field { name: "file", label: &file, ..Field::default() }, ".csv,text/csv"))
            (button(&reader.t("gallery-start"), Emphasis::Main))
        }))
    }
}

/// Suggestions and the small map come from the city's map; a city without one keeps the text.
fn place(reader: &dyn Reader) -> Markup {
    let (label, hint) = (reader.t("gallery-place"), reader.t("gallery-place-hint"));
    let ways = MapWays { style: "/map/style/{style}.json".to_owned(), ..MapWays::default() };
    location_picker(
        reader,
        &Location {
            name: "place",
            label: &label,
            hint: &hint,
            error: "",
            text: "",
            at: None,
            required: true,
            search: "/map/api/search",
            reverse: "/map/api/reverse",
            ways: &ways,
            bounds: [126.76, 37.42, 127.18, 37.70],
        },
    )
}

#[cfg(test)]
pub(crate) mod tests {
    use kernel_language::{Arg, ENGLISH, Lang};

    use crate::Reader;

    /// Says every key as it is.
    pub(crate) struct Plain;

    impl Reader for Plain {
        fn language(&self) -> Lang {
            ENGLISH
        }

        fn t_with(&self, key: &str, _: &[(&str, Arg)]) -> String {
            key.to_owned()
        }
    }

    #[test]
    fn the_gallery_shows_every_component_once() {
        let source = include_str!("lib.rs");
        let gallery = include_str!("gallery.rs");
        let uses = source.split("pub use ").skip(1).filter_map(|line| line.split(';').next());
        let exported = uses.flat_map(|line| line.split(&['{', '}', ',', ' ', '\n', ':'][..]));
        // Components are functions in lower case; the rest of the exports are not drawn.
        // The page around the gallery shows the breadcrumbs already.
        let others = [
            "breadcrumbs",
            "assets",
            "asset_address",
            "asset_file",
            "assets_present",
            "frame",
            "html",
            "maud",
            // Needs a challenge that is really open.
            "proof_of_work",
            // Need a document, a file or a page for print of their own.
            "framed",
            "picture",
            "paper",
            // Need layers, which are the city's own; the map's page shows them.
            "legend",
            // As `form`, with the other method.
            "plain_form",
            "map_document",
            "map_editor",
            "map_feature",
            "map_figure",
            "map_list",
            "map_view",
            // Where the lines of an axis stand.
            "round_ticks",
            // Need a site's own keys, or hold what is shown once.
            "passkey_form",
            "secret",
            "secret_list",
            "square_code",
        ];
        let modules = [
            "charts",
            "data",
            "forms",
            "map",
            "maps",
            "navigation",
            "notices",
            "passkey",
            "proof",
            "ranges",
            "reader",
            "secrets",
            "slope",
        ];
        for name in exported.filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase())) {
            if others.contains(&name)
                || modules.contains(&name)
                || !name.chars().all(|c| c.is_ascii_lowercase() || c == '_')
            {
                continue;
            }
            assert!(
                gallery.contains(&format!("({name}(")) || gallery.contains(&format!(" {name}(")),
                "{name} is not shown"
            );
        }
    }
}
