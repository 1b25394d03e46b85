//! The site's own search, asked for a word that its pages hold and for one that no page holds. GET forms only:
//! nothing is ever submitted that could change anything.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use survey_archive::notes::{Note, SearchNote};
use url::{Position, Url};

use super::{Heard, Prober, Silent};
use crate::address::{self, Promise};
use crate::charset;
use crate::page::{self, Form, Page};

/// What search fields and forms are called.
const SEARCH: &[&str] = &[
    "search",
    "suche",
    "such",
    "recherche",
    "rechercher",
    "busca",
    "buscar",
    "busqueda",
    "búsqueda",
    "cerca",
    "ricerca",
    "zoek",
    "zoeken",
    "pesquisa",
    "pesquisar",
    "query",
    "keyword",
    "검색",
    "検索",
    "搜索",
    "搜尋",
    "查询",
    "بحث",
    "søk",
    "sök",
    "haku",
    "szukaj",
    "поиск",
];
const NONSENSE: &str = "qxzvkjwpqhg";

/// Asks, and says why nothing was seen when there is a search that could not be asked.
///
/// # Errors
/// Only when the archive cannot be written.
pub async fn search(
    p: &Prober<'_>,
    forms: &[(Url, Form)],
    texts: &[String],
) -> Result<Option<String>, survey_archive::Error> {
    let Some((page, form, field)) = choose(p, forms) else { return Ok(None) };
    let Some(word) = word(texts) else { return Ok(None) };
    let Some(asked) = address(page, form, field, &word) else { return Ok(None) };
    let Some(nonsense) = address(page, form, field, NONSENSE) else { return Ok(None) };
    if p.is_forbidden(&asked) {
        return Ok(Some(format!(
            "robots.txt forbids the site's own search ({}): whether it answers was not tried.",
            without_query(&asked)
        )));
    }
    let silent = |why: &Silent| {
        let why = match why {
            Silent::NotAsked => "the time was over or its host was left alone",
            Silent::NotAnswered => "it did not answer",
        };
        Ok(Some(format!("The site's own search ({}) was not seen at work: {why}.", without_query(&asked))))
    };
    let before = match p.get(page, crate::fetch::ACCEPT_PAGE).await? {
        Ok(before) => links(p, page, &read(page, &before)),
        Err(why) => return silent(&why),
    };
    let found = match p.get(&asked, crate::fetch::ACCEPT_PAGE).await? {
        Ok(found) => found,
        Err(why) => return silent(&why),
    };
    let answer = read(&asked, &found);
    let results: BTreeSet<Url> = links(p, &asked, &answer).difference(&before).cloned().collect();
    let nothing = match p.get(&nonsense, crate::fetch::ACCEPT_PAGE).await? {
        Ok(heard) => links(p, &nonsense, &read(&nonsense, &heard)).difference(&before).count(),
        Err(_) => 0,
    };
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let note = SearchNote {
        form_page: page.to_string(),
        asked: asked.to_string(),
        query: word.clone(),
        status: found.status,
        result_links: count(results.len()),
        document_links: count(results.iter().filter(|u| address::promise(u) == Promise::Document).count()),
        nonsense_result_links: count(nothing),
        refine_controls: controls(&answer),
        echoes_query: answer.text.to_lowercase().contains(&word.to_lowercase())
            || answer.title.to_lowercase().contains(&word.to_lowercase())
            || answer.forms.iter().flat_map(|f| &f.fields).any(|f| f.value.eq_ignore_ascii_case(&word)),
    };
    p.shared.recorder.note(Note::Search(note)).await?;
    Ok(None)
}

fn without_query(url: &Url) -> &str {
    &url[..Position::AfterPath]
}

fn read(url: &Url, heard: &Heard) -> Page {
    page::read(&charset::decode(&heard.body, &heard.content_type, url.host_str().unwrap_or("")).0)
}

fn links(p: &Prober<'_>, url: &Url, page: &Page) -> BTreeSet<Url> {
    let base = page.base.as_deref().and_then(|b| url.join(b).ok()).unwrap_or_else(|| url.clone());
    let all =
        page.links.iter().filter(|l| !l.frame && !l.href.starts_with('#')).filter_map(|l| base.join(&l.href).ok());
    all.filter_map(|u| p.shared.canonical(u)).filter(|u| p.shared.in_scope(u)).collect()
}

