//! From everything that a round gathered to what it publishes. Pure: the same round always gives the same document.

use std::collections::BTreeMap;

use kernel_base::{Error, Instant, Result};
use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedMul};
use survey_instrument::{Fraction, Instrument, Scores, Sheet, score, shared_places};
use survey_statistics::{Draws, Readings};

use super::gathered::{Codes, Gathered, GatheredCity, day};
use super::*;
use crate::reading::verdict::{Answers, Ground, Verdict, final_sheet, verdicts};
use crate::reading::{Answer, Seat};
use crate::round::{Region, Round};

/// A city with what follows from its codes.
pub struct Judged<'a> {
    pub from: &'a GatheredCity,
    pub verdicts: Vec<(String, Verdict)>,
    pub sheet: Sheet,
    pub scores: Scores,
    /// The same for the statistics.
    pub readings: Readings,
}

/// The results of a round as they stand at `now`.
///
/// # Errors
/// When the exact averages need larger numbers than there are.
pub fn compute(gathered: &Gathered, doi: Option<&str>, now: Instant) -> Result<Results> {
    let round = &gathered.round;
    let instrument = round.instrument;
    let (read, unread): (Vec<&GatheredCity>, Vec<&GatheredCity>) =
        gathered.cities.iter().partition(|city| city.is_judged());
    let mut judged: Vec<Judged> = read.into_iter().map(|city| judge(instrument, city)).collect();
    judged.sort_by(|a, b| b.scores.total.cmp(&a.scores.total).then_with(|| a.from.city.name.cmp(&b.from.city.name)));
    let draws = Draws::thousand(uncertain::seed(&round.id));
    let uncertainty = uncertain::uncertainty(instrument, &judged, draws);
    let totals: Vec<Fraction> = judged.iter().map(|one| one.scores.total).collect();
    let ranks = shared_places(&totals);
    let of_categories = category_ranks(instrument, &judged);
    let cities: Vec<CityResult> = judged
        .iter()
        .enumerate()
        .map(|(place, one)| {
            let of_category = of_categories.iter().map(|ranks| ranks[place]).collect::<Vec<_>>();
            city(instrument, one, ranks[place], &of_category, uncertainty.of(&one.from.city.slug))
        })
        .collect();
    Ok(Results {
        schema_version: SCHEMA,
        round: facts(round, doi, now),
        rules: RulesFacts {
            machine_shown: round.rules.machine_shown,
            threshold_thousandths: round.rules.threshold,
            reply_days: round.rules.reply_days,
            page_budget: round.rules.budget,
        },
        statistics: uncertainty.facts,
        categories: categories(instrument),
        criteria: instrument.criteria.iter().map(criterion).collect(),
        averages: averages(instrument, &judged)?,
        best: best::practices(instrument, &judged),
        reliability: reliability::readings(instrument, &judged),
        changes: gathered
            .earlier
            .iter()
            .filter_map(|earlier| change::since(instrument, earlier, &judged, draws))
            .collect(),
        groups: uncertainty.groups,
        neighbours: uncertainty.neighbours,
        not_judged: unread.into_iter().map(not_judged).collect(),
        cities,
    })
}

fn not_judged(from: &GatheredCity) -> NotJudged {
    let city = &from.city;
    NotJudged { slug: city.slug.clone(), name: city.name.clone(), country: city.country.clone() }
}

fn judge<'a>(instrument: &Instrument, from: &'a GatheredCity) -> Judged<'a> {
    let settled: BTreeMap<String, Answer> =
        from.settled.iter().map(|(criterion, settlement)| (criterion.clone(), settlement.answer)).collect();
    let answers = answers(&from.codes);
    let verdicts = verdicts(instrument, &answers, &settled);
    let sheet = final_sheet(&verdicts);
    let scores = score(instrument, &sheet);
    let coded = |answers: &BTreeMap<String, Answer>| {
        answers.iter().map(|(criterion, answer)| (criterion.clone(), answer.coded())).collect()
    };
    let readings = Readings {
        city: from.city.slug.clone(),
        readers: answers.values().map(coded).collect(),
        settled: coded(&settled),
    };
    Judged { from, verdicts, sheet, scores, readings }
}

