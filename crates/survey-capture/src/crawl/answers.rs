//! What an answer means for the crawl: rules, redirects, requests for patience, failures.

use super::*;

impl Crawl<'_> {
    pub(super) async fn robots(
        &mut self,
        name: &str,
        rules: Rules,
        failed: Option<FetchError>,
    ) -> Result<(), survey_archive::Error> {
        let forbids = rules.forbids_all();
        let status = rules.status;
        if let Some(host) = self.hosts.get_mut(name) {
            host.lands(failed.is_none());
            host.obey(rules);
            host.given_up |= failed.is_some();
        }
        if let Some(e) = failed {
            self.limits.insert(format!("Nothing of {name} could be read: {e}."));
            let url = self.frontier.root_of(name).map(String::from).unwrap_or_default();
            return self
                .failure(FailureNote { url, kind: e.kind().into(), detail: e.to_string(), ..FailureNote::default() })
                .await;
        }
        if status >= 500 {
            self.limits
                .insert(format!("robots.txt of {name} answered {status}: by RFC 9309 the whole host may not be read."));
        } else if forbids {
            self.limits
                .insert(format!("robots.txt of {name} forbids this crawler everything: no page of it was read."));
        }
        Ok(())
    }

    pub(super) async fn sitemaps(&mut self, name: &str, listed: Listed) -> Result<(), survey_archive::Error> {
        if let Some(host) = self.hosts.get_mut(name) {
            host.lands(true);
            host.sitemaps = listed.sitemaps;
            host.sitemap_entries = listed.entries;
        }
        for url in listed.pages {
            let Some(url) = self.shared.canonical(url).filter(|u| self.shared.in_scope(u)) else { continue };
            let path = url.path().to_owned();
            let hits = self.shared.words.hits("", &path);
            self.frontier.offer(&url, Offer { hits, depth: 3, listed: true, ..Offer::default() });
        }
        for note in listed.failures {
            self.failure(note).await?;
        }
        Ok(())
    }

    pub(super) async fn fetched(&mut self, fetched: Fetched) -> Result<(), survey_archive::Error> {
        let Fetched { id, url, outcome } = fetched;
        let name = url.host_str().unwrap_or("").to_owned();
        let reading = match outcome {
            Ok(reading) => reading,
            Err(e) => {
                if let Some(host) = self.hosts.get_mut(&name) {
                    host.lands(false);
                    if host.given_up {
                        self.limits.insert(format!("{name} stopped answering and was left alone."));
                    }
                }
                self.frontier.settle(id, State::Failed);
                return self.failed(id, e.kind(), None, e.to_string()).await;
            }
        };
        if let Some(host) = self.hosts.get_mut(&name) {
            host.lands(true);
        }
        if matches!(reading.status, 429 | 503) {
            return self.told_to_wait(id, &name, &reading).await;
        }
        if let Some(target) = reading.redirect.clone() {
            return self.redirected(id, target, reading.cookies).await;
        }
        if reading.status >= 400 || reading.status < 200 {
            self.frontier.settle(id, State::Failed);
            if self.frontier.get(id).is_some_and(|k| k.offer.guess) {
                return Ok(());
            }
            return self.failed(id, "status", Some(reading.status), format!("answered {}", reading.status)).await;
        }
        self.frontier.settle(id, State::Fetched);
        self.shared.scope.write().unwrap_or_else(PoisonError::into_inner).note_host(&name);
        self.read(id, &url, reading).await
    }

    pub(super) async fn told_to_wait(
        &mut self,
        id: Id,
        name: &str,
        reading: &fetch::Reading,
    ) -> Result<(), survey_archive::Error> {
        let longest = self.shared.options.limits.retry_after;
        let pause = reading.retry_after.unwrap_or(Duration::from_secs(2));
        let way = self.ways.entry(id).or_default();
        way.tries += 1;
        let again = way.tries < MAX_TRIES && pause <= longest;
        let stays = self.hosts.get_mut(name).is_some_and(|h| h.rest(pause.min(longest)));
        self.limits.insert(format!(
            "{name} asked the crawler to slow down (status {}): it did, and may have seen less.",
            reading.status
        ));
        if again && stays {
            self.frontier.again(id);
            return Ok(());
        }
        self.frontier.settle(id, State::Failed);
        self.failed(
            id,
            "status",
            Some(reading.status),
            format!("still answered {} after {} s", reading.status, pause.as_secs()),
        )
        .await
    }

    pub(super) async fn redirected(
        &mut self,
        id: Id,
        target: Url,
        cookies: Vec<String>,
    ) -> Result<(), survey_archive::Error> {
        let mut way = self.ways.get(&id).cloned().unwrap_or_default();
        let new_cookie = cookies.iter().any(|c| !way.cookies.contains(c));
        for c in cookies {
            if !way.cookies.contains(&c) {
                way.cookies.push(c);
            }
        }
        way.chain.push(id);
        self.frontier.settle(id, State::Failed);
        // The start may lead to another name of the same organisation.
        if way.chain.first() == Some(&self.start) {
            self.shared.scope.write().unwrap_or_else(PoisonError::into_inner).admit(&target);
        }
        let Some(target) = self.shared.canonical(target) else { return Ok(()) };
        if !self.shared.in_scope(&target) {
            self.finds.outside.entry(target.into()).or_insert(Some(id));
            return Ok(());
        }
        let seen = self.frontier.find(&target).filter(|t| way.chain.contains(t));
        if way.chain.len() > MAX_REDIRECTS || seen.is_some_and(|_| !new_cookie) {
            return self
                .failed(id, "redirect_loop", None, format!("{} redirects end at {target}", way.chain.len()))
                .await;
        }
        let depth = self.frontier.get(id).map_or(0, |k| k.offer.depth);
        let mut offer = Offer { depth, found_on: Some(id), part: true, ..Offer::default() };
        if let Some(known) = self.frontier.get(id) {
            offer.hits = known.offer.hits.clone();
        }
        let Some(next) = self.frontier.offer(&target, offer) else { return Ok(()) };
        self.follow(next, way);
        Ok(())
    }

    /// A redirect costs no page of the budget of its own; an address met again with a new cookie is asked again.
    pub(super) fn follow(&mut self, next: Id, way: Way) {
        self.counts.asked = self.counts.asked.saturating_sub(1);
        let again = way.chain.contains(&next);
        if again {
            self.frontier.again(next);
        }
        if again || self.frontier.get(next).is_some_and(|k| k.state == State::Waiting) {
            self.ways.insert(next, way);
        }
    }

    pub(super) async fn read(
        &mut self,
        id: Id,
        url: &Url,
        reading: fetch::Reading,
    ) -> Result<(), survey_archive::Error> {
        let Some(page) = reading.page else { return self.document(id, url, &reading).await };
        if reading.bomb || reading.truncated.is_some() {
            self.counts.cut += 1;
            let why = if reading.bomb { "unpacks to more than is read" } else { "was longer or slower than is read" };
            let kind = if reading.truncated == Some(survey_archive::Truncated::Time) { "timeout" } else { "too_large" };
            self.failed(id, kind, Some(reading.status), format!("the page {why}; only its beginning counts")).await?;
        }
        self.known_page(id, url, reading.record, &page, reading.leads, reading.outside);
        let (known, _) = self.frontier.pages();
        self.progress.event(Event::Page { known, fetched: self.counts.pages, url: url.to_string() });
        Ok(())
    }

    pub(super) async fn document(
        &mut self,
        id: Id,
        url: &Url,
        reading: &fetch::Reading,
    ) -> Result<(), survey_archive::Error> {
        if self.frontier.get(id).is_some_and(|k| k.promise == Promise::Page) {
            // An address that looked like a page and is a document gives its place in the budget back.
            self.counts.asked = self.counts.asked.saturating_sub(1);
            self.counts.documents_asked += 1;
            self.frontier.is_document(id);
        }
        self.counts.documents += 1;
        self.counts.document_bytes += reading.bytes;
        self.progress.event(Event::Document { url: url.to_string() });
        if let Some(why) = &reading.unread {
            self.counts.documents_unread += 1;
            self.counts.document_tool_missing |= why.starts_with(crate::document::NO_TOOL);
        }
        if reading.truncated.is_some() {
            self.counts.cut += 1;
            let kind = if reading.truncated == Some(survey_archive::Truncated::Time) { "timeout" } else { "too_large" };
            return self
                .failed(
                    id,
                    kind,
                    Some(reading.status),
                    format!("the file ({}) is longer or slower than is read", reading.media),
                )
                .await;
        }
        Ok(())
    }

    pub(super) async fn failed(
        &mut self,
        id: Id,
        kind: &str,
        status: Option<u16>,
        detail: String,
    ) -> Result<(), survey_archive::Error> {
        let Some(known) = self.frontier.get(id) else { return Ok(()) };
        let found_on = known.offer.found_on.and_then(|f| self.frontier.get(f)).map(|k| k.url.to_string());
        let note = FailureNote { url: known.url.to_string(), found_on, kind: kind.to_owned(), status, detail };
        self.failure(note).await
    }

    pub async fn failure(&mut self, note: FailureNote) -> Result<(), survey_archive::Error> {
        self.counts.failures += 1;
        if self.counts.failures <= MAX_FAILURES {
            self.shared.recorder.note(Note::Failure(note)).await?;
        }
        Ok(())
    }
}
