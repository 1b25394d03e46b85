//! What stands on page after page is a menu or a footer, not what a page is about.
//!
//! A block, link or form is repeated when it stands on a large share of all pages, of the pages of one language,
//! or of the pages of one section. The shares are counted over pages, not addresses: copies count once.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::model::{Field, Form, Page, Site};

/// Groups a page belongs to: the whole site, its language, its section.
fn groups(page: &Page, names: &mut BTreeMap<String, u32>) -> [u32; 3] {
    let url = url::Url::parse(&page.url).ok();
    let host = url.as_ref().and_then(|u| u.host_str()).unwrap_or_default();
    let section =
        url.as_ref().and_then(|u| u.path_segments()).and_then(|mut s| s.next().map(str::to_owned)).unwrap_or_default();
    let language = page.declared.as_deref().unwrap_or_default();
    let mut number = |name: String| {
        let next = names.len() as u32;
        *names.entry(name).or_insert(next)
    };
    [number("all".into()), number(format!("language {language} {host}")), number(format!("section {host}/{section}"))]
}

/// Pages on which a thing may stand before it counts as repeated, for a group of `size` pages.
fn limit(group: usize, size: usize) -> usize {
    let share = match group {
        _ if size < 3 => return usize::MAX,
        _ if size <= 8 => 60,
        0 => 20,
        1 => 30,
        _ => 60,
    };
    (size * share).div_ceil(100).max(3)
}

fn form_print(form: &Form) -> u64 {
    let mut hasher = DefaultHasher::new();
    form.fields.iter().filter(|f| f.kind != "hidden").for_each(|f| (&f.kind, &f.name).hash(&mut hasher));
    form.submit.hash(&mut hasher);
    hasher.finish()
}

fn field_print(field: &Field) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&field.kind, &field.name, &field.label).hash(&mut hasher);
    hasher.finish()
}

/// Marks blocks, links and forms that repeat.
pub fn mark(site: &mut Site) {
    let mut names = BTreeMap::new();
    let home = site.home();
    let counted: Vec<(usize, [u32; 3])> = site.distinct().map(|(i, p)| (i, groups(p, &mut names))).collect();
    let mut sizes = vec![0usize; names.len()];
    let mut seen: HashMap<(u32, u8, u64), u32> = HashMap::new();
    for (index, groups) in &counted {
        let Some(page) = site.pages.get(*index) else { continue };
        let things = things(page);
        for (slot, group) in groups.iter().enumerate() {
            if let Some(size) = sizes.get_mut(*group as usize) {
                *size += 1;
            }
            // One section that is the whole site would count the same things thrice.
            if slot > 0 && names.len() <= 3 {
                continue;
            }
            for (kind, thing) in &things {
                *seen.entry((*group, *kind, *thing)).or_default() += 1;
            }
        }
    }
    let repeated = |groups: &[u32; 3], kind: u8, thing: u64| {
        groups.iter().enumerate().any(|(slot, group)| {
            let size = sizes.get(*group as usize).copied().unwrap_or_default();
            seen.get(&(*group, kind, thing)).is_some_and(|&n| n as usize >= limit(slot, size))
        })
    };
    let mut known: Vec<Option<[u32; 3]>> = vec![None; site.pages.len()];
    for (index, groups) in counted {
        if let Some(slot) = known.get_mut(index) {
            *slot = Some(groups);
        }
    }
    for (index, page) in site.pages.iter_mut().enumerate() {
        let own = known.get(index).copied().flatten();
        let groups = own.unwrap_or_else(|| groups(page, &mut names.clone()));
        for block in &mut page.blocks {
            block.repeated = repeated(&groups, 0, u64::from(block.text.0));
        }
        for link in &mut page.links {
            // The home page's own links are what the city leads people to, even when menus hold them too.
            link.repeated = repeated(&groups, 1, (u64::from(link.to.0) << 32) | u64::from(link.text.0))
                && (Some(index) != home || link.frame);
        }
        for form in &mut page.forms {
            // Fields outside any form element are one heap per page: it repeats when most of what is in it does.
            let common = form.fields.iter().filter(|f| repeated(&groups, 3, field_print(f))).count();
            form.repeated = repeated(&groups, 2, form_print(form)) || form.loose && common * 2 > form.fields.len();
        }
    }
}

fn things(page: &Page) -> BTreeSet<(u8, u64)> {
    let blocks = page.blocks.iter().map(|b| (0, u64::from(b.text.0)));
    let links = page.links.iter().map(|l| (1, (u64::from(l.to.0) << 32) | u64::from(l.text.0)));
    let forms = page.forms.iter().map(|f| (2, form_print(f)));
    let fields = page.forms.iter().filter(|f| f.loose).flat_map(|f| &f.fields).map(|f| (3, field_print(f)));
    blocks.chain(links).chain(forms).chain(fields).collect()
}
