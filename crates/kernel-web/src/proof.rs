//! A proof of work instead of a third party's captcha: the browser computes while the person types. Without scripts time
//! is the payment: the same challenge is good after a while.
//!
//! What it is worth: it makes ten thousand forms cost hours of a processor, and more the more a network sends. It does not
//! tell people from programs, and a program that computes pays like everybody else; limits stand beside it.

mod challenge;
mod puzzle;
mod spent;

use axum::http::StatusCode;
use kernel_ui::{Markup, ProofOfWork, error_summary, proof_of_work};

use crate::attempts::{count, seen, too_many};
use crate::{Failure, Submitted, Visit};
use challenge::Terms;

pub(crate) use spent::{Act, PURGE, STATEMENTS};

/// The keys of the two hidden fields.
const CHALLENGE: &str = "proof";
const ANSWER: &str = "proof-answer";

/// Tries of one network within ten minutes make the next ones dearer.
const LOAD_SECONDS: i64 = 600;
/// Forms of one network that waiting alone may pay for in an hour.
const WAITED: i64 = 30;
const WAITED_SECONDS: i64 = 3600;

/// What a form asks of a browser before it is taken.
///
/// ```ignore
/// html! { … (Challenge::field(&visit, "register").await?) (button(…)) }            // the empty form
///
/// if errors.is_empty()                                                            // last of all checks
///     && let Some(held) = Challenge::check(&visit, "register", &form).await?
/// {
///     // the same page, `held.summary(&visit)` first, `.status(held.status())`
/// }
/// html! { … (Challenge::field_again(&visit, "register", &form).await?) … }       // whenever the form is shown again
/// ```
pub struct Challenge;

impl Challenge {
    /// The hidden fields of a new form, and what a reader sees of it. The page is for this reader alone.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn field(visit: &Visit, purpose: &'static str) -> Result<Markup, Failure> {
        visit.keep_nowhere();
        let load = seen(&visit.city, &load_key(visit), LOAD_SECONDS).await?;
        let terms = Terms::new(purpose, visit.now(), challenge::step(load), &*visit.city.random);
        Ok(shown(visit, &terms, ""))
    }

    /// The fields of a form that is shown again: what was computed or waited stays, when it is still good.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn field_again(visit: &Visit, purpose: &'static str, form: &Submitted) -> Result<Markup, Failure> {
        let secrets = &visit.city.secrets;
        match Terms::read(secrets, purpose, form.text(CHALLENGE)).filter(|terms| !terms.is_stale(visit.now())) {
            Some(terms) if !spent::is_spent(&visit.city, &terms).await? => {
                visit.keep_nowhere();
                let seed = terms.seed(secrets);
                let answer = form.text(ANSWER);
                let good = puzzle::is_solved(&seed, terms.bits(), answer);
                Ok(shown(visit, &terms, if good { answer } else { "" }))
            }
            _ => Challenge::field(visit, purpose).await,
        }
    }

    /// Takes the proof, once. `None` when all is well; else what the form shown again says. Asked last, after the form's
    /// own errors, because a proof that was taken is spent.
    ///
    /// # Errors
    /// When the database does not answer, or 429 when a network pays too often by waiting.
    pub async fn check(visit: &Visit, purpose: &'static str, form: &Submitted) -> Result<Option<Held>, Failure> {
        let held = Challenge::taken(visit, purpose, form).await?;
        // Sent too early without scripts is no attempt to get around it.
        if held.is_some_and(|held| !matches!(held, Held::Early { .. }) || !form.text(ANSWER).is_empty()) {
            visit.note("proof.refused", "");
        }
        Ok(held)
    }

    async fn taken(visit: &Visit, purpose: &'static str, form: &Submitted) -> Result<Option<Held>, Failure> {
        let city = &visit.city;
        count(city, &load_key(visit), LOAD_SECONDS).await?;
        let now = visit.now();
        let terms = Terms::read(&city.secrets, purpose, form.text(CHALLENGE)).filter(|terms| !terms.is_stale(now));
        let Some(terms) = terms else { return Ok(Some(Held::Stale)) };
        if !puzzle::is_solved(&terms.seed(&city.secrets), terms.bits(), form.text(ANSWER)) {
            let left = terms.seconds_left(now);
            if left > 0 {
                return Ok(Some(Held::Early { seconds: left }));
            }
            if count(city, &format!("proof waited {}", visit.network), WAITED_SECONDS).await? > WAITED {
                return Err(too_many(visit, WAITED_SECONDS));
            }
        }
        let taken = spent::spend(city, &terms, visit.act).await?;
        Ok((!taken).then_some(Held::Spent))
    }
}

/// Why a form is not taken yet. Everything that was typed stays on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// Sent before the proof was found and before the waiting was over.
    Early { seconds: i64 },
    /// The page was open for too long, or the fields are missing.
    Stale,
    /// The same form was taken already.
    Spent,
}

impl Held {
    pub fn status(self) -> StatusCode {
        StatusCode::UNPROCESSABLE_ENTITY
    }

    /// Stands first on the page, like other errors.
    pub fn summary(self, visit: &Visit) -> Markup {
        let message = match self {
            Held::Early { seconds } => visit.t_with("proof-early", &[("n", seconds.into())]),
            Held::Stale => visit.t("proof-stale"),
            Held::Spent => visit.t("proof-spent"),
        };
        error_summary(visit, &[(CHALLENGE, message)])
    }
}

fn load_key(visit: &Visit) -> String {
    format!("proof {}", visit.network)
}

fn shown(visit: &Visit, terms: &Terms, answer: &str) -> Markup {
    let secrets = &visit.city.secrets;
    let left = terms.seconds_left(visit.now());
    proof_of_work(&ProofOfWork {
        challenge: &terms.written(secrets),
        answer,
        seed: &terms.seed(secrets),
        bits: terms.bits(),
        parts: puzzle::PARTS,
        working: &visit.t("proof-working"),
        done: &visit.t("proof-done"),
        without_scripts: &if left > 0 {
            visit.t_with("proof-without-scripts", &[("n", left.into())])
        } else {
            String::new()
        },
    })
}
