//! Two readers for each city, by language, as evenly as can be. Pure.
//!
//! Each open seat goes to the least loaded evaluator that can be reached by a chain of exchanges: one takes the city,
//! another one takes a city from that one, and so on. Loads are then as even as the languages allow, the highest as low and
//! the lowest as high as can be (Harvey, Ladner, Lovász, Tamir: Semi-matchings for bipartite graphs and load balancing,
//! J. Algorithms 59 (2006), section 3.2). What was given before stays.

use std::collections::VecDeque;

use crate::reading::{Seat, reads};

/// The seats that are given beforehand; the third is called when the first two differ.
const SEATS: [Seat; 2] = [Seat::First, Seat::Second];

/// A city and who reads it already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub city: String,
    /// BCP 47 tags, the city's own language first.
    pub languages: Vec<String>,
    pub readers: Vec<(Seat, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    pub account: String,
    pub languages: Vec<String>,
    /// Cities of this round that they have already.
    pub load: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub city: String,
    pub seat: Seat,
    pub account: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// In the order of the cities.
    pub given: Vec<Given>,
    /// Cities whose language too few evaluators read, with the number of seats that stay empty.
    pub unread: Vec<(String, usize)>,
}

/// Who would get which city. The same input gives the same plan.
pub fn plan(places: &[Place], readers: &[Reader]) -> Plan {
    let mut table = Table::of(places, readers);
    let mut plan = Plan::default();
    for (city, place) in places.iter().enumerate() {
        let missing = open_seats(place).filter(|_| !table.give(city)).count();
        if missing > 0 {
            plan.unread.push((place.city.clone(), missing));
        }
    }
    for (place, given) in places.iter().zip(&table.given) {
        let seats = open_seats(place).zip(given).map(|(seat, reader)| (seat, &readers[*reader].account));
        plan.given.extend(seats.map(|(seat, account)| Given {
            city: place.city.clone(),
            seat,
            account: account.clone(),
        }));
    }
    plan
}

fn open_seats(place: &Place) -> impl Iterator<Item = Seat> {
    SEATS.into_iter().filter(|seat| !place.readers.iter().any(|(taken, _)| taken == seat))
}

/// Cities and readers by their places in the lists.
struct Table {
    /// Who may read each city and does not yet.
    fit: Vec<Vec<usize>>,
    /// Who reads it already.
    before: Vec<Vec<usize>>,
    given: Vec<Vec<usize>>,
    load: Vec<usize>,
}

impl Table {
    fn of(places: &[Place], readers: &[Reader]) -> Table {
        let has = |place: &Place, reader: &Reader| place.readers.iter().any(|(_, account)| *account == reader.account);
        let of = |wanted: &dyn Fn(&Place, &Reader) -> bool| -> Vec<Vec<usize>> {
            let one = |place| (0..readers.len()).filter(|at| wanted(place, &readers[*at])).collect();
            places.iter().map(one).collect()
        };
        Table {
            fit: of(&|place, reader| reads(&reader.languages, &place.languages) && !has(place, reader)),
            before: of(&has),
            given: vec![Vec::new(); places.len()],
            load: readers.iter().map(|reader| reader.load).collect(),
        }
    }

    /// Gives one more seat of this city; false when nobody is left who may take it.
    fn give(&mut self, city: usize) -> bool {
        // Which city each reader would take, and who would leave that city for it.
        let mut joins: Vec<Option<usize>> = vec![None; self.load.len()];
        let mut leaves: Vec<Option<usize>> = vec![None; self.given.len()];
        let (mut waiting, mut reached) = (VecDeque::from([city]), Vec::new());
        while let Some(at) = waiting.pop_front() {
            for &reader in self.fit[at].iter().filter(|reader| !self.given[at].contains(reader)) {
                if joins[reader].is_some() {
                    continue;
                }
                joins[reader] = Some(at);
                reached.push(reader);
                for other in (0..self.given.len()).filter(|other| self.given[*other].contains(&reader)) {
                    if other != city && leaves[other].is_none() {
                        leaves[other] = Some(reader);
                        waiting.push_back(other);
                    }
                }
            }
        }
        let paired = |reader: &usize| joins[*reader].map_or(0, |at| self.paired(*reader, at));
        let Some(mut reader) = reached.into_iter().min_by_key(|reader| (self.load[*reader], paired(reader))) else {
            return false;
        };
        self.load[reader] += 1;
        while let Some(at) = joins[reader] {
            self.given[at].push(reader);
            let Some(left) = leaves[at].filter(|_| at != city) else { break };
            self.given[at].retain(|one| *one != left);
            reader = left;
        }
        true
    }

