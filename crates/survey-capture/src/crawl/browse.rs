//! Pages that a browser looks at: those that are nothing without scripts, and those that people will judge.

use super::*;
use crate::variant::variant;

impl Crawl<'_> {
    pub(super) fn render_next(&mut self) {
        let Some(renderer) = self.renderer.clone() else { return };
        while self.rendering < 2 && self.counts.rendered + self.rendering < self.render_room {
            let Some(id) = self.to_render.pop_front() else { return };
            if !self.rendered.insert(id) {
                continue;
            }
            let Some(url) = self.frontier.get(id).and_then(|k| Url::parse(&k.url).ok()) else { continue };
            let depth = self.frontier.get(id).map_or(0, |k| k.offer.depth);
            let mut read = self.reads.get(&id).cloned().unwrap_or_default();
            // Pages made by scripts often carry another language's mark until the scripts ran: the address knows better.
            let of_address = variant(&url).language.map(str::to_owned);
            read.language = of_address.or_else(|| self.home_language.clone()).or(read.language);
            let (shared, renderer) = (self.shared.clone(), renderer.clone());
            self.rendering += 1;
            self.tasks.spawn(async move {
                Ok(Done::Rendered(Box::new(renderer.render(&shared, id, url, depth, read).await?)))
            });
        }
    }

    pub(super) async fn take_rendered(&mut self, rendered: Rendered) -> Result<(), survey_archive::Error> {
        let Rendered { id, url, outcome } = rendered;
        match outcome {
            Err(why) => {
                self.limits.insert("Some pages could not be rendered by the browser.".to_owned());
                self.failed(id, "timeout", None, format!("not rendered: {why}")).await
            }
            Ok((page, leads, outside)) => {
                self.known_rendered(id, &url, &page, leads, outside);
                self.progress.event(Event::Rendered { url: url.to_string() });
                Ok(())
            }
        }
    }

    /// After the crawl: what people will judge is looked at in the browser too.
    ///
    /// # Errors
    /// Only when the archive cannot be written.
    pub async fn render_judged(
        &mut self,
        until: Instant,
        stop: &mut watch::Receiver<bool>,
    ) -> Result<(), survey_archive::Error> {
        if self.renderer.is_none() {
            return Ok(());
        }
        let forms = self.finds.form_pages.clone();
        let mut best = self.frontier.best_per_topic();
        best.truncate(self.shared.options.limits.rendered as usize);
        let (first, rest) = best.split_at(best.len().min(8));
        for id in first.iter().chain(forms.iter().take(3)).chain(rest) {
            if !self.rendered.contains(id) && !self.to_render.contains(id) {
                self.to_render.push_back(*id);
            }
        }
        loop {
            self.render_next();
            if self.tasks.is_empty() || *stop.borrow() || Instant::now() >= until {
                return self.land(Instant::now()).await;
            }
            tokio::select! {
                Some(done) = self.tasks.join_next() => self.take_in(done).await?,
                () = sleep_until(until) => {}
                Ok(()) = stop.changed() => {}
            }
        }
    }
}
