//! Short messages through a gateway that takes JSON by HTTP.

use std::sync::Arc;

use futures::future::BoxFuture;
use kernel_base::{Error, Result};
use serde_json::Value as Json;

use crate::carrier::{Carried, Carrier, Handed, Parcel, Setback};
use crate::fetch::Fetch;
use crate::settings::{Sms, secret};

pub struct Gateway {
    url: String,
    from: String,
    header: Option<(&'static str, String)>,
    body: Json,
    success: Vec<u16>,
    refused: Vec<u16>,
    fetch: Arc<dyn Fetch>,
}

impl Gateway {
    pub fn new(sms: &Sms, fetch: Arc<dyn Fetch>) -> Result<Gateway> {
        let http = &sms.http;
        let body = serde_json::from_str(&http.body)
            .map_err(|cause| Error::Refused(format!("letters.sms.http.body is not JSON: {cause}")))?;
        let key = secret(&http.header_file)?;
        // The list of headers holds names of this program's life; there is one gateway.
        let header = (!key.is_empty()).then(|| (&*http.header.to_lowercase().leak(), key));
        Ok(Gateway {
            url: http.url.clone(),
            from: sms.from.clone(),
            header,
            body,
            success: http.success.clone(),
            refused: http.refused.clone(),
            fetch,
        })
    }
}

/// Fills in every text of the JSON; what is filled in can break out of no text.
fn filled(template: &Json, places: &[(&str, &str)]) -> Json {
    match template {
        Json::String(text) => {
            Json::String(places.iter().fold(text.clone(), |text, (place, value)| text.replace(place, value)))
        }
        Json::Array(items) => items.iter().map(|item| filled(item, places)).collect(),
        Json::Object(fields) => fields.iter().map(|(key, value)| (key.clone(), filled(value, places))).collect(),
        other => other.clone(),
    }
}

impl Carrier for Gateway {
    fn carry<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Handed> {
        Box::pin(async move {
            // The text comes last: what a person wrote is not searched for places.
            let places = [
                ("{id}", parcel.delivery.as_str()),
                ("{to}", parcel.address.as_str()),
                ("{from}", self.from.as_str()),
                ("{text}", parcel.body.as_str()),
            ];
            let body = filled(&self.body, &places).to_string().into_bytes();
            let mut headers = vec![("content-type", "application/json".to_owned())];
            headers.extend(self.header.clone());
            let answer = self.fetch.post(&self.url, &headers, body).await.map_err(|why| {
                tracing::info!(why, "the gateway of short messages does not answer");
                Setback::Unreachable("the gateway does not answer")
            })?;
            match answer.status {
                status if self.success.contains(&status) => Ok(Carried::default()),
                status if self.refused.contains(&status) => Err(Setback::Refused(format!("gateway {status}"))),
                status => Err(Setback::Later(format!("gateway {status}"))),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn no_text_breaks_out_of_its_place() {
        let template = json!({ "messages": [{ "to": "{to}", "text": "{text}" }], "priority": 1 });
        let evil = "\", \"to\": \"+1 {to}";
        let filled = filled(&template, &[("{to}", "+821012345678"), ("{text}", evil)]);
        assert_eq!(filled, json!({ "messages": [{ "to": "+821012345678", "text": evil }], "priority": 1 }));
    }
}
