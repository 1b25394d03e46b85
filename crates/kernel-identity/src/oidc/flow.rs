use crate::code::secret;
use std::borrow::Cow;
use std::time::Duration;

use kernel_base::{Instant, Random};
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreClientAuthMethod, CoreErrorResponseType,
    CoreGenderClaim, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreRevocableToken,
    CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AccessToken, AuthType, AuthenticationContextClass, AuthorizationCode, ClientId, ClientSecret, CsrfToken,
    EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, IdTokenFields, LanguageTag, Nonce,
    OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, StandardErrorResponse,
    StandardTokenResponse, TokenResponse, UserInfoClaims,
};
use outbound::Client as Outside;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use url::Url;

use super::identity::{Identity, Told};
use super::known::{Metadata, fetch};
use super::token::{self, Claims, Expected, More, Token};
use super::{Provider, Providers};

type Fields = IdTokenFields<
    More,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
type Client = openidconnect::Client<
    More,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// A sign-in elsewhere that was begun; kept sealed and bound to the browser until the provider sends the person back.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Attempt {
    pub provider: String,
    /// Where the provider sends the person back to.
    redirect: String,
    state: String,
    nonce: String,
    verifier: String,
    /// The person must sign in there anew; then this is when it began.
    anew_since: Option<i64>,
}

/// What the provider's redirect brought.
#[derive(Debug, Clone, Copy, Default)]
pub struct Returned<'a> {
    pub code: &'a str,
    pub state: &'a str,
    pub iss: &'a str,
    pub error: &'a str,
}

/// Why there is no sign-in; each is a message key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The person, or the provider for them, said no.
    Denied,
    /// What came back is not what was asked for.
    Refused,
    /// The provider does not answer.
    Unreachable,
}

impl Trouble {
    pub fn key(self) -> &'static str {
        match self {
            Trouble::Denied => "account-with-denied",
            Trouble::Refused => "account-with-refused",
            Trouble::Unreachable => "account-with-unreachable",
        }
    }

    pub(super) fn unreachable(provider: &Provider, why: &dyn std::fmt::Display) -> Trouble {
        tracing::warn!(provider = provider.id, %why, "a sign-in provider does not answer as it should");
        Trouble::Unreachable
    }

    fn refused(provider: &Provider, why: &dyn std::fmt::Display) -> Trouble {
        tracing::warn!(target: "security", event = "oidc.refused", provider = provider.id, %why, "security");
        Trouble::Refused
    }
}

impl Providers {
    /// Where to send the person, and what to remember until they are back. `anew` asks the provider not to rely on a
    /// sign-in that it remembers.
    ///
    /// # Errors
    /// When the provider does not answer.
    pub async fn begin(
        &self,
        provider: &Provider,
        (redirect, language): (&str, &str),
        anew: bool,
        outside: &Outside,
        (now, random): (Instant, &dyn Random),
    ) -> Result<(Url, Attempt), Trouble> {
        let metadata = self.metadata(provider, outside, now, false).await?;
        let client = client(provider, &metadata);
        let redirect_url =
            RedirectUrl::new(redirect.to_owned()).map_err(|error| Trouble::unreachable(provider, &error))?;
        let (state, nonce, verifier) = (secret(random), secret(random), secret(random));
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(verifier.clone()));
        let (given_state, given_nonce) = (CsrfToken::new(state.clone()), Nonce::new(nonce.clone()));
        let mut request = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, move || given_state, move || given_nonce)
            .set_redirect_uri(Cow::Owned(redirect_url))
            .set_pkce_challenge(challenge)
            .add_scopes(provider.scopes.iter().cloned().map(Scope::new))
            .add_ui_locale(LanguageTag::new(language.to_owned()));
        for level in &provider.acr_wanted {
            request = request.add_auth_context_value(AuthenticationContextClass::new(level.clone()));
        }
        if anew {
            request = request.add_prompt(CoreAuthPrompt::Login).set_max_age(Duration::ZERO);
        }
        let (address, _, _) = request.url();
        let attempt = Attempt {
            provider: provider.id.clone(),
            redirect: redirect.to_owned(),
            state,
            nonce,
            verifier,
            anew_since: anew.then_some(now.0),
        };
        Ok((address, attempt))
    }

    /// Who came back. Asks the provider for the tokens and checks them; keeps none.
    ///
    /// # Errors
    /// When anything is not as it must be.
    pub async fn finish(
        &self,
        provider: &Provider,
        attempt: &Attempt,
        returned: Returned<'_>,
        outside: &Outside,
        now: Instant,
    ) -> Result<Identity, Trouble> {
        let metadata = self.metadata(provider, outside, now, false).await?;
        let named = metadata.additional_metadata().authorization_response_iss_parameter_supported;
        first_look(provider, attempt, returned, named)?;
        let (token, access) = exchange(provider, attempt, returned.code, &metadata, outside).await?;
        let expected = |keys| Expected {
            provider,
            keys,
            nonce: &attempt.nonce,
            signed_in_after: attempt.anew_since.map(Instant),
            now,
        };
        let renewed;
        let claims = match token::check(&token, &expected(metadata.jwks())) {
            Err(error) if token::is_unknown_key(&error) => {
                renewed = self.metadata(provider, outside, now, true).await?;
                token::check(&token, &expected(renewed.jwks()))
            }
            checked => checked,
        };
        let claims = claims.map_err(|error| Trouble::refused(provider, &error))?;
        let mut told = Told::of(claims);
        if told.lacks(provider) && metadata.userinfo_endpoint().is_some() {
            told.complete(ask_more(provider, &metadata, claims, access, outside).await?);
        }
        Ok(told.identity(provider, claims))
    }
}

