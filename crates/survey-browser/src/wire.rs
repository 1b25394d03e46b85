//! Commands to the browser and what comes back: JSON messages that end with a zero byte,
//! on a pipe (Chromium's `--remote-debugging-pipe`).

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::{mpsc, oneshot};

use crate::Error;

/// Longest message believed; a rendered page of 8 MB can grow sixfold in JSON.
const MESSAGE_LIMIT: usize = 96 * 1024 * 1024;
/// Frames and workers of one page that are listened to; more is an attack.
const SESSIONS_PER_PAGE: usize = 200;

/// Hears what happens in a page, its frames and its workers.
pub(crate) trait Listener: Send + Sync {
    fn heard(&self, event: &str, params: &Value, main: bool);
}

#[derive(Clone)]
pub(crate) struct Wire(Arc<Inner>);

struct Inner {
    out: mpsc::UnboundedSender<Vec<u8>>,
    next: AtomicU64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    pending: HashMap<u64, Pending>,
    sessions: HashMap<String, Session>,
    /// Browser contexts of ours, and the one page each may have.
    contexts: HashMap<String, Option<String>>,
    gone: bool,
}

struct Pending {
    session: Option<String>,
    reply: oneshot::Sender<Result<Value, Error>>,
    method: &'static str,
}

#[derive(Clone)]
struct Session {
    listener: Arc<dyn Listener>,
    /// Session of the page itself; frames and workers name their page here.
    page: String,
}

#[derive(Deserialize)]
struct Message {
    id: Option<u64>,
    method: Option<String>,
    #[serde(default)]
    params: Value,
    result: Option<Value>,
    error: Option<Refusal>,
    #[serde(rename = "sessionId")]
    session: Option<String>,
}

#[derive(Deserialize)]
struct Refusal {
    #[serde(default)]
    message: String,
}

