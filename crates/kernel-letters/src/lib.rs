//! Letters to people: e-mail, SMS, web push and the inbox on the site, none lost when a way is down.
