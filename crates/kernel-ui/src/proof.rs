use maud::{Markup, html};

use crate::{asset_address, hidden};

/// A proof of work that `web/script/proof.js` finds while the person types.
pub struct ProofOfWork<'a> {
    pub challenge: &'a str,
    /// Found before; empty for not yet.
    pub answer: &'a str,
    pub seed: &'a str,
    pub bits: u32,
    pub parts: u32,
    /// Said when the person has to wait for it.
    pub working: &'a str,
    pub done: &'a str,
    /// What a reader without scripts should know; empty for nothing.
    pub without_scripts: &'a str,
}

/// Two hidden fields; nothing to see unless the form is sent before the proof is found.
pub fn proof_of_work(proof: &ProofOfWork) -> Markup {
    html! {
        div.proof #proof tabindex="-1" data-proof=(proof.seed) data-bits=(proof.bits) data-parts=(proof.parts)
            data-worker=[asset_address("proof-worker.js")] data-working=(proof.working) data-done=(proof.done) {
            (hidden("proof", proof.challenge)) (hidden("proof-answer", proof.answer))
            p.hint role="status" {}
            progress max=(proof.parts) value="0" aria-label=(proof.working) hidden {}
            @if !proof.without_scripts.is_empty() { noscript { p.hint { (proof.without_scripts) } } }
        }
    }
}
