//! What a careful evaluator would find: planted before a page is made, so that pages show it and nothing is judged in a circle.

use std::collections::BTreeMap;

use survey_instrument::{Criterion, Instrument, Scale};

use crate::draw::Draw;

/// The planted answer for one criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planted {
    Value(u8),
    /// The task of another authority: no value.
    NotThisCity,
}

impl Planted {
    pub fn value(self) -> u8 {
        match self {
            Planted::Value(value) => value,
            Planted::NotThisCity => 0,
        }
    }

    /// The word of the column `state`: what is worth nothing is absent.
    pub fn state(self) -> &'static str {
        match self {
            Planted::Value(0) => "absent",
            Planted::Value(_) => "found",
            Planted::NotThisCity => "not_this_city",
        }
    }
}

/// Criterion → answer, for every criterion of the instrument.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Truth(BTreeMap<String, Planted>);

/// How far a city is, by which all its values hang together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Level {
    /// About −2 (nearly nothing online) to 2 (nearly everything).
    pub whole: f64,
}

/// Criteria that are easier (below 0) or harder than their category; the shares of cities that have a thing are guessed
/// from the published averages of the survey, they are not measured.
const EASE: [(&str, f64); 40] = [
    ("PS01", -1.6),
    ("PS02", -1.0),
    ("PS03", -0.6),
    ("PS10", -0.2),
    ("PS12", -0.9),
    ("PS15", 0.9),
    ("PS17", 0.7),
    ("PS18", 0.9),
    ("US01", -1.3),
    ("US05", -1.1),
    ("US06", -1.5),
    ("US11", -0.6),
    ("US14", -1.0),
    ("US15", 0.3),
    ("US17", -1.2),
    ("US18", -0.5),
    ("US20", 0.9),
    ("CO01", -2.0),
    ("CO02", -1.7),
    ("CO03", -0.8),
    ("CO05", -0.5),
    ("CO10", 0.5),
    ("CO11", 0.4),
    ("CO15", 0.2),
    ("CO20", -0.8),
    ("SV04", -0.4),
    ("SV09", -0.2),
    ("SV14", -0.1),
    ("SV16", -0.4),
    ("SV17", -0.6),
    ("SV19", 0.8),
    ("EN01", -0.9),
    ("EN05", -1.5),
    ("EN08", 0.9),
    ("EN10", 0.8),
    ("EN12", 1.0),
    ("EN13", 1.0),
    ("EN14", 0.8),
    ("EN17", 0.8),
    ("EN18", -0.6),
];

/// Tasks that another authority has in some countries, with the share of such cities.
const ELSEWHERE: [(&str, f64); 6] =
    [("SV01", 0.2), ("SV02", 0.1), ("SV03", 0.18), ("SV06", 0.1), ("SV12", 0.12), ("SV15", 0.1)];

fn difficulty(criterion: &Criterion) -> f64 {
    let category = match criterion.category.as_str() {
        "usability" => -0.5,
        "content" => -0.1,
        "services" => 0.0,
        "engagement" => 0.3,
        _ => 0.0,
    };
    category + EASE.iter().find(|(id, _)| *id == criterion.id).map_or(0.0, |(_, ease)| *ease)
}

impl Truth {
    /// Draws a city's truth: one level for the whole, one for each category, one for each criterion.
    pub fn plant(instrument: &Instrument, draw: &Draw) -> (Self, Level) {
        let mut own = draw.fork("level");
        let middle = match own.below(10) {
            0..3 => 1.0,
            3..7 => 0.1,
            _ => -0.9,
        };
        let whole = middle + 0.3 * own.normal();
        let mut truth = Self::default();
        for category in &instrument.categories {
            let lean = 0.35 * draw.fork(&category.id).normal();
            for criterion in instrument.criteria.iter().filter(|c| c.category == category.id) {
                let mut chance = draw.fork(&criterion.id);
                let latent = whole + lean + 0.75 * chance.normal() - difficulty(criterion);
                let elsewhere = ELSEWHERE.iter().any(|(id, share)| *id == criterion.id && chance.chance(*share));
                let planted =
                    if elsewhere { Planted::NotThisCity } else { Planted::Value(step(criterion.scale, latent)) };
                truth.0.insert(criterion.id.clone(), planted);
            }
        }
        truth.agree();
        (truth, Level { whole })
    }

