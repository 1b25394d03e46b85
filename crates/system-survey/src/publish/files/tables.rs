//! The tables of a round and what their columns mean.

use super::{Column, File, rows};

const fn column(name: &'static str, datatype: &'static str, about: &'static str) -> Column {
    Column { name, datatype, about, words: false, required: true }
}

const fn optional(name: &'static str, datatype: &'static str, about: &'static str) -> Column {
    Column { required: false, ..column(name, datatype, about) }
}

const fn words(name: &'static str, about: &'static str) -> Column {
    Column { words: true, required: false, ..column(name, "string", about) }
}

const CITY: Column = column("city", "string", "Slug of the city; see cities.csv");
const CRITERION: Column = column("criterion", "string", "Id of the criterion; see criteria.csv");
const STATE: Column = column("state", "string", "found, absent, not_found, not_this_city or not_assessable");

pub const FILES: &[File] = &[
    File {
        name: "cities.csv",
        columns: &[
            CITY,
            words("name", "Name of the city"),
            column("country", "string", "ISO 3166-1 alpha-2"),
            column("region", "string", "africa, asia, europe, north_america, south_america or oceania"),
            column("oecd", "boolean", "Its country was an OECD member"),
            column("languages", "string", "BCP 47 tags with spaces between, the city's own language first"),
            column("address", "anyURI", "The official site that was judged"),
            optional("latitude", "double", "Degrees north (WGS 84)"),
            optional("longitude", "double", "Degrees east (WGS 84)"),
            optional("captured_on", "date", "Day on which the capture of the site ended"),
            column("pages_read", "integer", "Pages in the archive"),
            optional("archive_sha256", "string", "SHA-256 of the archive in hexadecimal"),
        ],
        key: &["city"],
        rows: |results| results.cities.iter().map(rows::city).collect(),
    },
    File {
        name: "criteria.csv",
        columns: &[
            CRITERION,
            column("number", "integer", "Its place in the instrument"),
            column("category", "string", "Id of its category"),
            column("category_points", "integer", "Points of the total that the category carries"),
            column("scale", "string", "0-N: every whole value up to N; 0/N: nothing or N"),
            column("max", "integer", "Its highest value"),
        ],
        key: &["criterion"],
        rows: rows::criteria,
    },
    File {
        name: "codes.csv",
        columns: &[
            CITY,
            CRITERION,
            column("coder", "string", "A, B or C: a seat at this city's table, not the same person in every city"),
            STATE,
            optional("value", "integer", "Points; empty when the answer is a state without a value"),
            column("blind_state", "string", "The last state given before the machine's answer was seen"),
            optional("blind_value", "integer", "The last value given before the machine's answer was seen"),
        ],
        key: &["city", "criterion", "coder"],
        rows: rows::codes,
    },
    File {
        name: "settlements.csv",
        columns: &[
            CITY,
            CRITERION,
            STATE,
            optional("value", "string", "Points; empty when the answer is a state without a value"),
            words("reason", "Why the adjudicator decided so"),
        ],
        key: &["city", "criterion"],
        rows: rows::settlements,
    },
    File {
        name: "final.csv",
        columns: &[
            CITY,
            CRITERION,
            STATE,
            optional("value", "string", "Points as an exact fraction; empty when it has none to give"),
            column("ground", "string", "agreed, mean or settled; open or missing where nobody decided"),
        ],
        key: &["city", "criterion"],
        rows: rows::finals,
    },
    File {
        name: "machine.csv",
        columns: &[
            CITY,
            CRITERION,
            STATE,
            optional("value", "integer", "Points that the machine gave"),
            column("confidence", "double", "How likely a careful person would agree, 0 to 1"),
            column("decided", "string", "automatic, assisted or human"),
            optional("evidence", "string", "Address of the first page that shows it"),
            optional("record", "string", "WARC-Record-ID of that page in the city's archive"),
        ],
        key: &["city", "criterion"],
        rows: rows::machine,
    },
    File {
        name: "scores.csv",
        columns: &[
            CITY,
            column("category", "string", "Id of a category, or total"),
            optional("raw", "string", "Raw points reached, an exact fraction; empty for the total"),
            optional("max", "string", "Raw points that could be reached; empty for the total"),
            column("score", "string", "Points of the total, an exact fraction"),
            column("score_rounded", "decimal", "The same with two decimals"),
        ],
        key: &["city", "category"],
        rows: rows::scores,
    },
    File {
        name: "ranks.csv",
        columns: &[
            CITY,
            column("rank", "integer", "Equal scores share a rank; the next one is skipped"),
            column("rank_low", "integer", "Lower end of the interval of the rank"),
            column("rank_high", "integer", "Upper end of the interval of the rank"),
            column("score_low", "double", "Lower end of the interval of the score"),
            column("score_high", "double", "Upper end of the interval of the score"),
            column("first_in", "double", "Share of the draws in which the city is first"),
            column("weights_low", "integer", "Lower end of the rank when weights vary by a quarter"),
            column("weights_high", "integer", "Upper end of the rank when weights vary by a quarter"),
            column("geometric", "integer", "Rank when categories are put together by the geometric mean"),
            optional("alike", "string", "Slugs, with spaces between, of cities that cannot be told apart from it"),
        ],
        key: &["city"],
        rows: |results| results.cities.iter().map(rows::ranks).collect(),
    },
    File {
        name: "reliability.csv",
        columns: &[
            column("between", "string", "evaluators: between the first two; machine: evaluators with the machine"),
            column("scope", "string", "all, category, language or criterion"),
            optional("of", "string", "Which one; empty for all"),
            column("units", "integer", "Answers that both gave points to"),
            column("left_out", "integer", "Answers where one gave none"),
            optional("agreement", "double", "Share of equal points"),
            optional("undefined", "string", "Why a coefficient is empty: no_variation or too_few"),
            optional("kappa", "double", "Cohen's kappa"),
            optional("kappa_linear", "double", "Cohen's kappa with linear weights"),
            optional("kappa_quadratic", "double", "Cohen's kappa with quadratic weights"),
            optional("pi", "double", "Scott's pi"),
            optional("alpha_nominal", "double", "Krippendorff's alpha, nominal"),
            optional("alpha_ordinal", "double", "Krippendorff's alpha, ordinal"),
            optional("alpha_interval", "double", "Krippendorff's alpha, interval"),
            optional("alpha_ratio", "double", "Krippendorff's alpha, ratio"),
            optional("ac1", "double", "Gwet's AC1"),
        ],
        key: &["between", "scope", "of"],
        rows: rows::reliability,
    },
    File {
        name: "replies.csv",
        columns: &[
            CITY,
            CRITERION,
            column("received_on", "date", "Day"),
            words("words", "What the city says about its sheet"),
            words("evidence", "Address that shows it"),
            optional("outcome", "string", "kept or changed; empty when nobody decided"),
            words("answer", "What was answered"),
        ],
        key: &[],
        rows: rows::replies,
    },
];
