//! Forms: labels, marks of what is required, help of the browser.

use std::collections::BTreeSet;

use super::{Case, border, percent};
use crate::finding::{Finding, counted, on_page};
use crate::topic::reading::ALL_LANGUAGES;
use crate::topic::signal::described;

pub fn labels(case: &Case<'_>) -> Finding {
    let site = case.site();
    let (mut all, mut labelled, mut forms) = (0, 0, 0);
    let (mut marks, mut completes, mut helped, mut data) = (0, 0, 0, 0);
    let mut seen = BTreeSet::new();
    let (mut good, mut bad) = (None, None);
    for (_, page) in site.distinct() {
        for form in page.forms.iter().filter(|f| f.filled().next().is_some()) {
            let print: Vec<(&str, &str)> = form.fields.iter().map(|f| (f.kind.as_str(), f.name.as_str())).collect();
            if !seen.insert(print) {
                continue;
            }
            forms += 1;
            let fields: Vec<_> = form.filled().collect();
            all += fields.len();
            labelled += fields.iter().filter(|f| f.labelled).count();
            if form.takes_data() {
                data += 1;
                let words = case.reading.look_up(&form.text);
                marks += usize::from(
                    fields.iter().any(|f| f.required)
                        || form.text.contains('*')
                        || case.reading.cued(&words, "required", ALL_LANGUAGES),
                );
                // Only a form that asks for a name, a mail address, a telephone number or an address can be helped.
                if form.asks_email() || form.has("tel") {
                    helped += 1;
                    completes +=
                        usize::from(fields.iter().any(|f| !f.autocomplete.is_empty() && f.autocomplete != "off"));
                }
            }
            if fields.iter().any(|f| !f.labelled) {
                bad.get_or_insert((page, form));
            } else {
                good.get_or_insert((page, form));
            }
        }
    }
    if all == 0 {
        return Finding::nothing(site, "A form was");
    }
    let share = labelled as f64 / all as f64;
    let marked = data > 0 && marks * 5 >= data * 4;
    let step = match case.max() {
        2 if share >= 0.95 && marked && helped > 0 && completes * 3 >= helped * 2 => 2,
        2 => u8::from(share >= 0.95),
        _ if share >= 0.95 && marked => 3,
        _ if share >= 0.95 => 2,
        _ => u8::from(share >= 0.7),
    };
    let reason = format!(
        "{labelled} of {all} fields ({}%) in {} have a label; of {data} that take data, {marks} mark what is required; {completes} of {helped} that ask whom to answer name their fields for automatic filling.",
        percent(labelled, all),
        counted(forms, "different form")
    );
    let shown = if share < 0.95 { bad.or(good) } else { good.or(bad) };
    let confidence = border(share, 0.95) * if forms >= 2 { 1.0 } else { 0.85 };
    Finding::measured(case.scaled(step), confidence, reason).with(shown.map(|(p, f)| on_page(site, p, &described(f))))
}
