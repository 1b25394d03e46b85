//! The league of a published round: order, how sure it is, categories, averages, map, change.

use axum::extract::Path;
use kernel_language::country;
use kernel_ui::{
    Bar, BarChart, Column, Dot, DotMap, Figure, Line, Markup, Range, RangeChart, Reader, Row, SlopeChart, Table,
    bar_chart, columns, details, dot_map, figures, html, lead, link_list, range_chart, round_ticks, section,
    slope_chart, table,
};
use kernel_web::{Answer, Visit};

use super::frame::{Shown, between, find, from_to, group, places, points, whole};
use super::results::{Change, CityResult, Group};
use crate::league::name_apart;

pub async fn show(visit: Visit, Path(round): Path<String>) -> Answer {
    let shown = find(&visit, &round).await?;
    let title = shown.results.round.title.clone();
    let main = body(&visit, &shown);
    let page = shown.part(&visit, "", title, main).description(summary(&visit, &shown));
    Ok(visit.page(page))
}

fn body(reader: &dyn Reader, shown: &Shown) -> Markup {
    html! {
        (lead(&summary(reader, shown)))
        (key_figures(reader, shown))
        (section("league", &reader.t("survey-publish-league"), league(reader, shown)))
        (section("sure", &reader.t("survey-publish-sure"), sure(reader, shown)))
        (section("categories", &reader.t("survey-league-categories"), categories(reader, shown)))
        (section("averages", &reader.t("survey-averages"), averages(reader, shown)))
        (section("where", &reader.t("survey-league-where"), map(reader, shown)))
        @for change in &shown.results.changes {
            (section(&format!("since-{}", change.round), &reader.t_with("survey-publish-since", &[("round", change.title.as_str().into())]), changed(reader, shown, change)))
        }
        (section("use", &reader.t("survey-publish-use"), ways_on(reader, shown)))
    }
}

/// Chart and table of the order.
pub fn league(reader: &dyn Reader, shown: &Shown) -> Markup {
    html! { (scores_chart(reader, shown)) (ranking(reader, shown)) }
}

/// Who leads, by how much, and whether that is certain: the sentence that others will quote.
pub fn summary(reader: &dyn Reader, shown: &Shown) -> String {
    let results = &shown.results;
    let Some(first) = results.cities.first() else { return String::new() };
    let key = if first.alike.is_empty() { "survey-publish-summary-clear" } else { "survey-publish-summary-close" };
    reader.t_with(
        key,
        &[
            ("cities", results.cities.len().into()),
            ("criteria", results.criteria.len().into()),
            ("first", first.name.as_str().into()),
            ("score", points(reader, &first.score).into()),
            ("alike", first.alike.len().into()),
            ("date", shown.published(reader).into()),
        ],
    )
}

fn key_figures(reader: &dyn Reader, shown: &Shown) -> Markup {
    let results = &shown.results;
    let source = reader.t_with("survey-publish-figure-source", &[("date", shown.published(reader).into())]);
    let figure = |value: String, key: &str| Figure { value, label: reader.t(key), source: source.clone() };
    let mut all = vec![figure(whole(reader, results.cities.len()), "survey-publish-figure-cities")];
    if let Some(average) = results.average("all") {
        all.push(figure(points(reader, &average.score), "survey-publish-figure-average"));
    }
    if let Some(agreement) = results.reliability("evaluators", "all", "").and_then(|one| one.agreement) {
        let percent = reader.formats().decimal(agreement * 100.0, 0);
        let percent = reader.t_with("survey-publish-percent", &[("n", percent.into())]);
        all.push(figure(percent, "survey-publish-figure-agreement"));
    }
    figures(&all)
}

/// First and last row of each group, from 0.
fn brackets(groups: &[Group]) -> Vec<(usize, usize)> {
    groups.iter().map(|group| (group.first - 1, group.last - 1)).collect()
}

