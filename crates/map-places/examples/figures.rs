//! Speed and recall on Iceland's 338,164 names: `cargo run --release -p map-places --example figures [questions]`.
//! Prints one line a set: milliseconds by the clock and by the processor's time of the thread, and how many were right.

use std::{error::Error, time::Instant};

use map_places::{Address, Ask, Batch, BatchOptions, Entry, Hit, Index};
use rustix::time::{ClockId, clock_gettime};

#[path = "../tests/iceland/mod.rs"]
mod iceland;

use iceland::Chance;

fn main() -> Result<(), Box<dyn Error>> {
    let count: usize = std::env::args().nth(1).map_or(Ok(2000), |count| count.parse())?;
    let Some(entries) = iceland::entries(1)? else {
        println!("the data set is not here; see MADANG_DATASETS");
        return Ok(());
    };
    let names: Vec<String> = entries.iter().map(|entry| entry.title()).collect();
    let before = resident();
    let (clock, own) = (Instant::now(), cpu());
    let index = Index::build(entries);
    println!(
        "{} entries: built in {:.2} s ({:.2} s of processor), {:.1} MB held, resident {:.0} MB (before, with the entries themselves: {:.0})",
        index.len(),
        clock.elapsed().as_secs_f64(),
        (cpu() - own) / 1e3,
        index.size() as f64 / 1e6,
        resident(),
        before
    );
    let mut chance = Chance(88_172_645_463_325_252);
    let picked: Vec<&str> = (0..count).map(|_| names[chance.below(names.len())].as_str()).collect();
    let long: Vec<&str> =
        picked.iter().copied().filter(|name| name.chars().filter(|c| c.is_alphabetic()).count() > 4).collect();
    let whole: Vec<(String, &str)> = picked.iter().map(|name| ((*name).to_owned(), *name)).collect();
    let typos: Vec<(String, &str)> = long.iter().map(|name| (chance.typo(name), *name)).collect();
    let begun: Vec<(String, &str)> = picked
        .iter()
        .map(|name| (name.chars().take(1 + chance.below(name.chars().count().min(16))).collect(), *name))
        .collect();
    let begun_typos: Vec<(String, &str)> = long
        .iter()
        .map(|name| {
            let begun: String = name.chars().take(4 + chance.below(name.chars().count() - 3)).collect();
            (chance.typo(&begun), *name)
        })
        .collect();
    let two: Vec<(String, &str)> = long.windows(2).map(|pair| (format!("{} {}", pair[0], pair[1]), pair[0])).collect();
    let first = |hits: &[Hit], name: &str| hits.first().is_some_and(|hit| hit.name == name);
    let within = |hits: &[Hit], name: &str| hits.iter().any(|hit| hit.name == name);
    let fits = |hits: &[Hit], _: &str| !hits.is_empty();
    let near = Some((-21.93, 64.14));
    run("whole names, first", &index, &whole, false, None, first);
    run("one typo, within ten", &index, &typos, false, None, within);
    run("typing, something", &index, &begun, true, None, fits);
    run("typing near Reykjavík, something", &index, &begun, true, near, fits);
    run("typing with a typo, something", &index, &begun_typos, true, None, fits);
    run("two names at once, one within ten", &index, &two, true, near, within);
    let hostile: Vec<(String, &str)> = hostile().into_iter().map(|text| (text, "")).collect();
    run("hostile, answered", &index, &hostile, true, near, |_, _| true);
    let clock = Instant::now();
    let changed = index.change("places", [("1".to_owned(), None)]);
    println!("a change: {:.3} ms, {} entries left", clock.elapsed().as_secs_f64() * 1e3, changed.len());
    batch(&index, &picked)?;
    let near_before = cpu();
    let clock = Instant::now();
    let nearest = index.nearest((-21.93, 64.14), 10, 1000.0, &|_, _| true);
    println!(
        "the ten nearest: {:.3} ms ({:.3} of processor), {}",
        clock.elapsed().as_secs_f64() * 1e3,
        cpu() - near_before,
        nearest[0].name
    );
    drop(index);
    korean(count);
    Ok(())
}

/// Rows a second of a table of addresses, each name as it is.
fn batch(index: &Index, names: &[&str]) -> Result<(), Box<dyn Error>> {
    let table = format!("address\n{}\n", names.join("\n"));
    let options = BatchOptions { columns: &["address"], delimiter: b',', near: None, may: &|_, _| true };
    let own = cpu();
    let end = Batch::new(index, table.as_bytes(), options)?.write(std::io::sink(), &mut |_| true)?;
    println!("a table: {:.0} rows a second of processor, {end:?}", end.rows as f64 / (cpu() - own) * 1e3);
    Ok(())
}

