//! `/map/make`: a map of one's own, made of a layer and one of its fields. The address is the map: nothing is kept, and
//! whoever has the link sees it.

use kernel_ui::{Choice, Emphasis, Field, Markup, alert, button_link, html, lead, plain_form, section_links, select};
use kernel_web::{Answer, Asked, Failure, Page, Visit};
use map_feature::Kind;

use super::asked::View;
use super::laid::{Laid, laid};
use super::page::{map, siblings};
use crate::ogc::title;

/// What was chosen so far.
struct Wish {
    of: String,
    field: String,
    how: String,
    classes: String,
    colour: String,
}

impl Wish {
    fn of(asked: &Asked) -> Wish {
        let said =
            |name: &str, usual: &str| if asked.text(name).is_empty() { usual } else { asked.text(name) }.to_owned();
        Wish {
            of: said("of", ""),
            field: said("field", ""),
            how: said("how", "quantiles"),
            classes: said("classes", "4"),
            colour: said("colour", "0"),
        }
    }

    /// As addresses write it; empty while something is missing.
    fn theme(&self, layer: &Laid) -> String {
        let schema = &layer.layer().schema;
        let seen = layer.layer().fields(&layer.seen.mask);
        let field = schema.position(&self.field).filter(|at| seen.contains(at)).map(|at| &schema.fields[at]);
        match (field, self.how.as_str()) {
            (None, _) => format!("{}~plain~{}", self.of, self.colour),
            (Some(field), "circles") if is_number(field.kind) => format!("{}~circles~24~{}", self.of, field.name),
            (Some(field), how) if is_number(field.kind) => {
                let how =
                    if ["quantiles", "equal-intervals", "natural-breaks"].contains(&how) { how } else { "quantiles" };
                format!("{}~graduated~{}~{how}~{}", self.of, self.classes, field.name)
            }
            (Some(field), _) => format!("{}~categories~{}", self.of, field.name),
        }
    }
}

fn is_number(kind: Kind) -> bool {
    matches!(kind, Kind::Integer | Kind::Number)
}

pub async fn show(visit: Visit, asked: Asked) -> Answer {
    let wish = Wish::of(&asked);
    let all = laid(&visit, &View::default()).await?;
    let chosen = all.iter().find(|one| one.layer().name == wish.of);
    let main = html! {
        (section_links(&visit.t("map-title"), &siblings(&visit)))
        (lead(&visit.t("map-make-lead")))
        (plain_form("/map/make", questions(&visit, &all, chosen, &wish)))
        @if let Some(chosen) = chosen { (made(&visit, &asked, chosen, &wish).await?) }
    };
    Ok(visit.page(Page::new(visit.t("map-make")).crumb(visit.t("map-title"), "/map").main(main)))
}

/// The map as it was chosen, on the page's own map, where it can be moved, shared and printed.
async fn made(visit: &Visit, asked: &Asked, chosen: &Laid, wish: &Wish) -> Result<Markup, Failure> {
    let theme = wish.theme(chosen);
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("layer", "")
        .append_pair("layer", &wish.of)
        .append_pair("theme", &theme)
        .finish();
    let mut view = View::of_query(&query);
    view.place = View::of(asked).place;
    Ok(html! {
        (button_link(&visit.t("map-make-open"), &format!("/map?{query}"), Emphasis::Main))
        (alert(kernel_ui::Tone::Info, "", html! { p { (visit.t("map-make-link")) } }))
        (map(visit, &view, "/map").await?)
    })
}

fn questions(visit: &Visit, all: &[Laid], chosen: Option<&Laid>, wish: &Wish) -> Markup {
    let mut layers = vec![Choice::new("", visit.t("map-make-choose"))];
    layers.extend(all.iter().map(|one| Choice::new(&*one.layer().name, title(visit, one.layer()))));
    let pick = |name, key: &str, value: &str, choices: &[Choice]| {
        select(visit, &Field { name, label: &visit.t(key), value, required: true, ..Field::default() }, choices)
    };
    let fields = chosen.map(|one| fields(visit, one));
    let hows = ["quantiles", "equal-intervals", "natural-breaks", "circles"];
    let hows = hows.map(|how| Choice::new(how, visit.t(&format!("map-make-how-{how}"))));
    let classes = ["2", "3", "4", "5"].map(|n| Choice::new(n, n));
    let colours: Vec<Choice> =
        (0..7).map(|n| Choice::new(n.to_string(), visit.t(&format!("map-colour-{n}")))).collect();
    html! {
        (pick("of", "map-make-of", &wish.of, &layers))
        @if let Some(fields) = fields {
            (pick("field", "map-make-field", &wish.field, &fields))
            (pick("how", "map-make-how", &wish.how, &hows))
            (pick("classes", "map-make-classes", &wish.classes, &classes))
            (pick("colour", "map-make-colour", &wish.colour, &colours))
        }
        (kernel_ui::button(&visit.t(if chosen.is_some() { "map-make-show" } else { "map-make-next" }), Emphasis::Second))
    }
}

fn fields(visit: &Visit, one: &Laid) -> Vec<Choice> {
    let layer = one.layer();
    let mut all = vec![Choice::new("", visit.t("map-make-no-field"))];
    all.extend(layer.fields(&one.seen.mask).into_iter().map(|at| {
        let field = &layer.schema.fields[at];
        Choice::new(&*field.name, field.title.as_deref().unwrap_or(&field.name))
    }));
    all
}
