//! The same as JSON: rounds, leagues, instruments, scorecards. Errors are problem details (RFC 9457).

use axum::Json;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use kernel_base::Error;
use kernel_web::{Answer, Asked, Failure, Problem, Visit};
use serde::Serialize;
use survey_instrument::history::{Group, History, OVERALL, Place, Round};
use survey_instrument::{Coded, DEFAULT, Instrument, SheetError, exact, rounded_number};
use utoipa::ToSchema;

use crate::scorecard::{self, Finding, Refusal, Scorecard};
use crate::{forget, instruments, publish, scorecards};

/// One round of the survey as far as it was published.
#[derive(Serialize, ToSchema)]
struct RoundSummary {
    id: String,
    /// Number of measures, when verified.
    measures: Option<u32>,
    /// Cities with an official site, when verified.
    cities: Option<u32>,
    /// Average total of all cities, when published.
    average: Option<f64>,
    /// The city in the first place, when published.
    first: Option<String>,
    /// Its page. A round held here, `/survey/rounds/…`, has its results at `/api/v1` and the same.
    address: String,
}

#[derive(Serialize, ToSchema)]
struct League {
    round: String,
    rows: Vec<LeagueRow>,
    categories: Vec<CategoryRow>,
    averages: Vec<AverageRow>,
    conflicts: Vec<ConflictRow>,
}

#[derive(Serialize, ToSchema)]
struct LeagueRow {
    rank: Option<u32>,
    /// True when the place follows from the printed scores and is not printed itself.
    rank_derived: bool,
    city: String,
    country: String,
    /// Of 100, as published.
    score: Option<f64>,
    source: String,
}

#[derive(Serialize, ToSchema)]
struct CategoryRow {
    category: String,
    rank: Option<u32>,
    city: String,
    /// Of 20, as published.
    score: Option<f64>,
    source: String,
}

#[derive(Serialize, ToSchema)]
struct AverageRow {
    category: String,
    /// `all`, `oecd` or `not_oecd`.
    group: &'static str,
    score: f64,
    source: String,
}

/// Two published values that contradict each other.
#[derive(Serialize, ToSchema)]
struct ConflictRow {
    item: String,
    value_a: String,
    source_a: String,
    value_b: String,
    source_b: String,
    /// `a`, `b`, or neither.
    used: Option<String>,
    resolution: String,
}

#[derive(Serialize, ToSchema)]
struct InstrumentSummary {
    id: String,
    version: String,
    title: String,
    summary: String,
    criteria: usize,
}

#[derive(Serialize, ToSchema)]
struct InstrumentOut {
    id: String,
    version: String,
    date: String,
    licence: String,
    title: String,
    summary: String,
    sources: Vec<String>,
    categories: Vec<CategoryOut>,
    criteria: Vec<CriterionOut>,
}

#[derive(Serialize, ToSchema)]
struct CategoryOut {
    id: String,
    name: String,
    points: u32,
}

#[derive(Serialize, ToSchema)]
struct CriterionOut {
    id: String,
    number: u32,
    category: String,
    question: String,
    guidance: String,
    /// `0-3`, `0-2`, `0/1`, `0/3`.
    scale: String,
    /// `automatic`, `assisted`, `human` or `probe`.
    mode: &'static str,
    sources: Vec<String>,
    provenance: Option<String>,
    confidence: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct ScorecardOut {
    id: String,
    /// Its page.
    address: String,
    name: String,
    instrument: String,
    version: String,
    /// Of 100, rounded to two decimals; what could not be assessed counts as not met.
    total: f64,
    /// The same as an exact fraction.
    total_exact: String,
    /// If everything that could not be assessed were met.
    total_if_unknown_met: f64,
    categories: Vec<CategoryScoreOut>,
    criteria: Vec<CodedOut>,
    kept_at: String,
    /// After this instant nothing of it is left.
    forget_at: String,
}

#[derive(Serialize, ToSchema)]
struct CategoryScoreOut {
    id: String,
    raw: String,
    max: String,
    score: f64,
}

#[derive(Serialize, ToSchema)]
struct CodedOut {
    id: String,
    /// Exact; half points are the mean of two evaluators. None when it does not count or could not be assessed.
    value: Option<String>,
    max: u8,
    /// `found`, `absent`, `not_found`, `not_this_city` or `not_assessable`.
    state: &'static str,
    /// What an audit's report says about it: `decided`, `confidence`, `reason`, `evidence`.
    #[schema(value_type = Option<Object>)]
    finding: Option<Finding>,
}

/// All rounds of the published history, oldest first, then those held here.
#[utoipa::path(get, path = "/api/v1/survey/rounds", tag = "survey", responses((status = 200, description = "All published rounds", body = Vec<RoundSummary>)))]
pub async fn rounds(visit: Visit) -> Answer {
    let summary = |round: &Round| RoundSummary {
        id: round.id.clone(),
        measures: round.measures.as_ref().map(|measures| measures.value),
        cities: round.cities.as_ref().map(|cities| cities.value),
        average: crate::overview::average(round).map(|(average, _)| average),
        first: round
            .league()
            .into_iter()
            .find(|outcome| outcome.place.as_ref().map(Place::number) == Some(1))
            .map(|outcome| outcome.city.clone()),
        address: crate::league::address(&round.id),
    };
    let mut all: Vec<RoundSummary> = History::published().rounds.iter().map(summary).collect();
    for published in publish::store::published(&visit.city.store).await? {
        all.push(held_here(publish::store::results(&visit.city.store, &published.slug).await?));
    }
    Ok(Json(all).into_response())
}

fn held_here(results: publish::results::Results) -> RoundSummary {
    RoundSummary {
        measures: u32::try_from(results.criteria.len()).ok(),
        cities: u32::try_from(results.cities.len()).ok(),
        average: results.average("all").map(|average| average.score.rounded),
        first: results.cities.first().map(|city| city.name.clone()),
        address: format!("/survey/rounds/{}", results.round.slug),
        id: results.round.slug,
    }
}

/// One round's ranking, what is known by category, averages, and conflicts between sources.
#[utoipa::path(get, path = "/api/v1/survey/league/{round}", tag = "survey", params(("round" = String, Path, description = "`2003` … `2018-19`", example = "2011-12")),
    responses((status = 200, description = "The league of the round", body = League), (status = 404, description = "There is none of that name", body = Problem)))]
