-- All acts of one kind.
CREATE INDEX record_audit_act ON record_audit (act, id);