fn answers(codes: &Codes) -> Answers {
    let of_seat = |codes: &BTreeMap<String, crate::reading::Code>| {
        codes.iter().map(|(criterion, code)| (criterion.clone(), code.answer)).collect()
    };
    codes.iter().map(|(seat, codes)| (*seat, of_seat(codes))).collect()
}

fn facts(round: &Round, doi: Option<&str>, now: Instant) -> RoundFacts {
    RoundFacts {
        slug: round.slug.clone(),
        title: round.title.clone(),
        instrument: round.instrument.id.clone(),
        instrument_version: round.instrument.version.clone(),
        opened_on: day(round.opened_at),
        coding_on: round.coding_at.map(day),
        replies_until: round.replies_until.map(day),
        closed_on: round.closed_at.map(day),
        published_on: day(now),
        doi: doi.map(str::to_owned),
    }
}

fn categories(instrument: &Instrument) -> Vec<CategoryFacts> {
    let max = |id: &str| instrument.in_category(id).map(|criterion| u32::from(criterion.scale.max())).sum();
    let facts = |category: &survey_instrument::Category| CategoryFacts {
        id: category.id.clone(),
        points: category.points,
        max: max(&category.id),
    };
    instrument.categories.iter().map(facts).collect()
}

fn criterion(criterion: &survey_instrument::Criterion) -> CriterionFacts {
    CriterionFacts {
        id: criterion.id.clone(),
        number: criterion.number,
        category: criterion.category.clone(),
        scale: criterion.scale.to_string(),
        max: criterion.scale.max(),
        mode: criterion.mode.name().to_owned(),
    }
}

/// Per category the rank of each city.
fn category_ranks(instrument: &Instrument, judged: &[Judged]) -> Vec<Vec<usize>> {
    let of = |category: usize| {
        let scores: Vec<Fraction> = judged.iter().map(|one| one.scores.categories[category].score).collect();
        scores.iter().map(|own| 1 + scores.iter().filter(|other| *other > own).count()).collect()
    };
    (0..instrument.categories.len()).map(of).collect()
}

fn city(
    instrument: &Instrument,
    one: &Judged,
    rank: usize,
    of_category: &[usize],
    uncertain: uncertain::CityUncertainty,
) -> CityResult {
    let (known, scores) = (&one.from.city, &one.scores);
    let categories = scores.categories.iter().zip(of_category).map(|(category, rank)| CategoryResult {
        id: category.id.clone(),
        raw: category.raw.into(),
        max: category.max.into(),
        score: category.score.into(),
        rank: *rank,
    });
    let answers = one.verdicts.iter().map(|(criterion, verdict)| answer(one.from, criterion, verdict));
    CityResult {
        id: known.id.clone(),
        slug: known.slug.clone(),
        name: known.name.clone(),
        country: known.country.clone(),
        region: known.region.word().to_owned(),
        oecd: known.oecd,
        languages: known.languages.clone(),
        address: known.address.clone(),
        latitude: known.position.map(|(latitude, _)| latitude),
        longitude: known.position.map(|(_, longitude)| longitude),
        rank,
        rank_between: uncertain.rank,
        score: scores.total.into(),
        score_between: uncertain.score,
        first_in: uncertain.first_in,
        score_if_unknown_met: scores.total_if_unknown_met.into(),
        categories: categories.collect(),
        sensitivity: uncertain.sensitivity,
        alike: uncertain.alike,
        answers: answers.collect(),
        replies: in_order(instrument, &one.from.replies),
        capture: CaptureFacts {
            ended_on: known.capture.ended.map(day),
            pages_read: known.capture.pages_read,
            pages_known: known.capture.pages_known,
            digest: known.capture.evidence_digest.clone(),
            bytes: known.capture.evidence_bytes,
            report: one.from.report.clone(),
        },
    }
}