fn scores_chart(reader: &dyn Reader, shown: &Shown) -> Markup {
    let results = &shown.results;
    let rows: Vec<Range> = results
        .cities
        .iter()
        .map(|city| Range {
            label: city.name.clone(),
            low: city.score_between.low,
            value: city.score.rounded,
            high: city.score_between.high,
            text: points(reader, &city.score),
            between: between(reader, city.score_between),
            marked: false,
        })
        .collect();
    let low = rows.iter().map(|row| row.low.min(row.value)).fold(100.0, f64::min);
    let high = rows.iter().map(|row| row.high.max(row.value)).fold(0.0, f64::max);
    range_chart(
        reader,
        &RangeChart {
            title: reader.t("survey-publish-scores-chart"),
            note: reader.t("survey-publish-scores-note"),
            names: reader.t("survey-city"),
            values: reader.t("survey-score-of-100"),
            betweens: reader.t("survey-publish-interval"),
            ticks: round_ticks(low, high),
            rows,
            brackets: brackets(&results.groups),
        },
    )
}

fn ranking(reader: &dyn Reader, shown: &Shown) -> Markup {
    let row = |city: &CityResult| {
        Row::new(vec![
            html! { (whole(reader, city.rank)) },
            shown.city_link(&city.slug),
            html! { (country(reader.language(), &city.country)) },
            html! { (points(reader, &city.score)) },
            html! { (places(reader, city.rank_between)) },
        ])
        .named_by(1)
    };
    table(&Table {
        caption: reader.t("survey-publish-league-caption"),
        columns: vec![
            Column::number(reader.t("survey-rank")),
            Column::text(reader.t("survey-city")),
            Column::text(reader.t("survey-country")),
            Column::number(reader.t("survey-score-of-100")),
            Column::number(reader.t("survey-publish-rank-between")),
        ],
        rows: shown.results.cities.iter().map(row).collect(),
    })
}

/// Ranks with where they may lie, and what other ways of adding up would give.
fn sure(reader: &dyn Reader, shown: &Shown) -> Markup {
    let results = &shown.results;
    let rows = results.cities.iter().map(|city| Range {
        label: city.name.clone(),
        low: city.rank_between.low as f64,
        value: city.rank as f64,
        high: city.rank_between.high as f64,
        text: whole(reader, city.rank),
        between: places(reader, city.rank_between),
        marked: false,
    });
    let last = results.cities.len().max(2) as f64;
    let chart = RangeChart {
        title: reader.t("survey-publish-ranks-chart"),
        note: reader.t("survey-publish-ranks-note"),
        names: reader.t("survey-city"),
        values: reader.t("survey-rank"),
        betweens: reader.t("survey-publish-rank-between"),
        ticks: rank_ticks(last),
        rows: rows.collect(),
        brackets: brackets(&results.groups),
    };
    html! {
        p { (reader.t("survey-publish-sure-text")) }
        (range_chart(reader, &chart))
        (details(&reader.t("survey-publish-otherwise"), otherwise(reader, shown)))
    }
}

/// From the first place to the last, at round numbers between.
fn rank_ticks(last: f64) -> Vec<f64> {
    let mut ticks: Vec<f64> =
        round_ticks(0.0, last).into_iter().filter(|tick| *tick > 1.0 && *tick < last * 0.93).collect();
    ticks.insert(0, 1.0);
    ticks.push(last);
    ticks
}

fn otherwise(reader: &dyn Reader, shown: &Shown) -> Markup {
    let row = |city: &CityResult| {
        let other = &city.sensitivity;
        Row::new(vec![
            html! { (whole(reader, city.rank)) },
            shown.city_link(&city.slug),
            html! { (places(reader, other.noisy_weights)) },
            html! { (places(reader, other.free_weights)) },
            html! { (whole(reader, other.geometric)) },
        ])
        .named_by(1)
    };
    html! {
        p { (reader.t("survey-publish-otherwise-text")) }
        (table(&Table {
            caption: reader.t("survey-publish-otherwise-caption"),
            columns: vec![
                Column::number(reader.t("survey-rank")),
                Column::text(reader.t("survey-city")),
                Column::number(reader.t("survey-publish-noisy-weights")),
                Column::number(reader.t("survey-publish-free-weights")),
                Column::number(reader.t("survey-publish-geometric")),
            ],
            rows: shown.results.cities.iter().map(row).collect(),
        }))
    }
}