/// Before anything is asked: is it the answer to our question, from whom we asked?
fn first_look(provider: &Provider, attempt: &Attempt, returned: Returned<'_>, named: bool) -> Result<(), Trouble> {
    if attempt.provider != provider.id {
        return Err(Trouble::refused(provider, &"another provider was asked"));
    }
    if !bool::from(attempt.state.as_bytes().ct_eq(returned.state.as_bytes())) {
        return Err(Trouble::refused(provider, &"the state is not ours"));
    }
    // RFC 9207: so that one provider cannot answer for another.
    if returned.iss != provider.issuer && (named || !returned.iss.is_empty()) {
        return Err(Trouble::refused(provider, &"another issuer answers"));
    }
    match (returned.error, returned.code) {
        ("", "") => Err(Trouble::refused(provider, &"there is no code")),
        ("", _) => Ok(()),
        ("temporarily_unavailable" | "server_error", _) => Err(Trouble::unreachable(provider, &returned.error)),
        _ => Err(Trouble::Denied),
    }
}

async fn exchange(
    provider: &Provider,
    attempt: &Attempt,
    code: &str,
    metadata: &Metadata,
    outside: &Outside,
) -> Result<(Token, AccessToken), Trouble> {
    let redirect =
        RedirectUrl::new(attempt.redirect.clone()).map_err(|error| Trouble::unreachable(provider, &error))?;
    let client = client(provider, metadata).set_redirect_uri(redirect);
    let http = fetch(outside);
    let request = client.exchange_code(AuthorizationCode::new(code.to_owned()));
    let request = request.map_err(|error| Trouble::unreachable(provider, &error))?;
    let request = request.set_pkce_verifier(PkceCodeVerifier::new(attempt.verifier.clone()));
    let answer = request.request_async(&http).await.map_err(|error| match error {
        openidconnect::RequestTokenError::Request(why) => Trouble::unreachable(provider, &why),
        other => Trouble::refused(provider, &other),
    })?;
    let token = answer.id_token().cloned().ok_or_else(|| Trouble::refused(provider, &"there is no ID token"))?;
    Ok((token, answer.access_token().clone()))
}

/// What the token itself did not say.
async fn ask_more(
    provider: &Provider,
    metadata: &Metadata,
    claims: &Claims,
    access: AccessToken,
    outside: &Outside,
) -> Result<UserInfoClaims<More, CoreGenderClaim>, Trouble> {
    let client = client(provider, metadata);
    let http = fetch(outside);
    let request = client.user_info(access, Some(claims.subject().clone()));
    let request = request.map_err(|error| Trouble::unreachable(provider, &error))?;
    request.request_async(&http).await.map_err(|error| match error {
        openidconnect::UserInfoError::Request(why) => Trouble::unreachable(provider, &why),
        other => Trouble::refused(provider, &other),
    })
}

fn client(provider: &Provider, metadata: &Metadata) -> Client {
    let (id, secret) = (ClientId::new(provider.client_id.clone()), ClientSecret::new(provider.client_secret.clone()));
    let client = Client::from_provider_metadata(metadata.clone(), id, Some(secret));
    let basic = metadata
        .token_endpoint_auth_methods_supported()
        .is_none_or(|methods| methods.contains(&CoreClientAuthMethod::ClientSecretBasic));
    client.set_auth_type(if basic { AuthType::BasicAuth } else { AuthType::RequestBody })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provider() -> Provider {
        Provider {
            id: "national".into(),
            name_en: "N".into(),
            name_ko: "N".into(),
            issuer: "https://id.example".into(),
            client_id: "madang".into(),
            client_secret: "secret".into(),
            scopes: Vec::new(),
            acr_wanted: Vec::new(),
            acr_high: Vec::new(),
            person_claim: String::new(),
        }
    }

    fn attempt() -> Attempt {
        Attempt {
            provider: "national".into(),
            redirect: "https://city.example/sign-in/with/national/back".into(),
            state: "the state".into(),
            nonce: String::new(),
            verifier: String::new(),
            anew_since: None,
        }
    }

    #[test]
    fn only_the_answer_to_our_own_question_from_whom_we_asked_goes_on() {
        let right = Returned { code: "c", state: "the state", iss: "https://id.example", error: "" };
        let look = |returned, named| first_look(&provider(), &attempt(), returned, named);
        assert_eq!(look(right, true), Ok(()));
        assert_eq!(look(Returned { iss: "", ..right }, false), Ok(()));
        for wrong in [
            Returned { iss: "", ..right },
            Returned { iss: "https://other.example", ..right },
            Returned { state: "another", ..right },
            Returned { state: "", ..right },
            Returned { code: "", ..right },
        ] {
            assert_eq!(look(wrong, true), Err(Trouble::Refused), "{wrong:?}");
        }
        assert_eq!(look(Returned { iss: "https://other.example", ..right }, false), Err(Trouble::Refused));
        assert_eq!(look(Returned { error: "access_denied", code: "", ..right }, true), Err(Trouble::Denied));
        let elsewhere = Provider { id: "other".into(), ..provider() };
        assert_eq!(first_look(&elsewhere, &attempt(), right, true), Err(Trouble::Refused));
    }
}
