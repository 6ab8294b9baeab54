import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A password that somebody else gave must be changed; and its user is told of what happens to credentials. */
export class PasswordsOfOthers1700000000069 implements MigrationInterface {
  name = 'PasswordsOfOthers1700000000069';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(USERS);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

/** What was done to the credentials of today's users they were not told, and need not be after so long. */
const USERS = /* sql */ `
ALTER TABLE users
  ADD COLUMN password_temporary boolean NOT NULL DEFAULT false,
  ADD COLUMN password_expires_at timestamptz,
  ADD COLUMN notices_seen bigint NOT NULL DEFAULT 0;
UPDATE users SET notices_seen = (SELECT coalesce(max(id), 0) FROM audit_log);
COMMENT ON COLUMN users.password_temporary IS 'somebody else knows it: nothing is open until it is changed';
COMMENT ON COLUMN users.password_expires_at IS 'when a temporary password no longer signs in';
COMMENT ON COLUMN users.notices_seen IS 'id of the newest entry of the audit log that the user was told of and has seen';
`;
