use crate::{Address, Ask, Entry, Hit, Index};

pub fn place(id: &str, name: &str) -> Entry {
    Entry { layer: "places".into(), id: id.into(), name: name.into(), at: (127.0, 37.5), ..Entry::default() }
}

pub fn house(id: &str, street: &str, number: &str, district: &str) -> Entry {
    let address = Address { street: street.into(), number: number.into(), ..Address::default() };
    Entry {
        layer: "addresses".into(),
        id: id.into(),
        district: district.into(),
        address: Some(address),
        ..place(id, "")
    }
}

fn city() -> Index {
    Index::build([
        place("hall", "서울시청"),
        place("gu", "강남구"),
        place("jongno", "종로"),
        place("jongno3", "종로3가"),
        place("museum", "국립중앙박물관"),
        Entry { names: vec![("en".into(), "City Hall Plaza".into())], ..place("plaza", "서울광장") },
        house("s110", "세종대로", "110", "중구"),
        house("s11", "세종대로", "11", "중구"),
        house("s110-5", "세종대로", "110-5", "중구"),
        house("j19", "자하문로23길", "19-3", "종로구"),
        place("rvk", "Reykjavík"),
        place("thing", "Þingvellir"),
        place("efri", "Efri Hóll"),
        house("h3", "Hlemmur", "3", "Reykjavík"),
        house("h30", "Hlemmur", "30", "Reykjavík"),
        house("b52a", "Borgarbraut", "52A", "Borgarnes"),
        house("b52", "Borgarbraut", "52", "Borgarnes"),
        place("tokyo", "東京都庁"),
        place("kana", "トウキョウタワー"),
    ])
}

fn ids(hits: &[Hit]) -> Vec<&str> {
    hits.iter().map(|hit| hit.id.as_str()).collect()
}

fn first(index: &Index, text: &str) -> String {
    index.ask(&Ask::new(text, 10)).first().map_or_else(|| "nothing".to_owned(), |hit| hit.id.clone())
}

#[test]
fn a_place_is_found_by_many_spellings() {
    let city = city();
    for (asked, id) in [
        ("서울시청", "hall"),
        ("시청", "hall"),
        ("서울 시청", "hall"),
        ("시처", "hall"),
        ("싳", "hall"),
        ("ㅅㅊ", "hall"),
        ("ㅅ청", "hall"),
        ("시ㅊ", "hall"),
        ("서울시창", "hall"),
        ("seoulsicheong", "hall"),
        ("강남", "gu"),
        ("gangnamgu", "gu"),
        ("Gangnam-gu", "gu"),
        ("gangnam", "gu"),
        ("Kangnam-gu", "gu"),
        ("Jongno", "jongno"),
        ("jong-ro", "jongno"),
        ("Jongno 3-ga", "jongno3"),
        ("종로 3가", "jongno3"),
        ("중앙박물관", "museum"),
        ("박물관 국립", "museum"),
        ("city plaza", "plaza"),
        ("세종대로 110", "s110"),
        ("세종대로110", "s110"),
        ("110 Sejong-daero", "s110"),
        ("중구 세종대로 110", "s110"),
        ("세종대로 110-5", "s110-5"),
        ("자하문로23길 19-3", "j19"),
        ("자하문로 23길 19-3", "j19"),
        ("Jahamun-ro 23-gil 19-3", "j19"),
        ("Reykjavik", "rvk"),
        ("REYKJAVÍK", "rvk"),
        ("thingvellir", "thing"),
        ("Þyngvellir", "thing"),
        ("efrihóll", "efri"),
        ("Holl Efri", "efri"),
        ("Hlemmur 3", "h3"),
        ("hlemur 3", "h3"),
        ("3 hlemmur", "h3"),
        ("Hlemmur 3, Reykjavík", "h3"),
        ("Borgarbraut 52a", "b52a"),
        ("borgarbraut52A", "b52a"),
        ("Borgarbraut 52", "b52"),
        ("都庁", "tokyo"),
        ("東京都庁舎", "tokyo"),
        ("とうきょう", "kana"),
        ("ﾄｳｷｮｳﾀﾜｰ", "kana"),
    ] {
        assert_eq!(first(&city, asked), id, "{asked}");
    }
}