/// Made-up names of the shape of Seoul's facilities and addresses: what Hangul costs.
fn korean(count: usize) {
    let syllables: Vec<char> =
        "강남서초종로중구용산성동광진대문북마포양천화곡금영등관악송파월신사당정자평창".chars().collect();
    let kinds = [
        "어린이집",
        "초등학교",
        "주민센터",
        "약국",
        "근린공원",
        "도서관",
        "경로당",
        "주차장",
        "정류장",
        "지하철역",
        "구청",
        "보건소",
    ];
    let mut chance = Chance(7);
    let mut stem = |length: usize| (0..length).map(|_| syllables[chance.below(syllables.len())]).collect::<String>();
    let entry = |number: usize, stem: String| {
        let (layer, id) =
            (if number.is_multiple_of(2) { "facilities" } else { "addresses" }.to_owned(), number.to_string());
        let at = (126.8 + (number % 400) as f64 / 1000.0, 37.45 + (number % 250) as f64 / 1000.0);
        let plain = Entry { layer, id, at, district: "종로구".to_owned(), ..Entry::default() };
        if number.is_multiple_of(2) {
            return Entry { name: format!("{stem}{}", kinds[number / 2 % kinds.len()]), ..plain };
        }
        let street = format!("{}로{}길", &stem, number / 2 % 30 + 1);
        let address = Address { street, number: (number / 60 % 200 + 1).to_string(), ..Address::default() };
        Entry { address: Some(address), ..plain }
    };
    let entries: Vec<Entry> = (0..300_000).map(|number| entry(number, stem(2 + number / 2 % 2))).collect();
    let names: Vec<String> = entries.iter().map(|entry| entry.title()).collect();
    let own = cpu();
    let index = Index::build(entries);
    println!(
        "{} Korean entries: built in {:.2} s of processor, {:.1} MB held",
        index.len(),
        (cpu() - own) / 1e3,
        index.size() as f64 / 1e6
    );
    let picked: Vec<&str> = (0..count).map(|_| names[chance.below(names.len())].as_str()).collect();
    let cut = |name: &str, length: usize| name.chars().take(length).collect::<String>();
    let first = |hits: &[Hit], name: &str| hits.first().is_some_and(|hit| hit.name == name);
    let within = |hits: &[Hit], name: &str| hits.iter().any(|hit| hit.name == name);
    let whole: Vec<(String, &str)> = picked.iter().map(|name| ((*name).to_owned(), *name)).collect();
    run("Korean, whole, first", &index, &whole, false, None, first);
    let begun: Vec<(String, &str)> = picked.iter().map(|name| (cut(name, 1 + chance.below(6)), *name)).collect();
    run("Korean, typing, something", &index, &begun, true, Some((127.0, 37.5)), |hits, _| !hits.is_empty());
    let initials = |name: &str| name.chars().map(first_jamo).collect::<String>();
    let begun: Vec<(String, &str)> =
        picked.iter().map(|name| (initials(&cut(name, 2 + chance.below(5))), *name)).collect();
    run("Korean, initials, something", &index, &begun, true, None, |hits, _| !hits.is_empty());
    let wrong = |name: &str, at: usize| {
        name.chars().enumerate().map(|(place, c)| if place == at { other_vowel(c) } else { c }).collect::<String>()
    };
    let typos: Vec<(String, &str)> = picked.iter().map(|name| (wrong(name, chance.below(4)), *name)).collect();
    run("Korean, one jamo wrong, within ten", &index, &typos, false, None, within);
    let latin: Vec<(String, &str)> =
        picked.iter().map(|name| (map_places::roman::romanise(name, Default::default()), *name)).collect();
    run("Korean, romanised, within ten", &index, &latin, false, None, within);
}

/// Initials as a keyboard gives them (U+3131…), for syllables alone.
fn first_jamo(c: char) -> char {
    let place = (c as usize).wrapping_sub(0xAC00) / 588;
    "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ".chars().nth(place).unwrap_or(c)
}

/// The syllable with the next vowel, ㅏ becomes ㅐ.
fn other_vowel(c: char) -> char {
    let number = (c as u32).wrapping_sub(0xAC00);
    if number > 11_171 || number % 588 >= 560 { c } else { char::from_u32(c as u32 + 28).unwrap_or(c) }
}

fn hostile() -> Vec<String> {
    let mut all: Vec<String> =
        ["a", "s", "1", "*", "%%%", "\0\0", "🏛🗺️", "h 1", "á é í ó ú ý ö æ"].map(str::to_owned).into();
    all.push("a".repeat(10_000));
    all.push("hlemmur 3 ".repeat(1000));
    all.push("borgarbrout hlidarfjll reykjavikk hofdahlot grundarfj stykkisholmu akureyrii egilstadir".to_owned());
    all.push("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa ".repeat(8));
    all.push("s".repeat(32));
    all.push("ㅅ".repeat(300));
    all
}

fn run(
    what: &str,
    index: &Index,
    questions: &[(String, &str)],
    typing: bool,
    near: Option<(f64, f64)>,
    right: impl Fn(&[Hit], &str) -> bool,
) {
    let (mut wall, mut own, mut good) = (Vec::new(), Vec::new(), 0);
    let mut worst = (0.0, "");
    let mut missed = Vec::new();
    for (text, name) in questions {
        let ask = Ask { typing, near, ..Ask::new(text, 10) };
        let (clock, before) = (Instant::now(), cpu());
        let hits = index.ask(&ask);
        own.push(cpu() - before);
        wall.push(clock.elapsed().as_secs_f64() * 1e3);
        if own[own.len() - 1] > worst.0 {
            worst = (own[own.len() - 1], text);
        }
        if right(&hits, name) { good += 1 } else { missed.push((text, name)) }
    }
    let at = |times: &mut Vec<f64>, share: usize| {
        times.sort_by(f64::total_cmp);
        times[(times.len() - 1) * share / 100]
    };
    println!(
        "{what:36} p50 {:6.2} p99 {:6.2} ms clock, p50 {:6.2} p99 {:6.2} most {:6.2} ms processor; {good} of {} ({:.1} %)",
        at(&mut wall, 50),
        at(&mut wall, 99),
        at(&mut own, 50),
        at(&mut own, 99),
        at(&mut own, 100),
        questions.len(),
        100.0 * good as f64 / questions.len().max(1) as f64
    );
    let shown: String = worst.1.chars().take(60).collect();
    println!("    slowest: {shown:?}; missed: {:?}", &missed[..missed.len().min(6)]);
}

/// Milliseconds of processor that this thread has used.
fn cpu() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}

/// Megabytes of this process in memory; 0 where the system does not tell.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()).and_then(|kb| kb.parse::<f64>().ok()).unwrap_or(0.0) / 1e3
}
