//! Questions to a page, asked from an isolated script world, and their answers checked.

use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use survey_archive::notes::{AxeNote, ConsentNote, StyleNote};
use tokio::time::{Instant, timeout_at};

use crate::Error;
use crate::recognise;
use crate::wire::Wire;

/// Longest answer of any script but the rendered document.
const ANSWER_LIMIT: usize = 16 * 1024 * 1024;
/// Longest rendered document kept, in UTF-16 units.
pub(crate) const DOM_LIMIT: usize = 8 * 1024 * 1024;

const PRELUDE: &str = include_str!("../js/prelude.js");
const AXE: &str = include_str!("../data/axe.min.js");

/// A page under a session, with the isolated world of its current document.
pub(crate) struct Page {
    pub wire: Wire,
    pub session: String,
    pub frame: String,
    /// No question is waited for beyond this.
    pub end: Instant,
}

/// `js/page.js`
#[derive(Debug, Deserialize)]
pub(crate) struct Facts {
    #[serde(rename = "type")]
    pub media_type: String,
    pub url: String,
    pub title: String,
    pub lang: Option<String>,
    pub viewport: Option<String>,
    pub links: Vec<String>,
    pub insecure: Vec<String>,
    pub chat: Vec<String>,
    #[serde(rename = "contentLoaded")]
    pub content_loaded: Option<u32>,
    pub load: Option<u32>,
    pub paint: Option<u32>,
    pub height: u32,
    #[serde(rename = "windowHeight")]
    pub window_height: u32,
}

/// `js/targets.js`
#[derive(Debug, Deserialize)]
pub(crate) struct Targets {
    pub small: u32,
    pub all: u32,
}

/// `js/dom.js`
#[derive(Debug, Deserialize)]
pub(crate) struct Dom {
    pub html: String,
    pub whole: bool,
}

/// Where a script runs: the browser's number for an isolated world.
#[derive(Clone, Copy)]
pub(crate) struct World(u64);

impl Page {
    pub async fn call(&self, limit: Duration, method: &'static str, params: Value) -> Result<Value, Error> {
        let end = (Instant::now() + limit).min(self.end);
        let call = self.wire.call(Some(&self.session), method, params);
        timeout_at(end, call).await.unwrap_or(Err(Error::Deadline))
    }

    /// Time left for this page.
    pub fn left(&self) -> Duration {
        self.end.saturating_duration_since(Instant::now())
    }

    pub fn tell(&self, method: &'static str, params: Value) {
        self.wire.tell(Some(&self.session), method, params);
    }

    /// A script world of our own beside the page's: same document, other built-in objects.
    pub async fn world(&self, limit: Duration) -> Result<World, Error> {
        const METHOD: &str = "Page.createIsolatedWorld";
        let params = json!({ "frameId": self.frame, "worldName": "madang" });
        let answer = self.call(limit, METHOD, params).await?;
        let id = answer["executionContextId"].as_u64();
        id.map(World).ok_or_else(|| Error::protocol(METHOD, "no execution context"))
    }

    /// Runs a script that answers with JSON text.
    pub async fn ask<T: DeserializeOwned>(
        &self,
        world: World,
        script: &str,
        given: &Value,
        limit: Duration,
    ) -> Result<T, Error> {
        const METHOD: &str = "Runtime.evaluate";
        let expression = format!("(() => {{ {PRELUDE}\nconst given = {given};\n{script}\n}})()");
        let answer = self.evaluate(world, &expression, limit).await?;
        let text = answer["result"]["value"].as_str();
        let text = text.ok_or_else(|| Error::protocol(METHOD, "the answer is not text"))?;
        if text.len() > ANSWER_LIMIT.max(3 * DOM_LIMIT) {
            return Err(Error::protocol(METHOD, "the answer is too long"));
        }
        serde_json::from_str(text).map_err(|error| Error::protocol(METHOD, error.to_string()))
    }

    async fn evaluate(&self, world: World, script: &str, limit: Duration) -> Result<Value, Error> {
        const METHOD: &str = "Runtime.evaluate";
        let params = json!({
            "expression": script,
            "contextId": world.0,
            "returnByValue": true,
            "awaitPromise": true,
            "silent": true,
            "timeout": limit.as_millis() as u64,
        });
        let answer = self.call(limit, METHOD, params).await?;
        if answer["exceptionDetails"].is_object() {
            let exception = &answer["exceptionDetails"];
            let text = exception["exception"]["description"].as_str().or(exception["text"].as_str());
            let text: String = text.unwrap_or("exception").chars().take(300).collect();
            return Err(Error::protocol(METHOD, text));
        }
        Ok(answer)
    }

    pub async fn facts(&self, world: World, limit: Duration) -> Result<Facts, Error> {
        let given = json!({ "chat": recognise::chat_selectors() });
        self.ask(world, include_str!("../js/page.js"), &given, limit).await
    }

    pub async fn dom(&self, world: World, limit: Duration) -> Result<Dom, Error> {
        let given = json!({ "limit": DOM_LIMIT });
        self.ask(world, include_str!("../js/dom.js"), &given, limit).await
    }

    pub async fn style(&self, world: World, limit: Duration) -> Result<StyleNote, Error> {
        let script = include_str!("../js/style.js");
        let mut style: StyleNote = self.ask(world, script, &Value::Null, limit).await?;
        for text in [&mut style.body_font, &mut style.heading_font, &mut style.background, &mut style.link_colour] {
            truncate(text, 200);
        }
        Ok(style)
    }

    pub async fn targets(&self, world: World, limit: Duration) -> Result<Targets, Error> {
        let script = include_str!("../js/targets.js");
        self.ask(world, script, &Value::Null, limit).await
    }

    pub async fn consent(&self, world: World, limit: Duration) -> Result<Option<ConsentNote>, Error> {
        let script = include_str!("../js/consent.js");
        let mut found: Option<ConsentNote> = self.ask(world, script, &recognise::CONSENT, limit).await?;
        if let Some(consent) = &mut found {
            truncate(&mut consent.text, 6000);
            consent.buttons.truncate(20);
        }
        Ok(found)
    }

    pub async fn scroll_width(&self, world: World, limit: Duration) -> Result<u32, Error> {
        let script = include_str!("../js/reflow.js");
        self.ask(world, script, &Value::Null, limit).await
    }

    /// Runs axe-core on the page's own document, frames left out.
    pub async fn axe(&self, world: World, limit: Duration) -> Result<AxeNote, Error> {
        self.evaluate(world, &format!("{AXE};0"), limit).await?;
        let script = include_str!("../js/axe.js");
        let mut note: AxeNote = self.ask(world, script, &Value::Null, limit).await?;
        note.violations.truncate(200);
        Ok(note)
    }
}

fn truncate(text: &mut String, limit: usize) {
    text.truncate(text.floor_char_boundary(limit));
}
