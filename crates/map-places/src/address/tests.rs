use super::*;

fn read(text: &str) -> String {
    let Some(address) = parse_address(text) else { return "none".to_owned() };
    let form = match address.form {
        Form::Road => "road",
        Form::Lot => "lot",
        Form::Street => "street",
    };
    let mut out = format!("{form} {}", address.street);
    if address.underground {
        out.push_str(" 지하");
    }
    if address.mountain {
        out.push_str(" 산");
    }
    if let Some(number) = address.number {
        out.push_str(&format!(" {number}"));
    }
    let around: Vec<String> = address.region.into_iter().chain(address.places).chain(address.postcode).collect();
    if around.is_empty() { out } else { format!("{out} @ {}", around.join("/")) }
}

#[test]
fn korean_roads() {
    for (text, parts) in [
        ("서울특별시 중구 세종대로 110 (태평로1가)", "road 세종대로 110 @ 서울특별시/중구"),
        ("세종대로110", "road 세종대로 110"),
        ("서울 강남구 테헤란로 지하 156", "road 테헤란로 지하 156 @ 서울/강남구"),
        ("서울시 강남구 테헤란로 지하156", "road 테헤란로 지하 156 @ 서울시/강남구"),
        ("경기도 수원시 영통구 광교중앙로 140, 101동 1203호", "road 광교중앙로 140 @ 경기도/수원시/영통구"),
        ("전라남도 담양군 담양읍 죽녹원로 119", "road 죽녹원로 119 @ 전라남도/담양군/담양읍"),
        ("대전 유성구 대덕대로512번길 20", "road 대덕대로512번길 20 @ 대전/유성구"),
        ("종로구 자하문로 23길 19-3", "road 자하문로23길 19-3 @ 종로구"),
        ("종로구 자하문로23길19-3", "road 자하문로23길 19-3 @ 종로구"),
        ("(04524) 서울특별시 중구 세종대로 110 서울시청 3층", "road 세종대로 110 @ 서울특별시/중구/04524"),
        ("04524 서울 중구 세종대로 １１０", "road 세종대로 110 @ 서울/중구/04524"),
        ("경기 광주시 행정타운로 50", "road 행정타운로 50 @ 경기/광주시"),
        ("세종특별자치시 한누리대로 2130", "road 한누리대로 2130 @ 세종특별자치시"),
        ("세종대로", "road 세종대로"),
    ] {
        assert_eq!(read(text), parts, "{text}");
    }
}

#[test]
fn korean_lots() {
    for (text, parts) in [
        ("서울특별시 중구 태평로1가 31", "lot 태평로1가 31 @ 서울특별시/중구"),
        ("서울 종로구 종로 3가 10-2번지", "lot 종로3가 10-2 @ 서울/종로구"),
        ("당산동123-4", "lot 당산동 123-4"),
        ("강남구 역삼동 825번지 19호", "lot 역삼동 825-19 @ 강남구"),
        ("강원도 춘천시 동내면 거두리 산 12-3번지", "lot 거두리 산 12-3 @ 강원도/춘천시/동내면"),
        ("춘천시 동내면 거두리 산12-3", "lot 거두리 산 12-3 @ 춘천시/동내면"),
        ("관악구 봉천1동 7", "lot 봉천1동 7 @ 관악구"),
    ] {
        assert_eq!(read(text), parts, "{text}");
    }
}

#[test]
fn streets_of_the_west() {
    for (text, parts) in [
        ("Hlemmur 3", "street Hlemmur 3"),
        ("Borgarbraut 52A, 310 Borgarnes", "street Borgarbraut 52A @ Borgarnes/310"),
        ("Borgarbraut 52 A 310 Borgarnes", "street Borgarbraut 52A @ Borgarnes/310"),
        ("110 Sejong-daero, Jung-gu, Seoul", "street Sejong-daero 110 @ Jung-gu/Seoul"),
        ("221B Baker Street, London NW1", "street Baker Street 221B @ London/NW1"),
        ("City Hall, 110 Sejong-daero", "street Sejong-daero 110"),
        ("Straße des 17. Juni 135, 10623 Berlin", "street Straße des 17. Juni 135 @ Berlin/10623"),
        ("Hlemmur, 3", "street Hlemmur 3"),
        ("Laugavegur", "street Laugavegur"),
        ("Via Roma 3/5", "street Via Roma 3-5"),
        ("12 Route 66", "street Route 66 12"),
    ] {
        assert_eq!(read(text), parts, "{text}");
    }
}

#[test]
fn what_is_no_address() {
    for text in ["", "   ", ",,,", "\0\0", "110", "***", "🏛", "99999999999999999999"] {
        assert_eq!(read(text), "none", "{text:?}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,60}") {
        if let Some(address) = parse_address(&text) {
            proptest::prop_assert!(!address.street.is_empty());
        }
    }

    #[test]
    fn a_number_is_written_as_it_is_read(main in 0u32..100_000, sub in proptest::option::of(0u32..1000), letter in proptest::option::of("[A-Z]")) {
        let number = Number { main, sub, letter: letter.and_then(|letter| letter.chars().next()) };
        proptest::prop_assert_eq!(Number::read(&number.to_string()), Some(number));
    }
}
