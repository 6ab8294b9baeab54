import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files of acquirers and banks are kept in pieces, with how far their import has come (docs/SETTLEMENT-FILES.md). */
export class ReceivedFiles1700000000023 implements MigrationInterface {
  name = 'ReceivedFiles1700000000023';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(FILES);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

/** The table of whole files was never written to. The same bytes may come again for another adapter. */
const FILES = /* sql */ `
ALTER TABLE settlement_files
  ADD COLUMN source text NOT NULL DEFAULT 'upload' CHECK (source IN ('upload', 'inbox')),
  ADD COLUMN bytes_read bigint NOT NULL DEFAULT 0,
  DROP CONSTRAINT settlement_files_sha256_key,
  ADD CONSTRAINT settlement_files_same UNIQUE (sha256, adapter);
COMMENT ON COLUMN settlement_files.adapter IS 'format of the file; bank for a bank statement';
COMMENT ON COLUMN settlement_files.bytes_read IS 'how far the import that runs has come';
CREATE INDEX settlement_files_unfinished ON settlement_files (received_at) WHERE state IN ('received', 'importing');
DROP TABLE settlement_file_bytes;
CREATE TABLE settlement_file_pieces (
  file_id  bigint NOT NULL REFERENCES settlement_files,
  number   integer NOT NULL CHECK (number >= 0),
  bytes    bytea NOT NULL CHECK (length(bytes) BETWEEN 1 AND 1048576),
  PRIMARY KEY (file_id, number)
);
COMMENT ON TABLE settlement_file_pieces IS 'what came, byte for byte, in pieces of at most 1 MiB';
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON settlement_file_pieces
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE INDEX settlement_rows_file ON settlement_rows (file_id, line);
CREATE INDEX bank_entries_file ON bank_entries (file_id, line);
`;
