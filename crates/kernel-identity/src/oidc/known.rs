use std::collections::BTreeMap;
use std::sync::Arc;

use kernel_base::Instant;
use openidconnect::core::{
    CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreResponseMode, CoreResponseType,
    CoreSubjectIdentifierType,
};
use openidconnect::{AdditionalProviderMetadata, HttpRequest, HttpResponse, IssuerUrl, ProviderMetadata};
use outbound::{Client, FetchError};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

use super::flow::Trouble;
use super::provider::{Provider, is_guarded};

/// Seconds for which a provider's addresses and keys are believed.
const BELIEVED: i64 = 3600;
/// Seconds between two looks for new keys, whatever tokens come: nobody makes us ask more often.
const AT_MOST_EVERY: i64 = 60;

/// What a provider says of itself, with its keys (OpenID Connect Discovery 1.0).
pub(super) type Metadata = ProviderMetadata<
    More,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct More {
    /// It names itself in every answer (RFC 9207).
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for More {}

/// The configured providers, and what is known of them.
#[derive(Clone, Default)]
pub struct Providers(Arc<Inner>);

#[derive(Default)]
struct Inner {
    all: Vec<Provider>,
    known: Mutex<BTreeMap<String, (Instant, Arc<Metadata>)>>,
}

impl Providers {
    /// # Errors
    /// What the operator must put right.
    pub fn new(all: Vec<Provider>) -> Result<Providers, String> {
        if let Some(mistake) = all.iter().find_map(Provider::mistake) {
            return Err(mistake);
        }
        for (place, one) in all.iter().enumerate() {
            if all[..place].iter().any(|other| other.id == one.id || other.issuer == one.issuer) {
                return Err(format!("provider {:?}: its id and its issuer stand once only", one.id));
            }
        }
        Ok(Providers(Arc::new(Inner { all, known: Mutex::default() })))
    }

    pub fn all(&self) -> &[Provider] {
        &self.0.all
    }

    pub fn find(&self, id: &str) -> Option<&Provider> {
        self.0.all.iter().find(|provider| provider.id == id)
    }

    /// What is known of a provider: from memory, else asked. `renew` asks again for keys that are not known yet.
    pub(super) async fn metadata(
        &self,
        provider: &Provider,
        outside: &Client,
        now: Instant,
        renew: bool,
    ) -> Result<Arc<Metadata>, Trouble> {
        let life = if renew { AT_MOST_EVERY } else { BELIEVED };
        // One asks, the others wait for what comes.
        let mut known = self.0.known.lock().await;
        if let Some((at, metadata)) = known.get(&provider.id)
            && at.plus_seconds(life) > now
        {
            return Ok(metadata.clone());
        }
        let issuer = IssuerUrl::new(provider.issuer.clone()).map_err(|error| Trouble::unreachable(provider, &error))?;
        let http = fetch(outside);
        let told = Metadata::discover_async(issuer, &http).await;
        let told = told.map_err(|error| Trouble::unreachable(provider, &error))?;
        let addresses = [
            Some(told.authorization_endpoint().as_str()),
            told.token_endpoint().map(|address| address.as_str()),
            told.userinfo_endpoint().map(|address| address.as_str()),
            Some(told.jwks_uri().as_str()),
        ];
        if addresses.into_iter().flatten().any(|address| !is_guarded(address)) {
            return Err(Trouble::unreachable(provider, &"it names an address without TLS"));
        }
        let told = Arc::new(told);
        known.insert(provider.id.clone(), (now, told.clone()));
        Ok(told)
    }
}

/// Our guarded way out, as the library wants it.
pub(super) fn fetch(
    outside: &Client,
) -> impl Fn(HttpRequest) -> futures::future::BoxFuture<'static, Result<HttpResponse, FetchError>> + '_ {
    move |request| {
        let outside = outside.clone();
        Box::pin(async move {
            let answer = outside.send(request.map(Into::into)).await?;
            Ok(answer.map(|body| body.to_vec()))
        })
    }
}

impl std::fmt::Debug for Providers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(&self.0.all).finish()
    }
}