pub async fn league(Path(round): Path<String>) -> Answer {
    let history = History::published();
    let round = history.round(&round).ok_or(Error::NotFound)?;
    let rows = round.league().into_iter().map(|outcome| LeagueRow {
        rank: outcome.place.as_ref().map(Place::number),
        rank_derived: matches!(outcome.place, Some(Place::Derived { .. })),
        city: outcome.city.clone(),
        country: history.city(&outcome.city).map(|city| city.country.clone()).unwrap_or_default(),
        score: outcome.score.as_ref().map(|score| rounded_number(score.value)),
        source: outcome.source().to_owned(),
    });
    let categories = round.results.iter().filter(|outcome| outcome.category != OVERALL).map(|outcome| CategoryRow {
        category: outcome.category.clone(),
        rank: outcome.place.as_ref().map(Place::number),
        city: outcome.city.clone(),
        score: outcome.score.as_ref().map(|score| rounded_number(score.value)),
        source: outcome.source().to_owned(),
    });
    let averages = round.averages.iter().map(|average| AverageRow {
        category: average.category.clone(),
        group: match average.group {
            Group::All => "all",
            Group::Oecd => "oecd",
            Group::NotOecd => "not_oecd",
        },
        score: rounded_number(average.score),
        source: average.source.clone(),
    });
    let conflicts =
        history.conflicts.iter().filter(|conflict| conflict.round.as_ref() == Some(&round.id)).map(|conflict| {
            ConflictRow {
                item: conflict.item("en").to_owned(),
                value_a: conflict.a.value.clone(),
                source_a: conflict.a.source.clone(),
                value_b: conflict.b.value.clone(),
                source_b: conflict.b.source.clone(),
                used: conflict.used.map(String::from),
                resolution: conflict.resolution("en").to_owned(),
            }
        });
    let league = League {
        round: round.id.clone(),
        rows: rows.collect(),
        categories: categories.collect(),
        averages: averages.collect(),
        conflicts: conflicts.collect(),
    };
    Ok(Json(league).into_response())
}

/// The instruments, the default first. Words in the reader's language (`Accept-Language` or `?lang=`).
#[utoipa::path(get, path = "/api/v1/survey/instruments", tag = "survey", responses((status = 200, description = "The instruments that this city holds", body = Vec<InstrumentSummary>)))]
pub async fn instruments(visit: Visit) -> impl IntoResponse {
    let summary = |instrument: &Instrument| {
        let words = instrument.words(visit.language.code);
        InstrumentSummary {
            id: instrument.id.clone(),
            version: instrument.version.clone(),
            title: words.title.clone(),
            summary: words.summary.clone(),
            criteria: instrument.criteria.len(),
        }
    };
    Json(Instrument::builtin().iter().map(summary).collect::<Vec<_>>())
}

/// One instrument with all its criteria.
#[utoipa::path(get, path = "/api/v1/survey/instruments/{id}", tag = "survey", params(("id" = String, Path, description = "`madang-2026`", example = "madang-2026")),
    responses((status = 200, description = "The instrument with all its criteria", body = InstrumentOut), (status = 404, description = "There is none of that name", body = Problem)))]
