//! The words of the desk's script, which has none of its own.

use kernel_web::Visit;

/// A number that the script puts in.
const NUMBER: &str = "#";

/// Every key and what it does.
pub fn keys(visit: &Visit) -> Vec<(&'static str, String)> {
    [
        ("0 1 2 3", "survey-desk-key-value"),
        ("a", "survey-desk-key-absent"),
        ("x", "survey-desk-key-not-found"),
        ("c", "survey-desk-key-not-this-city"),
        ("j", "survey-desk-key-not-assessable"),
        ("n", "survey-desk-key-next"),
        ("p", "survey-desk-key-previous"),
        ("u", "survey-desk-key-unanswered"),
        ("f", "survey-desk-key-flag"),
        ("w", "survey-desk-key-note"),
        ("s", "survey-desk-key-cite"),
        ("m", "survey-desk-key-machine"),
        ("/", "survey-desk-key-filter"),
        ("?", "survey-desk-key-help"),
    ]
    .map(|(key, does)| (key, visit.t(does)))
    .to_vec()
}

/// What the script says, by its word for it. `#` stands for a number, an answer or a criterion.
pub fn says(visit: &Visit) -> Vec<(&'static str, String)> {
    let plain = [
        ("saved", "survey-desk-say-saved"),
        ("saving", "survey-desk-say-saving"),
        ("signIn", "survey-desk-say-sign-in"),
        ("signInLink", "survey-desk-say-sign-in-link"),
        ("closed", "survey-desk-say-closed"),
        ("complete", "survey-desk-say-complete"),
        ("flagOn", "survey-desk-say-flag-on"),
        ("flagOff", "survey-desk-say-flag-off"),
        ("conflict", "survey-desk-conflict"),
        ("keepMine", "survey-desk-say-keep-mine"),
        ("takeOther", "survey-desk-conflict-take"),
        ("machineOffline", "survey-desk-say-machine-offline"),
        ("pageOffline", "survey-desk-say-page-offline"),
        ("noPage", "survey-desk-say-no-page"),
        ("leaving", "survey-desk-say-leaving"),
        ("absent", "survey-state-absent"),
        ("not_found", "survey-state-not-found"),
        ("not_this_city", "survey-state-not-this-city"),
        ("not_assessable", "survey-state-not-assessable"),
    ];
    let with = [
        ("waiting", "survey-desk-say-waiting"),
        ("offline", "survey-desk-say-offline"),
        ("cited", "survey-desk-say-cited"),
        ("chosen", "survey-desk-say-chosen"),
        ("notOnScale", "survey-desk-say-not-on-scale"),
        ("theirs", "survey-desk-conflict-kept"),
        ("mine", "survey-desk-say-mine"),
        ("decide", "survey-desk-say-decide"),
        ("pages", "survey-desk-say-pages"),
        ("flagged", "survey-desk-flagged"),
    ];
    let filled = with.map(|(word, key)| {
        let text = visit.t_with(key, &[("answer", NUMBER.into())]);
        (word, text)
    });
    let counts = [("count", "survey-desk-say-count")]
        .map(|(word, key)| (word, visit.t_with(key, &[("n", NUMBER.into()), ("all", "##".into())])));
    plain.map(|(word, key)| (word, visit.t(key))).into_iter().chain(filled).chain(counts).collect()
}
