-- Nobody changes or removes what was recorded, by mistake or by an injected statement.
CREATE OR REPLACE FUNCTION record_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only ever appended to', TG_TABLE_NAME;
END;
$$;
CREATE TRIGGER record_audit_kept BEFORE UPDATE OR DELETE ON record_audit
    FOR EACH ROW EXECUTE FUNCTION record_append_only();
CREATE TRIGGER record_audit_full BEFORE TRUNCATE ON record_audit
    FOR EACH STATEMENT EXECUTE FUNCTION record_append_only();
CREATE TRIGGER record_seal_kept BEFORE UPDATE OR DELETE ON record_seal
    FOR EACH ROW EXECUTE FUNCTION record_append_only();
CREATE TRIGGER record_seal_full BEFORE TRUNCATE ON record_seal
    FOR EACH STATEMENT EXECUTE FUNCTION record_append_only();
