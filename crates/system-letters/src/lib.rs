//! Letters as the city runs them: services that send them, templates, delivery; the API of GOV.UK Notify.
