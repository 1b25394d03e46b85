use kernel_base::Instant;
use openidconnect::core::{CoreEdDsaPrivateSigningKey, CoreHmacKey, CoreJsonWebKeySet, CoreJwsSigningAlgorithm};
use openidconnect::{JsonWebKeyId, PrivateSigningKey};
use serde_json::{Value, json};

use super::token::{Claims, Expected, Token, check};
use super::{Provider, Providers};

/// Made for these tests alone.
const KEY: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIDrkcRb23mxpXBPTQPJS0Mzg3vZ2gNpwUkGhr+3Zh0iq
-----END PRIVATE KEY-----
";
const OTHER_KEY: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEILzP6HO5+FW4uQtNik9UVJ5vbT00cYEikXxZsQMtmtlm
-----END PRIVATE KEY-----
";
/// 2026-11-24T00:00:00Z.
const NOW: i64 = 1_795_478_400;

fn provider() -> Provider {
    Provider {
        id: "national".into(),
        name_en: "National sign-in".into(),
        name_ko: "국가 로그인".into(),
        issuer: "https://id.example".into(),
        client_id: "madang".into(),
        client_secret: "a secret of thirty-two characters".into(),
        scopes: Vec::new(),
        acr_wanted: Vec::new(),
        acr_high: vec!["high".into()],
        person_claim: String::new(),
    }
}

fn key(pem: &str) -> CoreEdDsaPrivateSigningKey {
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(pem, Some(JsonWebKeyId::new("one".into()))).expect("a key")
}

fn right() -> Value {
    json!({
        "iss": "https://id.example", "sub": "kim", "aud": "madang", "nonce": "the nonce", "acr": "high",
        "iat": NOW - 5, "exp": NOW + 300, "auth_time": NOW - 5,
    })
}

fn with(changed: Value) -> Value {
    let mut claims = right();
    for (claim, value) in changed.as_object().expect("claims") {
        claims[claim] = value.clone();
    }
    claims
}

fn signed(claims: &Value, pem: &str) -> Token {
    let claims: Claims = serde_json::from_value(claims.clone()).expect("claims");
    Token::new(claims, &key(pem), CoreJwsSigningAlgorithm::EdDsa, None, None).expect("a token")
}

/// Why a token is refused; `None` when it is accepted.
fn refusal(token: &Token, signed_in_after: Option<i64>) -> Option<String> {
    let provider = provider();
    let keys = CoreJsonWebKeySet::new(vec![key(KEY).as_verification_key()]);
    let signed_in_after = signed_in_after.map(|at| Instant(at * 1_000_000));
    let now = Instant(NOW * 1_000_000);
    let expected = Expected { provider: &provider, keys: &keys, nonce: "the nonce", signed_in_after, now };
    check(token, &expected).err().map(|error| format!("{error:?}"))
}

#[test]
fn a_right_token_is_accepted() {
    assert_eq!(refusal(&signed(&right(), KEY), None), None);
    assert_eq!(refusal(&signed(&right(), KEY), Some(NOW - 30)), None);
    assert_eq!(refusal(&signed(&with(json!({ "azp": "madang" })), KEY), None), None);
}

#[test]
fn a_token_of_or_for_others_or_from_another_time_is_refused() {
    let cases = [
        (json!({ "iss": "https://id.example/" }), "InvalidIssuer"),
        (json!({ "aud": "another" }), "InvalidAudience"),
        (json!({ "aud": ["madang", "another"] }), "InvalidAudience"),
        (json!({ "azp": "another" }), "InvalidAudience"),
        (json!({ "nonce": "another" }), "InvalidNonce"),
        (json!({ "nonce": null }), "InvalidNonce"),
        (json!({ "exp": NOW }), "Expired"),
        (json!({ "iat": NOW - 3600 }), "Expired"),
        (json!({ "iat": NOW + 3600 }), "Expired"),
        (json!({ "nbf": NOW + 3600 }), "Expired"),
    ];
    for (changed, wanted) in cases {
        let refused = refusal(&signed(&with(changed.clone()), KEY), None).unwrap_or_default();
        assert!(refused.starts_with(wanted), "{changed}: {refused}");
    }
}

