use super::{Form, Number, ParsedAddress};
use crate::hangul::is_syllable;

/// What may stand for a 시·도, shortened as people do.
const REGIONS: [&str; 17] = [
    "서울", "부산", "대구", "인천", "광주", "대전", "울산", "세종", "경기", "강원", "충북", "충남", "전북", "전남",
    "경북", "경남", "제주",
];

pub fn parse(text: &str) -> Option<ParsedAddress> {
    let mut address = ParsedAddress { form: Form::Road, ..ParsedAddress::default() };
    let tokens = tokens(text, &mut address.postcode);
    for (at, token) in tokens.iter().enumerate() {
        read(token, &mut address);
        if let Some(number) = &mut address.number {
            // 12번지 3호
            let after = tokens.get(at + 1).filter(|_| token.ends_with("번지"));
            let sub = after.and_then(|after| after.strip_suffix('호')).and_then(|sub| sub.parse().ok());
            number.sub = number.sub.or(sub);
            break;
        }
    }
    if address.street.is_empty() {
        return None;
    }
    Some(address)
}

/// The words before any comma that follows a number; what stands in brackets is left out, a postcode taken apart.
fn tokens(text: &str, postcode: &mut Option<String>) -> Vec<String> {
    let mut plain = String::new();
    let mut depth = 0;
    let mut inside = String::new();
    for c in text.chars() {
        match c {
            '(' | '[' | '〒' => depth += 1,
            ')' | ']' => {
                depth = 0;
                take_postcode(&inside, postcode);
                inside.clear();
                plain.push(' ');
            }
            _ if depth > 0 => inside.push(c),
            ',' => plain.push(' '),
            _ => plain.push(c),
        }
    }
    let mut tokens: Vec<String> = plain.split_whitespace().map(str::to_owned).collect();
    let first = tokens.first().map_or("", |first| first.strip_prefix('우').unwrap_or(first)).to_owned();
    if take_postcode(&first, postcode) {
        tokens.remove(0);
    }
    tokens
}

/// Five digits, or three and three until 2015.
fn take_postcode(text: &str, postcode: &mut Option<String>) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let is = text.len() == 5 && digits == 5 || text.len() == 7 && digits == 6 && text.as_bytes()[3] == b'-';
    if is {
        *postcode = Some(text.to_owned());
    }
    is
}

fn read(token: &str, address: &mut ParsedAddress) {
    if token == "지하" {
        address.underground = true;
    } else if let Some(number) = token.strip_prefix("지하").and_then(house) {
        (address.underground, address.number) = (true, Some(number));
    } else if token == "산" {
        address.mountain = true;
    } else if let Some(number) = token.strip_prefix('산').and_then(house) {
        (address.mountain, address.number) = (true, Some(number));
    } else if let Some(number) = house(token) {
        // A number before any street is none of a house.
        if !address.street.is_empty() {
            address.number = Some(number);
        }
    } else if let (Some((street, number)), true) = (joined(token), address.street.is_empty()) {
        name(street, address);
        address.number = Some(number);
    } else {
        name(token, address);
    }
}

fn house(token: &str) -> Option<Number> {
    let bare = ["번지", "번", "호"].iter().find_map(|unit| token.strip_suffix(unit)).unwrap_or(token);
    Number::read(bare)
}

/// 세종대로110
fn joined(token: &str) -> Option<(&str, Number)> {
    let token = token.strip_suffix("번지").unwrap_or(token);
    let end = token.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-').len();
    let (name, number) = token.split_at(end);
    (kind(name) > Kind::Place).then(|| Number::read(number).map(|number| (name, number))).flatten()
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Other,
    Place,
    Lot,
    Road,
}

fn kind(token: &str) -> Kind {
    let count = token.chars().count();
    let numbered = token.chars().next().is_some_and(|c| c.is_ascii_digit());
    match token.chars().next_back() {
        _ if count < 2 || !token.chars().any(is_syllable) => Kind::Other,
        Some('로' | '길') => Kind::Road,
        Some('동' | '리' | '가') => Kind::Lot,
        Some('시' | '군' | '구' | '읍' | '면') if !numbered => Kind::Place,
        _ => Kind::Other,
    }
}

fn name(token: &str, address: &mut ParsedAddress) {
    let numbered = token.chars().next().is_some_and(|c| c.is_ascii_digit());
    let first = address.region.is_none() && address.places.is_empty() && address.street.is_empty();
    if first && is_region(token) {
        address.region = Some(token.to_owned());
        return;
    }
    match kind(token) {
        Kind::Place if address.street.is_empty() => address.places.push(token.to_owned()),
        // 자하문로 23길, 종로 3가
        kind @ (Kind::Road | Kind::Lot) if numbered && !address.street.is_empty() => {
            address.street.push_str(token);
            address.form = if kind == Kind::Road { Form::Road } else { Form::Lot };
        }
        Kind::Road => (address.form, address.street) = (Form::Road, token.to_owned()),
        // 동 after a road tells where the road is.
        Kind::Lot if address.street.is_empty() || address.form == Form::Lot => {
            if !address.street.is_empty() {
                address.places.push(std::mem::take(&mut address.street));
            }
            (address.form, address.street) = (Form::Lot, token.to_owned());
        }
        _ => {}
    }
}

fn is_region(token: &str) -> bool {
    let long = ["특별시", "광역시", "특별자치시", "특별자치도"].iter().any(|end| token.ends_with(end));
    let names = ["경기도", "강원도", "충청북도", "충청남도", "전라북도", "전라남도", "경상북도", "경상남도", "제주도"];
    let short = REGIONS.iter().any(|region| token == *region || token.strip_prefix(region) == Some("시"));
    // 광주시 is also a town of 경기도, which then stands before it.
    long || names.contains(&token) || short
}
