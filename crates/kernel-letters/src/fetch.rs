use futures::future::BoxFuture;

/// An answer to a POST.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

/// The guarded client: the addresses of gateways and push services are words of others.
pub trait Fetch: Send + Sync {
    /// # Errors
    /// Why there was no answer, in words that hold no part of the address.
    fn post<'a>(
        &'a self,
        address: &'a str,
        headers: &'a [(&'static str, String)],
        body: Vec<u8>,
    ) -> BoxFuture<'a, Result<Answer, String>>;
}
