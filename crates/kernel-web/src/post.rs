//! The letters office among the rooms: who people are comes from their accounts, and its way out is the guarded one.

use futures::future::BoxFuture;
use kernel_base::Result;
use kernel_identity::{Contact, account};
use kernel_language::{ENGLISH, Language};
use kernel_letters::{AddressBook, Answer, Carriers, Channel, Fetch, Reach};
use kernel_store::Store;

/// What the letters office is founded with.
pub struct PostRoom {
    pub settings: kernel_letters::Settings,
    pub carriers: Carriers,
    /// Scheme and host for links in letters.
    pub origin: String,
}

/// The accounts as an address book.
pub(crate) struct Book(pub Store);

impl AddressBook for Book {
    fn reach<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<Option<Reach>>> {
        Box::pin(async move {
            let account = match account::get(&self.0, id).await {
                Ok(account) if account.state != "closed" => account,
                Ok(_) | Err(kernel_base::Error::NotFound) => return Ok(None),
                Err(other) => return Err(other),
            };
            let Contact { email, phone } = Contact::of(&self.0, id).await?;
            let language = Language::find(&account.language).unwrap_or(ENGLISH);
            Ok(Some(Reach { name: account.name, language, channel: Channel::Email, email, phone }))
        })
    }
}

/// Gateways and push services, by the guarded client.
pub struct Outside(pub outbound::Client);

impl Fetch for Outside {
    fn post<'a>(
        &'a self,
        address: &'a str,
        headers: &'a [(&'static str, String)],
        body: Vec<u8>,
    ) -> BoxFuture<'a, std::result::Result<Answer, String>> {
        Box::pin(async move {
            let mut request = http::Request::post(address);
            for (name, value) in headers {
                request = request.header(*name, value);
            }
            let request = request.body(body.into()).map_err(|_| "the request is not well-formed".to_owned())?;
            let answer = self.0.send(request).await.map_err(|error| error.to_string())?;
            Ok(Answer { status: answer.status().as_u16(), body: answer.body().to_vec() })
        })
    }
}
