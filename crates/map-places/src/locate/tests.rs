use super::*;
use crate::tests::{house, place};

fn index() -> Index {
    let town = |id: &str, number: &str, district: &str| house(id, "Aðalgata", number, district);
    Index::build([
        house("s110", "세종대로", "110", "중구"),
        house("s110-5", "세종대로", "110-5", "중구"),
        house("s175", "세종대로", "175", "종로구"),
        house("t156", "테헤란로", "지하 156", "강남구"),
        house("l31", "태평로1가", "31", "중구"),
        house("b52A", "Borgarbraut", "52A", "Borgarnes"),
        house("b54", "Borgarbraut", "54", "Borgarnes"),
        town("a-west", "3", "Ísafjörður"),
        town("a-north", "3", "Akureyri"),
        town("a-north-9", "9", "Akureyri"),
        house("farm", "Laugarból", "", "Ísafjörður"),
        place("hall", "서울시청"),
        place("house", "Harpa 2"),
    ])
}

fn found(text: &str) -> (String, Quality) {
    let located = index().locate(text, None, &|_, _| true);
    located.map_or(("".to_owned(), Quality::None), |located| (located.hit.id, located.quality))
}

#[test]
fn an_address_and_how_sure_it_is() {
    for (text, id, quality) in [
        ("서울특별시 중구 세종대로 110 (태평로1가)", "s110", Quality::Exact),
        ("서울 중구 세종대로110, 3층", "s110", Quality::Exact),
        ("110 Sejong-daero, Jung-gu, Seoul", "s110", Quality::Exact),
        ("세종대로 110-5", "s110-5", Quality::Exact),
        ("세종대로 110-7", "s110", Quality::Close),
        ("세종데로 110", "s110", Quality::Close),
        ("세종대로 170", "s175", Quality::Street),
        ("강남구 테헤란로 지하 156", "t156", Quality::Exact),
        ("강남구 테헤란로 156", "t156", Quality::Close),
        ("중구 태평로1가 31번지", "l31", Quality::Exact),
        ("Borgarbraut 52A, 310 Borgarnes", "b52A", Quality::Exact),
        ("Borgarbrut 52a", "b52A", Quality::Close),
        ("Borgarbraut 52", "b52A", Quality::Close),
        ("Borgarbraut 60", "b54", Quality::Street),
        ("Adalgata 3, Akureyri", "a-north", Quality::Exact),
        ("Aðalgata 3, 400 Ísafjörður", "a-west", Quality::Exact),
        ("Aðalgata 7, Akureyri", "a-north-9", Quality::Street),
        ("Laugarból", "farm", Quality::Exact),
        ("서울시청", "hall", Quality::Exact),
        ("서울시창", "hall", Quality::Close),
        ("Harpa 2", "house", Quality::Exact),
        ("Nowhere at all 5", "", Quality::None),
        ("", "", Quality::None),
    ] {
        assert_eq!(found(text), (id.to_owned(), quality), "{text}");
    }
}

#[test]
fn a_score_is_a_share() {
    for text in ["서울 중구 세종대로 110", "세종데로 110", "서울시청", "Borgarbraut 60, Reykjavík"] {
        let located = index().locate(text, Some((127.0, 37.5)), &|_, _| true).unwrap();
        assert!((0.0..=1.0).contains(&located.score), "{text}: {located:?}");
    }
    assert!(
        index()
            .locate("세종대로 110", None, &|layer, _| layer != "addresses")
            .is_none_or(|found| found.hit.layer == "places")
    );
}
