//! The one way out: addresses fetched on behalf of others never reach private networks unless configured.
