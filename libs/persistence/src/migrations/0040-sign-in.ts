import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sign-in in depth: refresh tokens that rotate, codes of an authenticator, slowing down of guesses for all processes. */
export class SignIn1700000000040 implements MigrationInterface {
  name = 'SignIn1700000000040';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [SESSIONS, TOTP, GUESSES]) await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

/** Sessions from before have no refresh token: whoever has one signs in again. */
const SESSIONS = /* sql */ `
DELETE FROM sessions;
ALTER TABLE sessions DROP CONSTRAINT sessions_pkey;
ALTER TABLE sessions ALTER COLUMN token_hash DROP NOT NULL;
COMMENT ON COLUMN sessions.token_hash IS 'no longer used: access tokens have a table of their own';
ALTER TABLE sessions
  ADD COLUMN id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  ADD COLUMN family_hash bytea UNIQUE,
  ADD COLUMN refresh_hash bytea,
  ADD COLUMN previous_hash bytea,
  ADD COLUMN rotation_salt bytea,
  ADD COLUMN rotated_at timestamptz;
COMMENT ON COLUMN sessions.family_hash IS 'finds the session of a refresh token, used up or not';
COMMENT ON COLUMN sessions.rotation_salt IS
  'with the token before it gives the current one, so that an answer which was lost can be given again; alone it gives nothing';

CREATE TABLE access_tokens (
  token_hash  bytea PRIMARY KEY,
  session_id  uuid NOT NULL REFERENCES sessions ON DELETE CASCADE,
  expires_at  timestamptz NOT NULL
);
CREATE INDEX access_tokens_session ON access_tokens (session_id);
`;

const TOTP = /* sql */ `
ALTER TABLE users
  ADD COLUMN totp_sealed bytea,
  ADD COLUMN totp_confirmed_at timestamptz,
  ADD COLUMN totp_last_step bigint;
COMMENT ON COLUMN users.totp_sealed IS 'the secret shared with the authenticator; in force once confirmed';
COMMENT ON COLUMN users.totp_last_step IS 'time step of the last code that was taken: a code counts once';

CREATE TABLE recovery_codes (
  user_id    bigint NOT NULL REFERENCES users,
  code_hash  bytea NOT NULL,
  used_at    timestamptz,
  PRIMARY KEY (user_id, code_hash)
);
`;

/** Worthless after an hour, so it need not outlive a crash. */
const GUESSES = /* sql */ `
CREATE UNLOGGED TABLE sign_in_tries (
  username      text NOT NULL,
  address       text NOT NULL,
  failures      integer NOT NULL,
  wait_until    timestamptz,
  last_at       timestamptz NOT NULL,
  succeeded_at  timestamptz,
  PRIMARY KEY (username, address)
);
CREATE INDEX sign_in_tries_last ON sign_in_tries (last_at);
COMMENT ON TABLE sign_in_tries IS 'wrong passwords in a row by user name and address; the user name "" stands for all of an address';
`;