#[test]
fn only_signatures_of_the_providers_own_key_count() {
    let forged = refusal(&signed(&right(), OTHER_KEY), None).unwrap_or_default();
    assert!(forged.starts_with("SignatureVerification"), "{forged}");

    let claims: Claims = serde_json::from_value(right()).expect("claims");
    let shared = CoreHmacKey::new(provider().client_secret);
    let shared = Token::new(claims, &shared, CoreJwsSigningAlgorithm::HmacSha256, None, None).expect("a token");
    assert!(refusal(&shared, None).unwrap_or_default().contains("DisallowedAlg"));

    let part = |value: &Value| data_encoding::BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let unsigned = format!("{}.{}.", part(&json!({ "alg": "none" })), part(&right()));
    match unsigned.parse::<Token>() {
        Ok(token) => assert!(refusal(&token, None).is_some_and(|why| why.starts_with("SignatureVerification"))),
        Err(unreadable) => panic!("the test's own token cannot be read: {unreadable}"),
    }

    let whole = signed(&right(), KEY).to_string();
    let parts: Vec<&str> = whole.split('.').collect();
    let altered = [parts[0], &part(&with(json!({ "sub": "lee" }))), parts[2]].join(".");
    let altered: Token = altered.parse().expect("a token");
    assert!(refusal(&altered, None).is_some_and(|why| why.starts_with("SignatureVerification")));
}

#[test]
fn a_key_that_a_token_brings_along_counts_for_nothing() {
    let part = |value: &Value| data_encoding::BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let theirs = key(OTHER_KEY);
    for header in [
        json!({ "alg": "EdDSA", "kid": "two", "jwk": theirs.as_verification_key() }),
        json!({ "alg": "EdDSA", "kid": "one", "jwk": theirs.as_verification_key() }),
        json!({ "alg": "EdDSA", "kid": "one", "jku": "https://evil.example/keys", "x5u": "https://evil.example/x5u" }),
    ] {
        let signed = format!("{}.{}", part(&header), part(&right()));
        let signature = theirs.sign(&CoreJwsSigningAlgorithm::EdDsa, signed.as_bytes()).expect("signs");
        let token = format!("{signed}.{}", data_encoding::BASE64URL_NOPAD.encode(&signature));
        let token: Token = token.parse().expect("a token");
        let refused = refusal(&token, None).unwrap_or_default();
        assert!(refused.starts_with("SignatureVerification"), "{header}: {refused}");
    }
}

#[test]
fn who_was_asked_to_sign_in_anew_must_have_done_so() {
    for told in [json!({ "auth_time": NOW - 3600 }), json!({ "auth_time": null })] {
        let token = signed(&with(told), KEY);
        assert_eq!(refusal(&token, None), None);
        assert!(refusal(&token, Some(NOW - 30)).is_some_and(|why| why.starts_with("InvalidAuthTime")));
    }
}

#[test]
fn providers_are_reached_by_tls_and_stand_once() {
    assert!(
        Providers::new(vec![
            provider(),
            Provider { id: "other".into(), issuer: "https://b.example".into(), ..provider() }
        ])
        .is_ok()
    );
    assert!(Providers::new(vec![provider(), Provider { id: "other".into(), ..provider() }]).is_err());
    assert!(Providers::new(vec![Provider { issuer: "http://127.0.0.1:9".into(), ..provider() }]).is_ok());
    for wrong in [
        Provider { issuer: "http://id.example".into(), ..provider() },
        Provider { id: "../x".into(), ..provider() },
        Provider { client_secret: String::new(), ..provider() },
    ] {
        assert!(Providers::new(vec![wrong]).is_err());
    }
    assert!(!format!("{:?}", provider()).contains("secret"));
}
