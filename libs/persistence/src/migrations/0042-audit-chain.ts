import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The audit log as a hash chain, and a log of who looked at personal data. */
export class AuditChain1700000000042 implements MigrationInterface {
  name = 'AuditChain1700000000042';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CHAIN);
    await runner.query(ACCESS_LOG);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

/**
 * Each link takes in the one before it. The link is made at the commit, under a lock that is held for as long as a
 * commit takes: a long write does not keep others waiting, and links stand in the order in which writes became true.
 */
const CHAIN = /* sql */ `
CREATE TABLE audit_chain (
  n         bigint PRIMARY KEY,
  audit_id  bigint NOT NULL UNIQUE,
  hash      bytea NOT NULL
);
COMMENT ON TABLE audit_chain IS
  'hash = SHA-256(hash of n - 1, then the entry as JSON: [id, at in microseconds since 1970, actor, action, subject, detail, address])';

CREATE FUNCTION chain_audit(entry audit_log) RETURNS void LANGUAGE plpgsql AS $$
DECLARE tail record;
BEGIN
  PERFORM pg_advisory_xact_lock(7265042);
  SELECT n, hash INTO tail FROM audit_chain ORDER BY n DESC LIMIT 1;
  INSERT INTO audit_chain VALUES (coalesce(tail.n, 0) + 1, entry.id, sha256(coalesce(tail.hash, ''::bytea) ||
    convert_to(jsonb_build_array(entry.id, (extract(epoch FROM entry.at) * 1000000)::bigint, entry.actor, entry.action,
      entry.subject, entry.detail, entry.address)::text, 'UTF8')));
END $$;

CREATE FUNCTION chain_audit_at_commit() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM chain_audit(NEW);
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION chain_audit FROM PUBLIC;

DO $$
DECLARE entry audit_log;
BEGIN
  FOR entry IN SELECT * FROM audit_log ORDER BY id LOOP PERFORM chain_audit(entry); END LOOP;
END $$;

CREATE CONSTRAINT TRIGGER chain_audit AFTER INSERT ON audit_log DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION chain_audit_at_commit();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_chain
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`;

const ACCESS_LOG = /* sql */ `
CREATE TABLE access_log (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at       timestamptz NOT NULL DEFAULT now(),
  actor    text NOT NULL,
  what     text NOT NULL,
  subject  text NOT NULL,
  address  text NOT NULL DEFAULT ''
);
CREATE INDEX access_log_at ON access_log (at);
CREATE INDEX access_log_subject ON access_log (subject, id);
CREATE INDEX access_log_actor ON access_log (actor, id);
COMMENT ON TABLE access_log IS 'who looked at personal data (plates, people); what was changed is in the audit log';
`;