#[test]
fn typos_are_forgiven_by_length() {
    let index =
        Index::build([place("gil", "Gil"), place("gata", "Gata"), place("rvk", "Reykjavík"), place("gu", "강남")]);
    for (asked, id) in [
        // Under four letters none, from four one, from eight two; neighbours that changed places are one.
        ("gul", "nothing"),
        ("gatta", "gata"),
        ("gaat", "gata"),
        ("gatxx", "nothing"),
        ("reykajvik", "rvk"),
        ("reikjavikk", "rvk"),
        ("raikjavikk", "nothing"),
        // Six jamo: one may be wrong, two may not.
        ("강넘", "gu"),
        ("깅넘", "nothing"),
    ] {
        assert_eq!(first(&index, asked), id, "{asked}");
    }
}

#[test]
fn a_thing_with_many_names_is_one_hit() {
    let names = vec![("en".into(), "Gangnam Office".into()), ("ja".into(), "カンナム".into())];
    let index = Index::build([Entry { names, ..place("gu", "강남구청 강남") }, place("other", "강남역")]);
    for asked in ["강남", "gangnam", "かんなむ"] {
        let hits = index.ask(&Ask::new(asked, 10));
        assert_eq!(hits.iter().filter(|hit| hit.id == "gu").count(), 1, "{asked}");
    }
    assert_eq!(index.ask(&Ask::new("かんなむ", 1))[0].alias.as_deref(), Some("カンナム"));
}

#[test]
fn a_house_number_is_not_another() {
    let city = city();
    let hits = city.ask(&Ask::new("Hlemmur 3", 10));
    assert_eq!(ids(&hits), ["h3"]);
    assert!(hits[0].exact);
    assert_eq!(ids(&city.ask(&Ask { typing: true, ..Ask::new("Hlemmur 3", 10) })), ["h3", "h30"]);
    assert_eq!(ids(&city.ask(&Ask { typing: true, ..Ask::new("Hlemmur 3 ", 10) })), ["h3"]);
    // No such number: the street is better than nothing, and it is said that it is not the same.
    let hits = city.ask(&Ask::new("Hlemmur 77", 10));
    assert!(hits.len() == 2 && hits.iter().all(|hit| !hit.exact), "{hits:?}");
    let hits = city.ask(&Ask::new("Borgarbraut 52B", 10));
    assert!(hits.iter().all(|hit| !hit.exact && hit.id.starts_with("b52")), "{hits:?}");
}

#[test]
fn a_district_alone_does_not_find_all_its_houses() {
    let city = city();
    assert_eq!(ids(&city.ask(&Ask::new("Reykjavík", 10))), ["rvk"]);
    assert_eq!(city.ask(&Ask::new("Hlemmur 3", 1))[0].district, "Reykjavík");
}

#[test]
fn what_may_not_be_found_is_not_there() {
    let secret = |id: &str, class| Entry { class, layer: "shelters".into(), ..place(id, "Hidden House") };
    let index = Index::build([secret("a", 1), secret("b", 2), place("open", "Hiden House")]);
    let ask = |may: &dyn Fn(&str, u16) -> bool| -> Vec<String> {
        index.ask(&Ask { may, ..Ask::new("Hidden House", 2) }).into_iter().map(|hit| hit.id).collect()
    };
    assert_eq!(ask(&|_, _| true), ["a", "b"]);
    // Not even its place among the hits is taken, so that the next best is found with typos.
    assert_eq!(ask(&|layer, class| layer != "shelters" || class == 2), ["b", "open"]);
    assert_eq!(ask(&|layer, _| layer != "shelters"), ["open"]);
    assert!(ask(&|_, _| false).is_empty());
    assert!(index.nearest((127.0, 37.5), 9, 10.0, &|layer, _| layer == "places").iter().all(|hit| hit.id == "open"));
}

