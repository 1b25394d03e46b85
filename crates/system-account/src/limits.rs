//! How often strangers may try. Slows down, never closes: a passkey still opens the door.

use kernel_web::Limit;

/// Passwords, for one account and from one network.
pub const SIGN_IN: Limit = Limit { purpose: "sign-in", per_account: 10, per_network: 60, window_seconds: 900 };

/// Codes from letters, for one request and from one network.
pub const CODES: Limit = Limit { purpose: "code", per_account: 10, per_network: 60, window_seconds: 900 };

/// Letters that somebody asks for, to one address and from one network.
pub const LETTERS: Limit = Limit { purpose: "letter", per_account: 5, per_network: 30, window_seconds: 3600 };

/// Ways off to another provider, from one network.
pub const ELSEWHERE: Limit = Limit { purpose: "elsewhere", per_account: 30, per_network: 120, window_seconds: 900 };
