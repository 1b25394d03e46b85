-- Nobody changes or removes what was recorded, by mistake or by an injected statement.
CREATE TRIGGER record_audit_unchanged BEFORE UPDATE ON record_audit
BEGIN
    SELECT RAISE(ABORT, 'record_audit is only ever appended to');
END;
CREATE TRIGGER record_audit_kept BEFORE DELETE ON record_audit
BEGIN
    SELECT RAISE(ABORT, 'record_audit is only ever appended to');
END;
CREATE TRIGGER record_seal_unchanged BEFORE UPDATE ON record_seal
BEGIN
    SELECT RAISE(ABORT, 'record_seal is only ever appended to');
END;
CREATE TRIGGER record_seal_kept BEFORE DELETE ON record_seal
BEGIN
    SELECT RAISE(ABORT, 'record_seal is only ever appended to');
END;