#[test]
fn changes_are_found_at_once() {
    let before = Index::build((0..100).map(|n| place(&n.to_string(), &format!("Skóli {n}"))));
    let renamed = before.change("places", [("7".to_owned(), Some(place("7", "Bókasafn")))]);
    assert_eq!(first(&renamed, "bokasafn"), "7");
    assert_eq!(first(&before, "bokasafn"), "nothing");
    assert_eq!(renamed.len(), 100);
    assert!(renamed.ask(&Ask::new("Skóli 7", 10)).iter().all(|hit| hit.id != "7"));
    let gone = renamed.change("places", [("7".to_owned(), None), ("nobody".to_owned(), None)]);
    assert_eq!(gone.len(), 99);
    assert_eq!(first(&gone, "bokasafn"), "nothing");
    let other = gone.replace("places", [place("x", "Sundlaug")]);
    assert_eq!(
        (other.len(), first(&other, "sundlaug").as_str(), first(&other, "Skóli 8").as_str()),
        (1, "x", "nothing")
    );
    assert!(other.replace("places", []).is_empty());
    assert!(other.change("places", [("x".to_owned(), None)]).is_empty());
}

#[test]
fn many_changes_leave_few_parts_and_lose_nothing() {
    let mut index = Index::default();
    for n in 0..300 {
        index = index.change("places", [(format!("{}", n % 200), Some(place("", &format!("nr{n}x"))))]);
    }
    assert_eq!(index.len(), 200);
    assert_eq!(first(&index, "nr299x"), "99");
    assert_eq!(first(&index, "nr150x"), "150");
    assert!(index.ask(&Ask::new("nr99x", 50)).iter().all(|hit| hit.name != "nr99x"));
}

#[test]
fn the_later_of_two_with_one_id_counts() {
    let index = Index::build([place("1", "Gamla nafnið"), place("2", "Annað"), place("1", "Nýja nafnið")]);
    assert_eq!(index.len(), 2);
    assert_eq!(first(&index, "gamla nafnið"), "1");
    assert_eq!(index.ask(&Ask::new("gamla nafnið", 10))[0].name, "Nýja nafnið");
}

#[test]
fn nearer_and_weightier_come_first() {
    let school = |id: &str, east: f64, weight| Entry { at: (east, 64.0), weight, ..place(id, "Skóli") };
    let index = Index::build([school("far", -20.0, 0.0), school("near", -21.9, 0.0), school("big", -20.1, 1.0)]);
    assert_eq!(ids(&index.ask(&Ask { near: Some((-21.9, 64.0)), ..Ask::new("skoli", 3) })), ["near", "big", "far"]);
    assert_eq!(ids(&index.ask(&Ask::new("skoli", 3)))[0], "big");
    let hits = index.nearest((-20.0, 64.0), 2, 10_000.0, &|_, _| true);
    assert_eq!(ids(&hits), ["far", "big"]);
    // A tenth of a degree of longitude at 64° N is 4,874 m on a sphere of 6,371 km.
    assert!((hits[1].metres.unwrap() - 4874.0).abs() < 5.0, "{:?}", hits[1].metres);
}

#[test]
fn what_was_found_is_marked() {
    let city = city();
    let marked = |asked: &str| {
        let hit = city.ask(&Ask { typing: true, ..Ask::new(asked, 1) }).remove(0);
        let shown: Vec<char> = hit.alias.as_ref().unwrap_or(&hit.name).chars().collect();
        let parts: Vec<String> = hit.marks.into_iter().map(|range| shown[range].iter().collect()).collect();
        parts.join("|")
    };
    for (asked, marks) in [
        ("시청", "시청"),
        ("ㅅ청", "시청"),
        ("reyk", "Reyk"),
        ("þing", "Þing"),
        ("thing", "Þing"),
        ("hlemmur 3", "Hlemmur|3"),
        ("hlemur 3", "Hlemmur|3"),
        ("gangnam", "강남구"),
        ("plaza", "Plaza"),
        ("efriholl", "Efri|Hóll"),
        ("세종대로 110", "세종대로|110"),
        ("都庁", "都庁"),
    ] {
        assert_eq!(marked(asked), marks, "{asked}");
    }
}