impl Wire {
    pub fn new(
        input: impl AsyncWrite + Unpin + Send + 'static,
        output: impl AsyncRead + Unpin + Send + 'static,
    ) -> Self {
        let (out, queue) = mpsc::unbounded_channel();
        let wire = Self(Arc::new(Inner { out, next: AtomicU64::new(1), state: Mutex::default() }));
        tokio::spawn(write(input, queue));
        tokio::spawn(read(output, wire.clone()));
        wire
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks and waits for the answer. The caller sets the time limit.
    pub async fn call(&self, session: Option<&str>, method: &'static str, params: Value) -> Result<Value, Error> {
        let (reply, answer) = oneshot::channel();
        {
            let mut state = self.state();
            if state.gone {
                return Err(Error::Gone("its pipe is closed".into()));
            }
            if session.is_some_and(|s| !state.sessions.contains_key(s)) {
                return Err(Error::Crashed);
            }
            let id = self.send(session, method, &params);
            let session = session.map(str::to_owned);
            state.pending.insert(id, Pending { session, reply, method });
        }
        answer.await.unwrap_or_else(|_| Err(Error::Gone("its pipe is closed".into())))
    }

    /// Says something whose answer does not matter.
    pub fn tell(&self, session: Option<&str>, method: &'static str, params: Value) {
        self.send(session, method, &params);
    }

    fn send(&self, session: Option<&str>, method: &str, params: &Value) -> u64 {
        let id = self.0.next.fetch_add(1, Ordering::Relaxed);
        let mut message = json!({ "id": id, "method": method, "params": params });
        if let Some(session) = session {
            message["sessionId"] = session.into();
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        // A closed queue shows itself as `gone` to whoever waits for an answer.
        let _ = self.0.out.send(bytes);
        id
    }

    /// From now on `context` is ours: its first page is welcome, every further one is a popup.
    pub fn own(&self, context: &str) {
        self.state().contexts.insert(context.to_owned(), None);
    }

    pub fn disown(&self, context: &str) {
        self.state().contexts.remove(context);
    }

    /// Delivers the events of a page's session, and of the frames and workers that appear in it.
    pub fn listen(&self, session: &str, listener: Arc<dyn Listener>) {
        let page = session.to_owned();
        self.state().sessions.insert(session.to_owned(), Session { listener, page });
    }

    /// Forgets a page with everything below it; whoever waits is told that it is gone.
    pub fn forget(&self, page: &str) {
        let mut state = self.state();
        let lost: Vec<String> = state
            .sessions
            .iter()
            .filter(|(id, session)| *id == page || session.page == page)
            .map(|(id, _)| id.clone())
            .collect();
        for session in lost {
            state.sessions.remove(&session);
        }
        state.fail(Some(page), || Error::Crashed);
    }

    /// Closes the pipe after what was said so far; the browser ends when it notices.
    pub fn hang_up(&self) {
        let _ = self.0.out.send(Vec::new());
    }

    pub fn is_gone(&self) -> bool {
        self.state().gone
    }

    fn arrived(&self, message: Message) {
        if let Some(id) = message.id {
            let Some(pending) = self.state().pending.remove(&id) else {
                return;
            };
            let answer = match message.error {
                Some(refusal) => Err(Error::protocol(pending.method, refusal.message)),
                None => Ok(message.result.unwrap_or(Value::Null)),
            };
            let _ = pending.reply.send(answer);
        } else if let Some(event) = &message.method {
            match &message.session {
                None => self.browser_event(event, &message.params),
                Some(session) => self.page_event(session, event, &message.params),
            }
        }
    }

    fn browser_event(&self, event: &str, params: &Value) {
        if event != "Target.targetCreated" {
            return;
        }
        let target = &params["targetInfo"];
        let text = |name: &str| target[name].as_str().unwrap_or_default().to_owned();
        if text("type") != "page" {
            return;
        }
        let id = text("targetId");
        let popup = match self.state().contexts.get_mut(&text("browserContextId")) {
            None => false,
            Some(Some(page)) => *page != id,
            Some(page) => {
                *page = Some(id.clone());
                false
            }
        };
        if popup {
            self.tell(None, "Target.closeTarget", json!({ "targetId": id }));
        }
    }

    fn page_event(&self, session: &str, event: &str, params: &Value) {
        let Some(known) = self.state().sessions.get(session).cloned() else {
            return;
        };
        let main = known.page == session;
        match event {
            "Page.javascriptDialogOpening" => {
                // Leaving must not be held up; everything else is answered with "no".
                let accept = params["type"] == "beforeunload";
                let answer = json!({ "accept": accept });
                self.tell(Some(session), "Page.handleJavaScriptDialog", answer);
            }
            "Target.attachedToTarget" => self.attached(&known, params),
            "Target.detachedFromTarget" => {
                if let Some(child) = params["sessionId"].as_str() {
                    self.state().sessions.remove(child);
                }
            }
            "Inspector.targetCrashed" if main => self.forget(session),
            _ => known.listener.heard(event, params, main),
        }
    }

    /// A frame in its own process, or a worker: it waits until it is let go.
    fn attached(&self, parent: &Session, params: &Value) {
        let Some(child) = params["sessionId"].as_str() else {
            return;
        };
        let followed = {
            let mut state = self.state();
            let count = state.sessions.values().filter(|s| s.page == parent.page).count();
            if count < SESSIONS_PER_PAGE {
                state.sessions.insert(child.to_owned(), parent.clone());
            }
            count < SESSIONS_PER_PAGE
        };
        if followed {
            if params["targetInfo"]["type"] == "iframe" {
                self.tell(Some(child), "Page.enable", json!({}));
            }
            self.tell(Some(child), "Network.enable", json!({}));
            self.tell(Some(child), "Target.setAutoAttach", follow());
        }
        self.tell(Some(child), "Runtime.runIfWaitingForDebugger", json!({}));
    }

    fn ended(&self) {
        let mut state = self.state();
        state.gone = true;
        state.sessions.clear();
        state.fail(None, || Error::Gone("its pipe closed".into()));
    }
}

impl State {
    /// Answers everybody who waits on a session (all, without one) with an error.
    fn fail(&mut self, session: Option<&str>, error: impl Fn() -> Error) {
        let ids: Vec<u64> = self
            .pending
            .iter()
            .filter(|(_, p)| session.is_none() || p.session.as_deref() == session)
            .map(|(id, _)| *id)
            .collect();
        for id in ids {
            if let Some(pending) = self.pending.remove(&id) {
                let _ = pending.reply.send(Err(error()));
            }
        }
    }
}

/// Frames and workers report too, before their first script runs.
pub(crate) fn follow() -> Value {
    json!({ "autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true })
}

async fn write(mut input: impl AsyncWrite + Unpin, mut queue: mpsc::UnboundedReceiver<Vec<u8>>) {
    while let Some(message) = queue.recv().await {
        if message.is_empty() {
            break;
        }
        if input.write_all(&message).await.is_err() || input.flush().await.is_err() {
            break;
        }
    }
}

async fn read(mut output: impl AsyncRead + Unpin, wire: Wire) {
    let mut held: Vec<u8> = Vec::new();
    let mut chunk = vec![0; 64 * 1024];
    loop {
        let count = match output.read(&mut chunk).await {
            Ok(0) | Err(_) => break,
            Ok(count) => count,
        };
        let mut rest = &chunk[..count];
        while let Some(end) = rest.iter().position(|byte| *byte == 0) {
            held.extend_from_slice(&rest[..end]);
            rest = &rest[end + 1..];
            match serde_json::from_slice(&held) {
                Ok(message) => wire.arrived(message),
                Err(error) => tracing::debug!(%error, "unreadable message from the browser"),
            }
            held.clear();
        }
        held.extend_from_slice(rest);
        if held.len() > MESSAGE_LIMIT {
            tracing::warn!("the browser sent a message above the limit");
            wire.hang_up();
            break;
        }
    }
    wire.ended();
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::io::{DuplexStream, duplex, split};
    use tokio::time::timeout;

    use super::*;

    struct Deaf;

    impl Listener for Deaf {
        fn heard(&self, _: &str, _: &Value, _: bool) {}
    }

    fn pair() -> (Wire, DuplexStream) {
        let (ours, theirs) = duplex(1 << 16);
        let (output, input) = split(ours);
        (Wire::new(input, output), theirs)
    }

    async fn answer_of(event: Option<&[u8]>) -> Result<Value, Error> {
        let (wire, mut browser) = pair();
        wire.listen("page", Arc::new(Deaf));
        let call = wire.call(Some("page"), "Runtime.evaluate", json!({}));
        let event = async {
            match event {
                Some(event) => browser.write_all(event).await.expect("written"),
                None => drop(browser),
            }
            std::future::pending::<()>().await
        };
        let limit = Duration::from_secs(5);
        let answered = timeout(limit, async {
            tokio::select! { answer = call => answer, () = event => unreachable!() }
        });
        answered.await.expect("an answer in time")
    }

    #[tokio::test]
    async fn a_crashed_page_answers_whoever_waits() {
        let crash = b"{\"method\":\"Inspector.targetCrashed\",\"params\":{},\"sessionId\":\"page\"}\0";
        assert!(matches!(answer_of(Some(crash)).await, Err(Error::Crashed)));
    }

    #[tokio::test]
    async fn a_closed_pipe_answers_whoever_waits() {
        assert!(matches!(answer_of(None).await, Err(Error::Gone(_))));
    }

    #[tokio::test]
    async fn nonsense_between_messages_does_no_harm() {
        let messages = b"nonsense\0{\"id\":\"x\"}\0[]\0{\"id\":1,\"result\":{\"ok\":1}}\0";
        let answer = answer_of(Some(messages)).await.expect("an answer");
        assert_eq!(answer["ok"], 1);
    }
}
