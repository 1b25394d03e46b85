//! What a token must be before a word of it is believed.

use std::collections::BTreeMap;

use kernel_base::Instant;
use openidconnect::core::{
    CoreGenderClaim, CoreIdTokenVerifier, CoreJsonWebKey, CoreJsonWebKeySet, CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
};
use openidconnect::{
    AdditionalClaims, ClaimsVerificationError, ClientId, IdToken, IdTokenClaims, IdTokenVerifier, IssuerUrl,
    JsonWebKeySet, Nonce, SignatureVerificationError,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::provider::Provider;

/// Signatures that are believed: never `none`, never a secret that both sides know.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 5] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// Seconds that clocks may differ.
const APART: i64 = 60;
/// Seconds that a token may be old when it arrives: it was just made for us.
const OLDEST: i64 = 600;

/// Claims beyond the standard ones.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct More {
    #[serde(flatten)]
    pub all: BTreeMap<String, Value>,
}

impl AdditionalClaims for More {}

pub(super) type Token = IdToken<More, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;
pub(super) type Claims = IdTokenClaims<More, CoreGenderClaim>;

/// What is expected of a token.
pub(super) struct Expected<'a> {
    pub provider: &'a Provider,
    pub keys: &'a CoreJsonWebKeySet,
    pub nonce: &'a str,
    /// The person must have signed in there after this, not before.
    pub signed_in_after: Option<Instant>,
    pub now: Instant,
}

/// Issuer, audience, authorised party, signature, life (with `nbf`, RFC 7519 §4.1.5), age, nonce and, where asked for, the time of the sign-in
/// (OpenID Connect Core 1.0 §3.1.3.7).
pub(super) fn check<'t>(token: &'t Token, expected: &Expected<'_>) -> Result<&'t Claims, ClaimsVerificationError> {
    let (now, after) = (expected.now, expected.signed_in_after);
    let issuer = IssuerUrl::new(expected.provider.issuer.clone())
        .map_err(|error| ClaimsVerificationError::InvalidIssuer(error.to_string()))?;
    let client = ClientId::new(expected.provider.client_id.clone());
    let keys: JsonWebKeySet<CoreJsonWebKey> = expected.keys.clone();
    let verifier: CoreIdTokenVerifier<'_> = IdTokenVerifier::new_public_client(client.clone(), issuer, keys)
        .set_allowed_algs(ALGORITHMS)
        .set_time_fn(move || moment(now))
        .set_issue_time_verifier_fn(move |issued| {
            let issued = Instant(issued.timestamp_micros());
            let fresh = issued <= now.plus_seconds(APART) && issued >= now.plus_seconds(-OLDEST);
            if fresh { Ok(()) } else { Err("issued at another time".to_owned()) }
        })
        .set_auth_time_verifier_fn(move |signed_in| {
            let told = signed_in.map(|at| Instant(at.timestamp_micros()));
            match (after, told) {
                (None, _) => Ok(()),
                (Some(after), Some(told)) if told >= after.plus_seconds(-APART) => Ok(()),
                _ => Err("the sign-in there is older than asked for".to_owned()),
            }
        });
    let claims = token.claims(&verifier, &Nonce::new(expected.nonce.to_owned()))?;
    let not_before = claims.additional_claims().all.get("nbf").and_then(Value::as_i64);
    if not_before.is_some_and(|from| from.saturating_mul(1_000_000) > now.plus_seconds(APART).0) {
        return Err(ClaimsVerificationError::Expired("it does not count yet".to_owned()));
    }
    match claims.authorized_party() {
        Some(party) if *party != client => {
            Err(ClaimsVerificationError::InvalidAudience("it was made for another party".to_owned()))
        }
        _ => Ok(claims),
    }
}

/// Signed by a key that we do not have: perhaps a new one.
pub(super) fn is_unknown_key(error: &ClaimsVerificationError) -> bool {
    matches!(error, ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey))
}

fn moment(now: Instant) -> chrono::DateTime<chrono::Utc> {
    chrono::DateTime::from_timestamp_micros(now.0).unwrap_or_default()
}