#[test]
fn hostile_questions_are_answered() {
    let city = city();
    let long = "a".repeat(10_000);
    let words = "시청 hlemmur ".repeat(2000);
    for text in
        ["", " ", "*", "%_*?", "\0\0", "🏛🗺️👩‍👩‍👧", "'; DROP TABLE", "((((", "\u{202e}abc", &long, &words, "ㅅ", "1", "-"]
    {
        assert!(city.ask(&Ask { typing: true, ..Ask::new(text, 10) }).len() <= 10);
    }
    assert!(city.ask(&Ask::new("시청", 0)).is_empty());
    assert!(!city.ask(&Ask { near: Some((f64::NAN, f64::INFINITY)), ..Ask::new("시청", usize::MAX) }).is_empty());
    let odd = Entry { at: (f64::NAN, f64::NEG_INFINITY), weight: f32::NAN, ..place("odd", "\0 odd \u{1}") };
    assert_eq!(first(&Index::build([odd]), "odd"), "odd");
}

mod any_name {
    use proptest::prelude::*;

    use super::*;

    fn names() -> impl Strategy<Value = Vec<String>> {
        let name = prop_oneof![
            "[A-ZÞÆÖa-záéðö]{2,9}( [a-zæ]{2,6}){0,2}",
            "[가-힣]{2,6}",
            "[가-힣]{2,4} [가-힣]{1,3}",
            "[ぁ-んァ-ヴ一-龥]{2,6}",
            "[a-z]{3,6} [1-9][0-9]{0,2}[A-C]?"
        ];
        prop::collection::vec(name, 1..40)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn is_found_first_by_itself(names in names()) {
            let index = Index::build(names.iter().enumerate().map(|(n, name)| place(&n.to_string(), name)));
            for name in &names {
                let hits = index.ask(&Ask::new(name, 10));
                prop_assert!(hits.first().is_some_and(|hit| hit.name == *name), "{name}: {hits:?}");
            }
        }

        #[test]
        fn is_found_with_a_typo(names in prop::collection::vec("[a-z]{5,12}", 1..40), at in 0usize..5, kind in 0..4, c in "[a-z]") {
            let index = Index::build(names.iter().enumerate().map(|(n, name)| place(&n.to_string(), name)));
            for name in &names {
                let wrong = typo(name, at, kind, &c);
                let hits = index.ask(&Ask::new(&wrong, 10));
                prop_assert!(hits.iter().any(|hit| hit.name == *name), "{name} as {wrong}: {hits:?}");
            }
        }

        #[test]
        fn any_question_has_an_answer(text in "\\PC{0,40}", typing: bool) {
            for hit in city().ask(&Ask { typing, ..Ask::new(&text, 5) }) {
                let shown = hit.alias.as_ref().unwrap_or(&hit.name).chars().count();
                prop_assert!(hit.marks.iter().all(|range| range.start < range.end && range.end <= shown));
            }
        }
    }

    fn typo(name: &str, at: usize, kind: i32, c: &str) -> String {
        let mut letters: Vec<char> = name.chars().collect();
        match kind {
            0 => drop(letters.remove(at)),
            1 => letters.splice(at..at, c.chars()).for_each(drop),
            2 => letters.splice(at..=at, c.chars()).for_each(drop),
            _ if at + 1 < letters.len() => letters.swap(at, at + 1),
            _ => letters.swap(at - 1, at),
        }
        letters.into_iter().collect()
    }
}
