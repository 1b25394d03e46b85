//! The pages of the letters office, for staff.

pub mod keys;
pub mod one;
pub mod overview;
pub mod services;
pub mod template;
pub mod trial;
pub mod write;

use kernel_base::Error;
use kernel_language::{LANGUAGES, Lang};
use kernel_ui::Choice;
use kernel_web::{City, Failure, Page, Visit};

use crate::service::Service;
use crate::store;
use crate::template::Template;

/// Languages in which staff write letters: those that the city writes completely.
fn written_languages() -> impl Iterator<Item = Lang> {
    LANGUAGES.into_iter().filter(|language| ["en", "ko"].contains(&language.code))
}

fn language_choices() -> Vec<Choice> {
    written_languages().map(|language| Choice::new(language.code, language.name)).collect()
}

async fn service(city: &City, id: &str) -> Result<Service, Failure> {
    Ok(store::service(&city.store, id).await?.ok_or(Error::NotFound)?)
}

async fn template(city: &City, service: &str, id: &str) -> Result<Template, Failure> {
    Ok(store::template(&city.store, service, id, None).await?.ok_or(Error::NotFound)?)
}

/// A page of the office, below its overview.
fn page(visit: &Visit, title: String) -> Page {
    Page::new(title).crumb(visit.t("letters-office"), "/letters-office").unlisted()
}

/// A page below a service.
fn page_of(visit: &Visit, service: &Service, title: String) -> Page {
    page(visit, title)
        .crumb(visit.t("letters-services"), "/letters-office/services")
        .crumb(service.name.clone(), address(service))
}

fn address(service: &Service) -> String {
    format!("/letters-office/services/{}", service.id)
}
