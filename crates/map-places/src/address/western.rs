use super::{Form, Number, ParsedAddress};

pub fn parse(text: &str) -> Option<ParsedAddress> {
    let parts: Vec<Vec<&str>> = text
        .split([',', ';'])
        .map(|part| part.split_whitespace().filter(|token| token.chars().any(char::is_alphanumeric)).collect())
        .filter(|tokens: &Vec<&str>| !tokens.is_empty())
        .collect();
    let mut address = ParsedAddress { form: Form::Street, ..ParsedAddress::default() };
    let mut rest = 0;
    for (at, tokens) in parts.iter().enumerate() {
        let Some((street, number, after)) = street(tokens) else { continue };
        // Street, 3
        let street = if street.is_empty() && at > 0 { parts[at - 1].join(" ") } else { street };
        if street.is_empty() {
            continue;
        }
        (address.street, address.number, rest) = (street, Some(number), at + 1);
        around(&after, &mut address);
        break;
    }
    if address.street.is_empty() {
        let first = parts.iter().position(|tokens| tokens.iter().any(|token| has_letters(token)))?;
        (address.street, rest) = (parts[first].join(" "), first + 1);
    }
    parts[rest..].iter().for_each(|tokens| around(tokens, &mut address));
    Some(address)
}

fn has_letters(token: &str) -> bool {
    token.chars().any(char::is_alphabetic)
}

/// Street and number of a part, and what comes after. The number is the first token, else the first number that has
/// words before it; a letter alone after it belongs to it.
fn street<'t>(tokens: &[&'t str]) -> Option<(String, Number, Vec<&'t str>)> {
    let at = tokens.iter().position(|token| Number::read(token).is_some())?;
    let mut number = Number::read(tokens[at])?;
    let mut after = at + 1;
    if let Some([letter @ (b'a'..=b'z' | b'A'..=b'Z')]) = tokens.get(after).map(|token| token.as_bytes())
        && number.letter.is_none()
        && (at > 0 || tokens.len() > 2)
    {
        number.letter = Some(*letter as char);
        after += 1;
    }
    if at > 0 {
        return Some((tokens[..at].join(" "), number, tokens[after..].to_vec()));
    }
    // The number comes first: all the rest is the street.
    Some((tokens[after..].join(" "), number, Vec::new()))
}

/// Postcode and town.
fn around(tokens: &[&str], address: &mut ParsedAddress) {
    let is_code = |token: &&&str| token.len() > 2 && token.chars().any(|c| c.is_ascii_digit());
    if let Some(code) = tokens.iter().find(is_code).filter(|_| address.postcode.is_none()) {
        address.postcode = Some((*code).to_owned());
    }
    let town: Vec<&str> = tokens.iter().copied().filter(|token| !is_code(&token)).collect();
    if !town.is_empty() {
        address.places.push(town.join(" "));
    }
}