fn in_order(instrument: &Instrument, replies: &[Reply]) -> Vec<Reply> {
    let number = |reply: &Reply| instrument.criterion(&reply.criterion).map_or(0, |criterion| criterion.number);
    let mut replies = replies.to_vec();
    replies.sort_by_key(number);
    replies
}

fn answer(from: &GatheredCity, criterion: &str, verdict: &Verdict) -> AnswerResult {
    let settlement = from.settled.get(criterion);
    AnswerResult {
        criterion: criterion.to_owned(),
        state: verdict.coded.state().to_owned(),
        value: verdict.coded.value().map(Exact::from),
        ground: ground(verdict.ground).to_owned(),
        reason: settlement.map(|settlement| settlement.reason.clone()).unwrap_or_default(),
        codes: from
            .codes
            .iter()
            .filter_map(|(seat, codes)| {
                let code = codes.get(criterion)?;
                Some(CodeResult {
                    coder: letter(*seat).to_owned(),
                    state: code.answer.state().to_owned(),
                    value: code.answer.value(),
                    blind_state: code.blind.state().to_owned(),
                    blind_value: code.blind.value(),
                    cited: code.cited.clone(),
                })
            })
            .collect(),
        machine: from.machine.get(criterion).cloned(),
    }
}

fn ground(ground: Ground) -> &'static str {
    match ground {
        Ground::Agreed => "agreed",
        Ground::Mean => "mean",
        Ground::Settled => "settled",
        Ground::Open => "open",
        Ground::Missing => "missing",
    }
}

fn letter(seat: Seat) -> &'static str {
    match seat {
        Seat::First => "A",
        Seat::Second => "B",
        Seat::Third => "C",
    }
}

fn averages(instrument: &Instrument, judged: &[Judged]) -> Result<Vec<Average>> {
    let mut averages = Vec::new();
    let mut add = |group: &str, belongs: &dyn Fn(&Judged) -> bool| {
        let members: Vec<&Judged> = judged.iter().filter(|one| belongs(one)).collect();
        if !members.is_empty() {
            averages.push(average(instrument, group, &members)?);
        }
        Ok::<(), Error>(())
    };
    add("all", &|_| true)?;
    add("oecd", &|one| one.from.city.oecd)?;
    add("not_oecd", &|one| !one.from.city.oecd)?;
    for region in Region::ALL {
        add(region.word(), &|one| one.from.city.region == region)?;
    }
    Ok(averages)
}

fn average(instrument: &Instrument, group: &str, members: &[&Judged]) -> Result<Average> {
    let category = |place: usize| mean(members.iter().map(|one| one.scores.categories[place].score));
    let categories = (0..instrument.categories.len()).map(category).collect::<Result<_>>()?;
    let score = mean(members.iter().map(|one| one.scores.total))?;
    Ok(Average { group: group.to_owned(), cities: members.len(), score, categories })
}

/// The exact mean. Scores of many cities have denominators that multiply far beyond 64 bits.
fn mean(values: impl ExactSizeIterator<Item = Fraction>) -> Result<Exact> {
    let too_large = || Error::Fault("an average of so many different scores cannot be written exactly".into());
    let count = i128::try_from(values.len().max(1)).map_err(Error::fault)?;
    let mut sum = Ratio::<i128>::from_integer(0);
    for value in values {
        let wide = Ratio::new_raw(i128::from(*value.numer()), i128::from(*value.denom()));
        sum = sum.checked_add(&wide).ok_or_else(too_large)?;
    }
    let mean = Ratio::new(*sum.numer(), i128::checked_mul(*sum.denom(), count).ok_or_else(too_large)?);
    let hundredths = mean.checked_mul(&Ratio::from_integer(100)).ok_or_else(too_large)?;
    Ok(Exact { exact: mean.to_string(), rounded: hundredths.round().to_integer() as f64 / 100.0 })
}