fn categories(reader: &dyn Reader, shown: &Shown) -> Markup {
    let results = &shown.results;
    let average = results.average("all");
    let most = results.categories.iter().map(|category| category.points).max().unwrap_or(20);
    let bars = results.categories.iter().enumerate().filter_map(|(place, category)| {
        let score = average?.categories.get(place)?;
        let name = shown.category_name(reader, &category.id);
        Some(Bar { label: name, value: score.rounded, text: points(reader, score), marked: false })
    });
    let chart = BarChart {
        title: reader.t("survey-publish-categories-chart"),
        note: reader.t_with("survey-publish-points-note", &[("points", most.into())]),
        names: reader.t("survey-category"),
        values: reader.t("survey-average"),
        max: Some(f64::from(most)),
        bars: bars.collect(),
    };
    html! { (bar_chart(reader, &chart)) (details(&reader.t("survey-publish-by-city"), by_city(reader, shown))) }
}

fn by_city(reader: &dyn Reader, shown: &Shown) -> Markup {
    let results = &shown.results;
    let row = |city: &CityResult| {
        let scores = city.categories.iter().map(|category| html! { (points(reader, &category.score)) });
        Row::new([shown.city_link(&city.slug)].into_iter().chain(scores).collect())
    };
    let names = results.categories.iter().map(|category| Column::number(shown.category_name(reader, &category.id)));
    table(&Table {
        caption: reader.t("survey-publish-by-city"),
        columns: [Column::text(reader.t("survey-city"))].into_iter().chain(names).collect(),
        rows: results.cities.iter().map(row).collect(),
    })
}

fn averages(reader: &dyn Reader, shown: &Shown) -> Markup {
    let results = &shown.results;
    let label = |average: &super::results::Average| {
        reader.t_with(
            "survey-publish-group",
            &[("group", group(reader, &average.group).into()), ("n", average.cities.into())],
        )
    };
    let bars = results.averages.iter().map(|average| Bar {
        label: label(average),
        value: average.score.rounded,
        text: points(reader, &average.score),
        marked: average.group == "all",
    });
    let chart = BarChart {
        title: reader.t("survey-publish-averages-chart"),
        note: reader.t("survey-publish-averages-note"),
        names: reader.t("survey-average-group"),
        values: reader.t("survey-average"),
        max: Some(100.0),
        bars: bars.collect(),
    };
    let names = results.categories.iter().map(|category| Column::number(shown.category_name(reader, &category.id)));
    let rows = results.averages.iter().map(|average| {
        let scores = average.categories.iter().map(|score| html! { (points(reader, score)) });
        let named = [html! { (label(average)) }, html! { (points(reader, &average.score)) }];
        Row::new(named.into_iter().chain(scores).collect())
    });
    let by_category = Table {
        caption: reader.t("survey-publish-averages-caption"),
        columns: [Column::text(reader.t("survey-average-group")), Column::number(reader.t("survey-category-overall"))]
            .into_iter()
            .chain(names)
            .collect(),
        rows: rows.collect(),
    };
    html! { (bar_chart(reader, &chart)) (details(&by_category.caption, table(&by_category))) }
}