    /// How often this reader already reads beside one of a city's others: agreement is measured better when pairs change.
    fn paired(&self, reader: usize, city: usize) -> usize {
        let all = |at: usize| self.before[at].iter().chain(&self.given[at]);
        let others: Vec<usize> = all(city).copied().collect();
        let together = |at: &usize| all(*at).any(|one| *one == reader) && all(*at).any(|one| others.contains(one));
        (0..self.given.len()).filter(|at| *at != city).filter(together).count()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TAGS: [&str; 3] = ["ko", "en", "es"];

    fn tags(chosen: &[usize]) -> Vec<String> {
        chosen.iter().map(|at| TAGS[*at].to_owned()).collect()
    }

    fn reader(at: usize, languages: &[usize], load: usize) -> Reader {
        Reader { account: format!("ac_{at}"), languages: tags(languages), load }
    }

    fn place(at: usize, language: usize, readers: Vec<(Seat, String)>) -> Place {
        Place { city: format!("rc_{at}"), languages: tags(&[language]), readers }
    }

    /// Readers with loads, and cities of which some are read by the first readers already.
    fn rounds(cities: usize, people: usize) -> impl Strategy<Value = (Vec<Place>, Vec<Reader>)> {
        let readers = prop::collection::vec((prop::collection::vec(0..3usize, 1..3), 0..3usize), 0..=people);
        let places = prop::collection::vec((0..3usize, prop::option::of(0..3usize), any::<bool>()), 0..=cities);
        (places, readers).prop_map(|(places, readers)| {
            let readers: Vec<Reader> =
                readers.iter().enumerate().map(|(at, (languages, load))| reader(at, languages, *load)).collect();
            let city = |(at, (language, taken, first)): (usize, &(usize, Option<usize>, bool))| {
                let seat = if *first { Seat::First } else { Seat::Second };
                place(at, *language, taken.iter().map(|one| (seat, format!("ac_{one}"))).collect())
            };
            (places.iter().enumerate().map(city).collect(), readers)
        })
    }

    fn loads(readers: &[Reader], given: &[Given]) -> Vec<usize> {
        let more = |reader: &Reader| given.iter().filter(|one| one.account == reader.account).count();
        readers.iter().map(|reader| reader.load + more(reader)).collect()
    }

    /// How uneven loads are: the difference of highest and lowest, and the sum of squares.
    fn uneven(loads: &[usize]) -> (usize, usize) {
        let (most, least) = (loads.iter().max(), loads.iter().min());
        (most.zip(least).map_or(0, |(most, least)| most - least), loads.iter().map(|load| load * load).sum())
    }

    /// The least uneven way of all ways that fill as many seats as can be filled.
    fn by_trying_all(places: &[Place], readers: &[Reader]) -> Option<(usize, usize)> {
        let seats: Vec<(usize, Vec<usize>)> = places
            .iter()
            .enumerate()
            .flat_map(|(at, place)| {
                let has = |one: &Reader| place.readers.iter().any(|(_, account)| *account == one.account);
                let fit: Vec<usize> = (0..readers.len())
                    .filter(|one| reads(&readers[*one].languages, &place.languages) && !has(&readers[*one]))
                    .collect();
                let seats = open_seats(place).count().min(fit.len());
                (0..seats).map(move |_| (at, fit.clone())).collect::<Vec<_>>()
            })
            .collect();
        let start: Vec<usize> = readers.iter().map(|reader| reader.load).collect();
        let (mut best, mut waiting) = (None, vec![(0, start, Vec::<(usize, usize)>::new())]);
        while let Some((at, loads, taken)) = waiting.pop() {
            let Some((city, fit)) = seats.get(at) else {
                best = Some(best.map_or(uneven(&loads), |best: (usize, usize)| {
                    let now = uneven(&loads);
                    (best.0.min(now.0), best.1.min(now.1))
                }));
                continue;
            };
            for one in fit.iter().filter(|one| !taken.contains(&(*city, **one))) {
                let (mut loads, mut taken) = (loads.clone(), taken.clone());
                loads[*one] += 1;
                taken.push((*city, *one));
                waiting.push((at + 1, loads, taken));
            }
        }
        best
    }

    proptest! {
        #[test]
        fn nobody_reads_a_city_twice_or_without_its_language((places, readers) in rounds(12, 7)) {
            let plan = plan(&places, &readers);
            for place in &places {
                let given: Vec<&Given> = plan.given.iter().filter(|one| one.city == place.city).collect();
                let mut accounts: Vec<&str> = given.iter().map(|one| one.account.as_str()).collect();
                accounts.extend(place.readers.iter().map(|(_, account)| account.as_str()));
                let all = accounts.len();
                accounts.sort_unstable();
                accounts.dedup();
                prop_assert_eq!(accounts.len(), all, "the same account twice");
                for one in &given {
                    let reader = readers.iter().find(|reader| reader.account == one.account);
                    prop_assert!(reader.is_some_and(|reader| reads(&reader.languages, &place.languages)));
                    prop_assert!(!place.readers.iter().any(|(seat, _)| *seat == one.seat), "the seat was taken");
                }
                let missing = plan.unread.iter().find(|(city, _)| *city == place.city).map_or(0, |(_, n)| *n);
                prop_assert_eq!(given.len() + missing, open_seats(place).count(), "every open seat is given or said");
                let fit = readers.iter().filter(|reader| reads(&reader.languages, &place.languages));
                let left = fit.filter(|reader| !accounts.contains(&reader.account.as_str())).count();
                prop_assert!(missing == 0 || left == 0, "a seat stays empty only when nobody is left");
            }
        }

        #[test]
        fn no_other_plan_is_more_even((places, readers) in rounds(4, 4)) {
            let found = plan(&places, &readers);
            if let Some(best) = by_trying_all(&places, &readers) {
                prop_assert_eq!(uneven(&loads(&readers, &found.given)), best);
            }
        }
    }

    #[test]
    fn who_reads_two_languages_makes_way_for_who_reads_one() {
        // The first reads Korean and English, the second Korean alone. The first city asked about is Korean.
        let readers = [reader(0, &[0, 1], 0), reader(1, &[0], 0)];
        let taken = || vec![(Seat::Second, "ac_9".to_owned())];
        let plan = plan(&[place(0, 0, taken()), place(1, 1, taken())], &readers);
        assert_eq!(loads(&readers, &plan.given), [1, 1]);
        assert!(plan.unread.is_empty());
    }

    #[test]
    fn pairs_change_when_loads_allow_it() {
        let readers: Vec<Reader> = (0..4).map(|at| reader(at, &[0], 0)).collect();
        let places: Vec<Place> = (0..6).map(|at| place(at, 0, vec![])).collect();
        let plan = plan(&places, &readers);
        let pairs: std::collections::BTreeSet<Vec<&str>> = places
            .iter()
            .map(|place| {
                let of = plan.given.iter().filter(|one| one.city == place.city);
                let mut pair: Vec<&str> = of.map(|one| one.account.as_str()).collect();
                pair.sort_unstable();
                pair
            })
            .collect();
        assert_eq!(pairs.len(), 6, "{pairs:?}");
    }

    #[test]
    fn cities_that_nobody_can_read_are_said() {
        let found = plan(&[place(0, 2, vec![]), place(1, 0, vec![])], &[reader(0, &[0], 0)]);
        assert_eq!(found.unread, [("rc_0".to_owned(), 2), ("rc_1".to_owned(), 1)]);
        assert_eq!(found.given.len(), 1);
    }
}