pub async fn instrument(visit: Visit, Path(id): Path<String>) -> Answer {
    let instrument = instruments::find(&id)?;
    let words = instrument.words(visit.language.code);
    let criteria = instrument.criteria.iter().map(|criterion| CriterionOut {
        id: criterion.id.clone(),
        number: criterion.number,
        category: criterion.category.clone(),
        question: words.question(&criterion.id).to_owned(),
        guidance: words.criterion(&criterion.id).map(|worded| worded.guidance.clone()).unwrap_or_default(),
        scale: criterion.scale.to_string(),
        mode: criterion.mode.name(),
        sources: criterion.sources.clone(),
        provenance: criterion.provenance.clone(),
        confidence: criterion.confidence.clone(),
    });
    let out = InstrumentOut {
        id: instrument.id.clone(),
        version: instrument.version.clone(),
        date: instrument.date.clone(),
        licence: instrument.licence.clone(),
        title: words.title.clone(),
        summary: words.summary.clone(),
        sources: instrument.sources.clone(),
        categories: instrument
            .categories
            .iter()
            .map(|category| CategoryOut {
                id: category.id.clone(),
                name: words.category(&category.id).to_owned(),
                points: category.points,
            })
            .collect(),
        criteria: criteria.collect(),
    };
    Ok(Json(out).into_response())
}

/// Score a coded sheet (CSV: criterion,value[,state]) or an audit's report.json, and keep it for 30 days, unlisted.
#[utoipa::path(post, path = "/api/v1/survey/scorecards", tag = "survey",
    params(("instrument" = Option<String>, Query, description = "Of a sheet; a report names its own"), ("name" = Option<String>, Query, description = "What it is about")),
    request_body(content((String = "text/csv", example = json!(example_sheet())), (String = "application/json"))),
    responses((status = 201, description = "Scored and kept", body = ScorecardOut, headers(("Location" = String))), (status = 422, description = "What is wrong with the sheet", body = Problem)))]
pub async fn keep(visit: Visit, asked: Asked, body: String) -> Answer {
    let instrument = match asked.text("instrument") {
        "" => DEFAULT,
        id => id,
    };
    let name: String = asked.text("name").chars().take(crate::score::NAME).collect();
    let draft = scorecard::read(&body, instrument, &name)
        .map_err(|refusal| Failure::new(StatusCode::UNPROCESSABLE_ENTITY, reason(&refusal)))?;
    let (id, _) = forget::keep(&visit.city, visit.who(), &draft).await?;
    let kept = scorecards::find(&visit.city, id.as_str()).await?;
    let location = format!("/api/v1/survey/scorecards/{id}");
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(out(&kept))).into_response())
}

/// A whole sheet of the default instrument, on which nothing was found.
fn example_sheet() -> String {
    let rows = Instrument::load(DEFAULT).map(|instrument| instrument.criteria.iter());
    let rows = rows.into_iter().flatten().map(|criterion| format!("{},,not_found\n", criterion.id));
    format!("criterion,value,state\n{}", rows.collect::<String>())
}

/// A kept scorecard.
#[utoipa::path(get, path = "/api/v1/survey/scorecards/{id}", tag = "survey", params(("id" = String, Path, description = "`sc_…`")),
    responses((status = 200, description = "The scorecard", body = ScorecardOut), (status = 404, description = "There is none of that name", body = Problem)))]
pub async fn scorecard(visit: Visit, Path(id): Path<String>) -> Answer {
    let kept = scorecards::find(&visit.city, &id).await?;
    let mut headers = HeaderMap::new();
    headers.insert("x-robots-tag", header::HeaderValue::from_static("noindex"));
    Ok(kernel_web::fresh((headers, Json(out(&kept))).into_response()))
}

/// A kept scorecard as this interface gives it, for its owner to take away.
pub fn json(kept: &Scorecard) -> kernel_base::Result<Vec<u8>> {
    serde_json::to_vec_pretty(&out(kept)).map_err(kernel_base::Error::fault)
}

fn out(kept: &Scorecard) -> ScorecardOut {
    let scores = kept.scores();
    let criteria = kept.instrument.criteria.iter().map(|criterion| {
        let coded: Coded = kept.sheet.get(&criterion.id);
        CodedOut {
            id: criterion.id.clone(),
            value: coded.value().map(exact),
            max: criterion.scale.max(),
            state: coded.state(),
            finding: kept.findings.get(&criterion.id).cloned(),
        }
    });
    let categories = scores.categories.iter().map(|category| CategoryScoreOut {
        id: category.id.clone(),
        raw: exact(category.raw),
        max: exact(category.max),
        score: rounded_number(category.score),
    });
    ScorecardOut {
        id: kept.id.clone(),
        address: format!("/survey/scorecards/{}", kept.id),
        name: kept.name.clone(),
        instrument: kept.instrument.id.clone(),
        version: kept.instrument.version.clone(),
        total: rounded_number(scores.total),
        total_exact: exact(scores.total),
        total_if_unknown_met: rounded_number(scores.total_if_unknown_met),
        categories: categories.collect(),
        criteria: criteria.collect(),
        kept_at: kept.kept_at.rfc3339(),
        forget_at: kept.forget_at.rfc3339(),
    }
}

/// The API speaks English, like its description.
fn reason(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Empty => "the body is empty; send a sheet in CSV or a report.json".to_owned(),
        Refusal::Instrument(id) => format!("there is no instrument {id:?}"),
        Refusal::Report(why) => format!("this is not a report.json: {why}"),
        Refusal::Sheet(errors) => errors.iter().map(SheetError::to_string).collect::<Vec<_>>().join("; "),
    }
}
