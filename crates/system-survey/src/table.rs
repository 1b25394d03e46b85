//! Tables in CSV that people bring from elsewhere: fixed columns, in any order, mistakes named by their line.

use csv::{ReaderBuilder, StringRecord, Trim};

/// One line: its number in the file, from 1, and its cells in the order of the columns asked for.
pub struct Line<const N: usize> {
    pub number: u64,
    pub cells: [String; N],
}

/// Reads a table that has these columns.
///
/// # Errors
/// What cannot be read, by line.
pub fn read<const N: usize>(text: &str, columns: [&str; N]) -> Result<Vec<Line<N>>, Vec<String>> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = ReaderBuilder::new().trim(Trim::All).from_reader(text.as_bytes());
    let header = reader.headers().cloned().unwrap_or_default();
    let mut places = [0; N];
    for (place, column) in places.iter_mut().zip(columns) {
        let found = header.iter().position(|name| name == column);
        *place = found.ok_or_else(|| vec![format!("line 1: the columns are {}", columns.join(", "))])?;
    }
    let line = |record: csv::Result<StringRecord>| match record {
        Ok(record) => Ok(Line {
            number: record.position().map_or(1, csv::Position::line),
            cells: places.map(|place| record.get(place).unwrap_or_default().to_owned()),
        }),
        Err(error) => Err(format!("line {}: {error}", error.position().map_or(1, csv::Position::line))),
    };
    let (lines, wrong) = divide(reader.records().map(line));
    if wrong.is_empty() { Ok(lines) } else { Err(wrong) }
}

/// What each line means, and what is wrong with the others.
pub fn part<T, const N: usize>(
    lines: Vec<Line<N>>,
    meaning: impl Fn(Line<N>) -> Result<T, String>,
) -> (Vec<T>, Vec<String>) {
    divide(lines.into_iter().map(|line| {
        let number = line.number;
        meaning(line).map_err(|what| format!("line {number}: {what}"))
    }))
}

/// A whole number, or none.
///
/// # Errors
/// When it is something else.
pub fn whole(text: &str) -> Result<Option<i64>, String> {
    match text {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| format!("{text:?} is no whole number")),
    }
}

fn divide<T>(results: impl Iterator<Item = Result<T, String>>) -> (Vec<T>, Vec<String>) {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for result in results {
        match result {
            Ok(one) => good.push(one),
            Err(what) => bad.push(what),
        }
    }
    (good, bad)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_come_in_any_order_and_mistakes_have_lines() {
        let lines = read("b,a,c\n1,x,\n2,y,z\n", ["a", "b"]).expect("read");
        assert_eq!(lines.iter().map(|line| line.cells.join("")).collect::<Vec<_>>(), ["x1", "y2"]);
        let (good, bad) = part(lines, |line| if line.cells[0] == "x" { Ok(line.number) } else { Err("no".to_owned()) });
        assert_eq!((good, bad), (vec![2], vec!["line 3: no".to_owned()]));
        assert_eq!(
            read("a\n1\n", ["a", "b"]).map(|lines| lines.len()),
            Err(vec!["line 1: the columns are a, b".to_owned()])
        );
        assert!(read("a,b\n1\n", ["a", "b"]).is_err_and(|wrong| wrong[0].starts_with("line 2:")));
        assert_eq!((whole(""), whole("-3")), (Ok(None), Ok(Some(-3))));
        assert!(whole("1.5").is_err());
    }
}
