import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Views of lists that people keep for themselves. */
export class SavedViews1700000000035 implements MigrationInterface {
  name = 'SavedViews1700000000035';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

const TABLE = /* sql */ `
CREATE TABLE saved_views (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id   bigint NOT NULL REFERENCES users,
  screen    text NOT NULL CHECK (length(screen) BETWEEN 1 AND 64),
  name      text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  search    text NOT NULL CHECK (length(search) <= 2000),
  saved_at  timestamptz NOT NULL DEFAULT now(),
  UNIQUE (user_id, screen, name)
);
COMMENT ON TABLE saved_views IS 'a person''s own views of a list: the text behind the ? of its address, under a name';
`;