    pub fn get(&self, criterion: &str) -> u8 {
        self.0.get(criterion).copied().map_or(0, Planted::value)
    }

    pub fn planted(&self, criterion: &str) -> Option<Planted> {
        self.0.get(criterion).copied()
    }

    pub fn set(&mut self, criterion: &str, value: u8) {
        self.0.insert(criterion.to_owned(), Planted::Value(value));
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, Planted)> {
        self.0.iter().map(|(id, planted)| (id.as_str(), *planted))
    }

    fn most(&mut self, criterion: &str, most: u8) {
        if self.get(criterion) > most {
            self.set(criterion, most);
        }
    }

    fn least(&mut self, criterion: &str, least: u8) {
        if self.get(criterion) < least {
            self.set(criterion, least);
        }
    }

    /// Values that cannot stand together are brought together: no clause without a notice, no account without a sign-in.
    fn agree(&mut self) {
        if self.get("PS01") == 0 {
            ["PS02", "PS03", "PS04", "PS05", "PS06", "PS07", "PS08", "PS09"].iter().for_each(|id| self.set(id, 0));
            self.most("PS11", if self.get("PS11") == 1 { 0 } else { 2 });
        }
        if self.get("PS12") == 0 {
            self.set("PS14", 0);
        }
        if self.get("PS16") < 3 {
            self.most("PS17", 2);
            self.set("SV19", 0);
        }
        if self.get("US14") < 3 {
            self.set("US15", 0);
        }
        match self.get("US19") {
            0 => self.set("CO20", 0),
            _ => self.least("CO20", 1),
        }
        if self.get("CO05") >= 2 {
            self.least("EN02", 1);
        }
        let talked = self.get("EN12") == 3 || self.get("EN09") == 3;
        if !talked {
            self.set("EN13", 0);
        }
        // What breaks a rule of the automatic check, wherever else it counts.
        let serious = u8::from(self.get("US12") == 0) + u8::from(self.get("US02") == 0);
        if serious > 0 {
            self.most("CO14", 1);
        }
    }
}

/// The step of a scale that a latent level reaches; steps lie 0.65 apart.
fn step(scale: Scale, latent: f64) -> u8 {
    let reached =
        |steps: u8| (1..=steps).filter(|k| latent > (f64::from(*k) - (f64::from(steps) + 1.0) / 2.0) * 0.65).count();
    match scale {
        Scale::Steps(most) => reached(most) as u8,
        Scale::AllOrNothing(most) => reached(1) as u8 * most,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn many() -> Vec<Truth> {
        let instrument = Instrument::load("madang-2026").expect("instrument");
        (0..200).map(|n| Truth::plant(instrument, &Draw::new(n)).0).collect()
    }

    #[test]
    fn every_criterion_has_an_answer_on_its_scale() {
        let instrument = Instrument::load("madang-2026").expect("instrument");
        for truth in many() {
            assert_eq!(truth.iter().count(), instrument.criteria.len());
            for criterion in &instrument.criteria {
                assert!(criterion.scale.values().contains(&truth.get(&criterion.id)), "{}", criterion.id);
            }
        }
    }

    #[test]
    fn each_value_of_each_criterion_occurs_and_good_cities_are_good_in_much() {
        let instrument = Instrument::load("madang-2026").expect("instrument");
        let all = many();
        for criterion in &instrument.criteria {
            for value in criterion.scale.values() {
                assert!(all.iter().any(|t| t.get(&criterion.id) == value), "{} {value}", criterion.id);
            }
        }
        let sum = |t: &Truth| t.iter().map(|(_, p)| u32::from(p.value())).sum::<u32>();
        let (least, most) = (all.iter().map(sum).min(), all.iter().map(sum).max());
        assert!(least < Some(60) && most > Some(150), "{least:?} {most:?}");
    }

    #[test]
    fn answers_do_not_contradict_each_other() {
        for truth in many() {
            assert!(truth.get("PS01") == 1 || truth.get("PS05") == 0);
            assert!(truth.get("PS16") == 3 || truth.get("SV19") == 0);
            assert!(truth.get("US12") > 0 || truth.get("CO14") <= 1);
        }
    }
}