fn choose<'f>(p: &Prober<'_>, forms: &'f [(Url, Form)]) -> Option<(&'f Url, &'f Form, &'f str)> {
    let mut best: Option<(u32, (&Url, &Form, &str))> = None;
    for (page, form) in forms {
        if !matches!(form.method.as_str(), "" | "get")
            || form.fields.iter().any(|f| matches!(f.kind.as_str(), "password" | "file" | "textarea" | "email"))
        {
            continue;
        }
        let Some(field) =
            form.fields.iter().find(|f| matches!(f.kind.as_str(), "text" | "search" | "") && !f.name.is_empty())
        else {
            continue;
        };
        let said = format!("{} {} {} {}", form.role, form.action, field.name, field.hint).to_lowercase();
        let named = SEARCH.iter().any(|w| said.contains(w))
            || field.kind == "search"
            || matches!(field.name.as_str(), "q" | "s" | "qt" | "kw");
        let inside = page.join(&form.action).is_ok_and(|u| p.shared.in_scope(&u));
        if !named || !inside {
            continue;
        }
        let score = u32::from(field.kind == "search")
            + u32::from(form.role.contains("search")) * 2
            + u32::from(form.fields.len() < 6);
        if best.as_ref().is_none_or(|(s, _)| score > *s) {
            best = Some((score, (page, form, field.name.as_str())));
        }
    }
    best.map(|(_, found)| found)
}

fn address(page: &Url, form: &Form, field: &str, word: &str) -> Option<Url> {
    let mut url = page.join(&form.action).ok()?;
    url.set_query(None);
    url.query_pairs_mut().extend_pairs(filled(form, field, word));
    url.set_fragment(None);
    Some(url)
}

/// Query string of a GET form with its own default values and one field set.
fn filled(form: &Form, field: &str, value: &str) -> Vec<(String, String)> {
    let mut pairs = BTreeMap::new();
    for f in &form.fields {
        let sent = matches!(f.kind.as_str(), "hidden" | "text" | "search" | "");
        if sent && !f.name.is_empty() {
            pairs.insert(f.name.clone(), f.value.clone());
        }
    }
    pairs.insert(field.to_owned(), value.to_owned());
    pairs.into_iter().collect()
}

/// A word that the pages use several times, long enough to mean something. What stands on more than half of them is
/// of their menus and feet: a search for it tells little, and its results are hard to tell from the frame.
fn word(texts: &[String]) -> Option<String> {
    let mut counts: HashMap<String, (u32, usize)> = HashMap::new();
    for text in texts {
        let mut here: BTreeSet<String> = BTreeSet::new();
        for w in text.split(|c: char| !c.is_alphabetic()) {
            let letters = w.chars().count();
            let long_enough = if w.is_ascii() { (5..=14).contains(&letters) } else { (2..=12).contains(&letters) };
            if long_enough {
                let w = w.to_lowercase();
                counts.entry(w.clone()).or_default().0 += 1;
                here.insert(w);
            }
        }
        for w in here {
            counts.entry(w).or_default().1 += 1;
        }
    }
    let score = |(w, (times, pages)): &(String, (u32, usize))| {
        let letters = u32::try_from(w.chars().count()).unwrap_or(0).min(9);
        (*pages * 2 <= texts.len().max(2), (*times).min(12) * 10 + letters, w.clone())
    };
    counts.into_iter().filter(|(_, (times, _))| *times > 1).max_by_key(score).map(|(w, _)| w)
}

/// Selects, radio groups and check boxes of the answer, by name.
fn controls(page: &Page) -> Vec<String> {
    let fields = page.forms.iter().flat_map(|f| &f.fields);
    let names: BTreeSet<String> = fields
        .filter(|f| matches!(f.kind.as_str(), "select" | "radio" | "checkbox" | "date") && !f.name.is_empty())
        .map(|f| f.name.chars().take(60).collect())
        .collect();
    names.into_iter().take(20).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_asked_is_one_that_pages_repeat() {
        let of = |texts: &[&str]| word(&texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>());
        assert_eq!(
            of(&["The council meets. Council budget, budget, Budget hearing in the council budget"]),
            Some("budget".into())
        );
        assert_eq!(of(&["민원 안내 민원 신청"]), Some("민원".into()));
        assert_eq!(of(&["a b c"]), None);
        let menu = "Sitemap Sitemap Accessibility";
        let page = |words: &str| format!("{menu} {words}");
        let pages = ["parking permit", "parking fines", "budget", "council"].map(page);
        assert_eq!(word(&pages), Some("parking".into()), "what every page frames itself with says little");
    }

    #[test]
    fn the_address_keeps_hidden_fields_and_encodes_the_word() {
        let page = Url::parse("http://c/a/").expect("url");
        let form = page::read(
            "<form action='/find#x'><input type=hidden name=lang value=ko><input type=search name=q></form>",
        )
        .forms
        .remove(0);
        assert_eq!(
            address(&page, &form, "q", "여권 a").expect("url").as_str(),
            "http://c/find?lang=ko&q=%EC%97%AC%EA%B6%8C+a"
        );
    }
}
