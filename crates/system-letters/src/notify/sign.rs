//! Who asks: a JSON web token (RFC 7519) that the service signed with its key a moment ago.

use std::collections::HashSet;

use axum::http::{HeaderMap, header};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use kernel_base::{Clock, Id, Random, Result, Secrets};
use kernel_web::City;
use serde::Deserialize;

use super::refusal::Refusal;
use crate::service::{Key, KeyKind, Service};
use crate::store;

/// A token's moment may be so far from ours.
const SECONDS: i64 = 30;
const SECRET: &str = "letters-key";

#[derive(Deserialize)]
struct Claims {
    iss: String,
    iat: Option<i64>,
}

/// Makes a key. The second is what the service keeps and nobody sees again: `name-service-secret`.
pub fn make_key(
    service: &Service,
    name: &str,
    kind: KeyKind,
    secrets: &Secrets,
    (clock, random): (&dyn Clock, &dyn Random),
) -> Result<(Key, String)> {
    let mut bits = [0u8; 16];
    random.fill(&mut bits);
    let secret = uuid(&bits);
    let key = Key {
        id: Id::new("lk", clock, random).to_string(),
        at: clock.now(),
        name: name.to_owned(),
        kind,
        secret: secrets.seal(SECRET, secret.as_bytes(), random)?,
        revoked_at: None,
    };
    // Clients cut from the end; a name without spaces survives shells and files.
    let name: String = name.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '_' }).collect();
    Ok((key, format!("{name}-{}-{secret}", public_id(&service.id))))
}

fn uuid(bits: &[u8; 16]) -> String {
    let hex = data_encoding::HEXLOWER.encode(bits);
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

/// An identifier as this interface writes it.
pub fn public_id(id: &str) -> String {
    let prefix = id.split('_').next().unwrap_or_default();
    Id::parse(prefix, id).map(|id| id.uuid()).unwrap_or_default()
}

/// The service that signed the request, and its key.
pub async fn signed(city: &City, headers: &HeaderMap) -> std::result::Result<(Service, Key), Refusal> {
    let header = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let token = match header.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        _ => return Err(Refusal::unsigned("Unauthorized: authentication token must be provided")),
    };
    match decode_header(token) {
        Ok(header) if header.alg == Algorithm::HS256 => {}
        Ok(_) => return Err(Refusal::forbidden("Invalid token: algorithm used is not HS256")),
        Err(_) => return Err(Refusal::forbidden("Invalid token: signature, api token is not valid")),
    }
    let unchecked: Claims = jsonwebtoken::dangerous::insecure_decode(token)
        .map(|read: jsonwebtoken::TokenData<Claims>| read.claims)
        .map_err(|_| Refusal::forbidden("Invalid token: iss field not provided"))?;
    let id = Id::from_uuid("se", &unchecked.iss)
        .ok_or_else(|| Refusal::forbidden("Invalid token: service id is not the right data type"))?;
    let service = store::service(&city.store, id.as_str()).await?;
    let service = service.ok_or_else(|| Refusal::forbidden("Invalid token: service not found"))?;
    for key in store::keys(&city.store, &service.id).await? {
        let secret = city.secrets.open(SECRET, &key.secret)?;
        let Ok(read) = decode::<Claims>(token, &DecodingKey::from_secret(&secret), &signature_alone()) else {
            continue;
        };
        if key.revoked_at.is_some() {
            return Err(Refusal::forbidden("Invalid token: API key revoked"));
        }
        let iat = read.claims.iat.ok_or_else(|| Refusal::forbidden("Invalid token: iat field not provided"))?;
        if (city.clock.now().0 / 1_000_000).saturating_sub(iat).abs() > SECONDS {
            let message = "Error: Your system clock must be accurate to within 30 seconds";
            return Err(Refusal::forbidden(message));
        }
        return Ok((service, key));
    }
    Err(Refusal::forbidden("Invalid token: API key not found"))
}

/// Time is compared with the city's clock, not with the machine's.
fn signature_alone() -> Validation {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.required_spec_claims = HashSet::new();
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation.validate_aud = false;
    validation
}
