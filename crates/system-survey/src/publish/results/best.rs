//! Best practice: for each criterion the city that shows it best. Pure.
//!
//! The highest final value first; among equals the one whose page the machine is surest of and has a picture of, then
//! the one higher in the league. A criterion that no city meets has none.

use num_rational::Ratio;
use survey_instrument::{Fraction, Instrument};

use super::compute::Judged;
use super::{Best, EvidenceResult};

pub fn practices(instrument: &Instrument, judged: &[Judged]) -> Vec<Best> {
    instrument.criteria.iter().filter_map(|criterion| practice(&criterion.id, judged)).collect()
}

fn practice(criterion: &str, judged: &[Judged]) -> Option<Best> {
    let mut best: Option<(Shown, &Judged)> = None;
    for one in judged {
        let Some(shown) = Shown::of(one, criterion) else { continue };
        if best.as_ref().is_none_or(|(known, _)| shown.better_than(known)) {
            best = Some((shown, one));
        }
    }
    let (shown, one) = best?;
    Some(Best {
        criterion: criterion.to_owned(),
        city: one.from.city.slug.clone(),
        value: shown.value.into(),
        evidence: shown.evidence.cloned(),
    })
}

struct Shown<'a> {
    value: Fraction,
    evidence: Option<&'a EvidenceResult>,
    confidence: f64,
}

impl<'a> Shown<'a> {
    fn of(one: &'a Judged, criterion: &str) -> Option<Shown<'a>> {
        let value = one.sheet.get(criterion).value().filter(|value| *value > Ratio::from_integer(0))?;
        // What the machine did not find it cannot show.
        let machine = one.from.machine.get(criterion).filter(|machine| machine.state == "found");
        let pictured = |machine: &'a super::MachineResult| {
            machine.evidence.iter().find(|one| one.screenshot.is_some()).or(machine.evidence.first())
        };
        let evidence = machine.and_then(pictured);
        Some(Shown { value, evidence, confidence: machine.map_or(0.0, |machine| machine.confidence) })
    }

    fn better_than(&self, other: &Shown) -> bool {
        let picture = |shown: &Shown| shown.evidence.is_some_and(|one| one.screenshot.is_some());
        let key = |shown: &Shown| (shown.value, picture(shown), shown.evidence.is_some());
        match key(self).cmp(&key(other)) {
            std::cmp::Ordering::Equal => self.confidence > other.confidence,
            order => order.is_gt(),
        }
    }
}
