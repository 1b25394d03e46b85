//! Taking in what a page holds: links, forms, feeds, further hosts of the organisation.

use super::*;

/// Translations that a browser looks at: enough to know their languages.
const MAX_COPIES_RENDERED: u32 = 3;
/// First pages whose words are kept for asking the site's own search, and characters of each.
const TEXTS: usize = 40;
const TEXT: usize = 8_000;

impl Crawl<'_> {
    /// Takes in what a page holds, fetched now or read from the archive of a capture that was broken off.
    pub fn known_page(
        &mut self,
        id: Id,
        url: &Url,
        record: RecordId,
        page: &Page,
        leads: Vec<Lead>,
        outside: Vec<Url>,
    ) {
        self.counts.pages += 1;
        self.counts.asked = self.counts.asked.max(self.counts.pages);
        self.reads.insert(id, Read { record: Some(record), language: page.language.clone() });
        if id == self.start || self.is_from_start(id) {
            self.at_home(id, url, &outside, page);
        }
        self.leads_out(id, outside);
        self.leads(id, leads);
        self.language_menu(url, page);
        self.collect(id, url, page);
        if page.needs_scripts() {
            self.counts.needed_scripts += 1;
            let copy = self.frontier.is_copy(id);
            if !copy || self.copies_to_render < MAX_COPIES_RENDERED {
                self.copies_to_render += u32::from(copy);
                self.to_render.push_back(id);
            }
        } else {
            self.frontier.learn(id, page.text_print);
            *self.counts.prints.entry(page.text_print).or_default() += 1;
        }
    }

    pub fn known_rendered(&mut self, id: Id, url: &Url, page: &Page, leads: Vec<Lead>, outside: Vec<Url>) {
        self.rendered.insert(id);
        self.counts.rendered += 1;
        self.leads_out(id, outside);
        self.leads(id, leads);
        self.language_menu(url, page);
        self.collect(id, url, page);
    }

    /// A menu of languages that only scripts understand: the usual places are tried, once.
    fn language_menu(&mut self, url: &Url, page: &Page) {
        for language in page.other_languages() {
            if let Ok(place) = url.join(&format!("/{language}/"))
                && self.frontier.find(&place).is_none()
            {
                self.frontier.offer(&place, Offer { depth: 1, guess: true, ..Offer::default() });
            }
        }
    }

    pub(super) fn leads_out(&mut self, id: Id, outside: Vec<Url>) {
        for to in outside {
            if self.finds.outside.len() < 2000 {
                self.finds.outside.entry(to.into()).or_insert(Some(id));
            }
        }
    }

    pub(super) fn is_from_start(&self, id: Id) -> bool {
        self.ways.get(&id).is_some_and(|w| w.chain.first() == Some(&self.start))
    }

    /// The page that the start address leads to: its links may name further hosts of the organisation.
    pub(super) fn at_home(&mut self, id: Id, url: &Url, outside: &[Url], page: &Page) {
        self.home_language.clone_from(&page.language);
        self.frontier.at_home(url, page.language.as_deref());
        let mut found = Vec::new();
        {
            let mut scope = self.shared.scope.write().unwrap_or_else(PoisonError::into_inner);
            for link in outside {
                scope.consider(link);
                if scope.holds(link) {
                    found.push(link.clone());
                }
            }
        }
        for link in found {
            self.frontier.offer(&link, Offer { depth: 1, found_on: Some(id), ..Offer::default() });
        }
        if page.needs_scripts() {
            self.render_room = self.shared.options.limits.rendered_for_apps;
        }
        if self.renderer.is_some() {
            self.to_render.push_front(id);
        }
        self.ask_sitemaps(url);
    }

    pub(super) fn ask_sitemaps(&mut self, url: &Url) {
        let name = url.host_str().unwrap_or("").to_owned();
        let Some(host) = self.hosts.get_mut(&name) else { return };
        let Some(rules) = host.rules.clone() else { return };
        if std::mem::replace(&mut host.sitemaps_asked, true) {
            return;
        }
        host.flying += 1;
        let (shared, delay, root) = (self.shared.clone(), host.delay, url.clone());
        self.tasks.spawn(async move {
            let listed = host::sitemaps(&shared, &root, &rules, delay).await?;
            Ok(Done::Sitemaps { host: name, listed })
        });
    }

    pub(super) fn leads(&mut self, id: Id, leads: Vec<Lead>) {
        for mut lead in leads {
            lead.offer.found_on = Some(id);
            self.frontier.offer(&lead.url, lead.offer);
        }
    }

    pub(super) fn collect(&mut self, id: Id, url: &Url, page: &Page) {
        for form in &page.forms {
            if self.finds.forms.len() < 40 {
                self.finds.forms.push((url.clone(), form.clone()));
            }
        }
        let filled_in = page.forms.iter().any(|f| {
            f.fields
                .iter()
                .filter(|f| matches!(f.kind.as_str(), "text" | "email" | "tel" | "textarea" | "file" | "password"))
                .count()
                > 1
        });
        if filled_in && self.finds.form_pages.len() < 20 {
            self.finds.form_pages.push(id);
        }
        for (kind, href) in &page.resources {
            if let Ok(to) = url.join(href)
                && self.finds.resources.len() < 60
                && self.shared.in_scope(&to)
            {
                self.finds.resources.entry(to.into()).or_insert(kind.clone());
            }
        }
        if self.finds.texts.len() < TEXTS {
            self.finds.texts.push(page.text.chars().take(TEXT).collect());
        }
    }
}
