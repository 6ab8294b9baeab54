import { createReadStream, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import {
  openDatabase,
  readAuditChain,
  verifyAuditLog,
  verifyChain,
  type ChainedEntry,
  type ChainHead,
  type ChainVerdict,
  type Sql,
} from '@app/persistence';
import { loadConfig, readCommandLine, requireDatabaseUrl } from '@app/platform';
import { FieldError } from '@app/registry';
import { runCommand } from './command.js';

/**
 * `npm run verify-audit -- [--anchor n:hash] [--export file | --file file]`: verifies the hash chain of the audit log
 * in the database, or of an exported file; `--anchor` is a head that an earlier run printed. Ends with 1 on a fault.
 */
await runCommand(async () => {
  const options = { anchor: { type: 'string' }, export: { type: 'string' }, file: { type: 'string' } } as const;
  const { values } = readCommandLine({
    usage: 'npm run verify-audit -- [--anchor NUMBER:HASH] [--export FILE | --file FILE]',
    options,
  });
  const anchor = values.anchor === undefined ? undefined : anchorOf(values.anchor);
  const verdict =
    values.file === undefined
      ? await inDatabase((sql) => verifyAuditLog(sql, anchor), values.export)
      : await verifyChain(entriesOf(values.file), anchor);
  for (const { n, fault } of verdict.faults) console.log(`FAULT at link ${n}: ${fault}`);
  const { entries, head, faults } = verdict;
  console.log(`${entries} entries, ${faults.length} faults. Head, to be noted down elsewhere: ${head.n}:${head.hash}`);
  if (faults.length > 0) process.exitCode = 1;
});

function anchorOf(text: string): ChainHead {
  const [, n, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (!n || !hash) throw new FieldError('anchor', '--anchor is not n:hash.', 'Give it as an earlier run printed it.');
  return { n: Number(n), hash };
}

async function inDatabase(verify: (sql: Sql) => Promise<ChainVerdict>, exportFile?: string): Promise<ChainVerdict> {
  const database = openDatabase({ url: requireDatabaseUrl(loadConfig()), applicationName: 'eparking-verify-audit' });
  try {
    if (exportFile !== undefined) await exportTo(database, exportFile);
    return await verify(database);
  } finally {
    await database.close();
  }
}

/** One line of JSON an entry. */
async function exportTo(sql: Sql, path: string): Promise<void> {
  const file = createWriteStream(path, { mode: 0o600 });
  for await (const entry of readAuditChain(sql))
    if (!file.write(`${JSON.stringify(entry)}\n`)) await once(file, 'drain');
  file.end();
  await once(file, 'finish');
}

async function* entriesOf(path: string): AsyncGenerator<ChainedEntry> {
  for await (const line of createInterface({ input: createReadStream(path) }))
    if (line !== '') yield JSON.parse(line) as ChainedEntry;
}
