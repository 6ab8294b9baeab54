export { createDataSource, runMigrations, type DatabaseOptions } from './data-source.js';
export { openDatabase, type Database, type Sql, type TransactionOptions } from './database.js';
export { listen, type Listener, type ListenerOptions } from './listener.js';
export * from './outbox.js';
export { JournalWriter, type JournalMessage } from './ingest/journal-writer.js';
export * from './income-audit.js';
export { reprocessQuarantined, type Reprocessing } from './ingest/reprocess.js';
