//! What staff do about people: departments, roles, the verification counter, the audit trail.