fn map(reader: &dyn Reader, shown: &Shown) -> Markup {
    let dots = shown.results.cities.iter().filter_map(|city| {
        Some(Dot {
            label: city.name.clone(),
            latitude: city.latitude?,
            longitude: city.longitude?,
            value: city.score.rounded,
            text: points(reader, &city.score),
            marked: false,
        })
    });
    let mut dots: Vec<Dot> = dots.collect();
    if dots.is_empty() {
        return html! { p { (reader.t("survey-publish-no-map")) } };
    }
    name_apart(&mut dots);
    let map = DotMap {
        title: reader.t("survey-publish-map"),
        note: reader.t("survey-publish-map-note"),
        names: reader.t("survey-city"),
        values: reader.t("survey-score-of-100"),
        max: 100.0,
        dots,
    };
    columns(&[dot_map(reader, &map)])
}

/// Lines of the cities whose change is certain stand out; all changes are in the table.
fn changed(reader: &dyn Reader, shown: &Shown, change: &Change) -> Markup {
    let name = |slug: &str| shown.results.city(slug).map_or_else(|| slug.to_owned(), |city| city.name.clone());
    let mut by_size: Vec<_> = change.cities.iter().filter(|city| city.certain).collect();
    by_size.sort_by(|a, b| b.change.abs().total_cmp(&a.change.abs()));
    let marked: Vec<&str> = by_size.iter().take(7).map(|city| city.city.as_str()).collect();
    let lines = change.cities.iter().map(|city| Line {
        label: name(&city.city),
        values: vec![Some(city.before.rounded), Some(city.after.rounded)],
        marked: marked.contains(&city.city.as_str()),
    });
    let chart = SlopeChart {
        title: reader.t("survey-publish-change-chart"),
        note: reader.t("survey-publish-change-note"),
        names: reader.t("survey-city"),
        // Slugs: titles are too long to stand under the ends of a chart.
        rounds: vec![change.round.clone(), shown.results.round.slug.clone()],
        lines: lines.collect(),
        max: 100.0,
        digits: 2,
    };
    let compared = [
        ("criteria", change.criteria.into()),
        ("all", shown.results.criteria.len().into()),
        ("cities", change.cities.len().into()),
    ];
    html! {
        p { (reader.t_with("survey-publish-since-text", &compared)) }
        (slope_chart(reader, &chart))
        (details(&reader.t("survey-publish-change-caption"), change_table(reader, shown, change)))
    }
}

fn change_table(reader: &dyn Reader, shown: &Shown, change: &Change) -> Markup {
    let rows = change.cities.iter().map(|city| {
        let certain = if city.certain { "survey-publish-change-certain" } else { "survey-publish-change-uncertain" };
        Row::new(vec![
            shown.city_link(&city.city),
            html! { (points(reader, &city.before)) },
            html! { (points(reader, &city.after)) },
            html! { (reader.formats().decimal(city.change, 2)) },
            html! { @if let Some(span) = city.change_between { (from_to(reader, span)) } },
            html! { (reader.t(certain)) },
        ])
    });
    table(&Table {
        caption: reader.t("survey-publish-change-caption"),
        columns: vec![
            Column::text(reader.t("survey-city")),
            Column::number(reader.t("survey-publish-before")),
            Column::number(reader.t("survey-publish-after")),
            Column::number(reader.t("survey-publish-change")),
            Column::number(reader.t("survey-publish-interval")),
            Column::text(reader.t("survey-publish-certain")),
        ],
        rows: rows.collect(),
    })
}

fn ways_on(reader: &dyn Reader, shown: &Shown) -> Markup {
    let not_judged: Vec<&str> = shown.results.not_judged.iter().map(|city| city.name.as_str()).collect();
    let link = |key: &str, rest: &str| (reader.t(key), shown.href(rest), reader.t(&format!("{key}-text")));
    html! {
        (link_list(&[
            link("survey-publish-see-criteria", "/criteria"),
            link("survey-publish-see-method", "/method"),
            link("survey-publish-see-reliability", "/reliability"),
            link("survey-publish-see-data", "/data"),
        ]))
        @if !not_judged.is_empty() {
            p { (reader.t_with("survey-publish-not-judged", &[("cities", not_judged.join(", ").into())])) }
        }
    }
}
