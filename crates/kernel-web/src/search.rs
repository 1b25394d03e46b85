use std::collections::HashMap;
use std::sync::Arc;

use kernel_base::{Error, Result};
use kernel_language::Lang;
use kernel_search::Index;
use tokio::sync::Mutex;

use crate::City;

/// Search indexes, one a language, made when first asked for and again after the data changed.
#[derive(Default)]
pub(crate) struct SearchRoom(Mutex<HashMap<&'static str, (u64, Arc<Index>)>>);

impl City {
    /// The index of this language over what the systems contribute now. A failing system is left out with a log line.
    pub(crate) async fn index(&self, language: Lang) -> Result<Arc<Index>> {
        let version = self.store.version();
        let mut made = self.search.0.lock().await;
        if let Some((of, index)) = made.get(language.code)
            && *of == version
        {
            return Ok(index.clone());
        }
        let mut documents = crate::pages::documents(self, language);
        for system in &self.systems {
            match (system.documents)(self, language).await {
                Ok(found) => documents.extend(found),
                Err(error) => tracing::error!(system = system.name, %error, "left out of the search"),
            }
        }
        let index = tokio::task::spawn_blocking(move || Arc::new(Index::new(documents))).await.map_err(Error::fault)?;
        made.insert(language.code, (version, index.clone()));
        Ok(index)
    }
}
