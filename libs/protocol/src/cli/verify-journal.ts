import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { openKeyFile, verifyJournal, type JournalKeys } from './journal-proof.js';

const USAGE = `Usage: npm run verify-journal -- FILE [--keys KEYFILE --passphrase-file FILE] [--attestor KEY]

Proves a device's exported journal without the database: chain, completeness, the exporting system's signature and,
with the keys, every record's MAC. Exit code 0: proved; 1: something is wrong; 2: the call or a file cannot be read.
  --keys             the device's sealed keys, exported by an administrator
  --passphrase-file  holds their passphrase (or set EPARKING_KEYS_PASSPHRASE)
  --attestor         public key of the exporting system, as the city gave it to you by another way`;

/** Faults that are told one by one; the rest is counted. */
const FAULTS_SHOWN = 50;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      keys: { type: 'string' },
      'passphrase-file': { type: 'string' },
      attestor: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const [file] = positionals;
  if (values.help || file === undefined || positionals.length > 1) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const keys = values.keys === undefined ? null : await keysOf(values.keys, values['passphrase-file']);
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity });
  const proof = await verifyJournal(lines, { keys, attestor: values.attestor ?? null });
  for (const text of proof.proved) console.log(`proved      ${text}`);
  for (const text of proof.notes) console.log(`note        ${text}`);
  for (const text of proof.faults.slice(0, FAULTS_SHOWN)) console.log(`WRONG       ${text}`);
  if (proof.faults.length > FAULTS_SHOWN) console.log(`WRONG       … and ${proof.faults.length - FAULTS_SHOWN} more`);
  console.log(
    proof.faults.length === 0
      ? `The journal of ${proof.device} holds: ${proof.records} records.`
      : `The journal does NOT hold: ${proof.faults.length} faults.`,
  );
  return proof.faults.length === 0 ? 0 : 1;
}

async function keysOf(file: string, passphraseFile: string | undefined): Promise<JournalKeys> {
  const passphrase =
    passphraseFile === undefined
      ? process.env['EPARKING_KEYS_PASSPHRASE']
      : (await readFile(passphraseFile, 'utf8')).replace(/\r?\n$/, '');
  if (!passphrase) throw new Error('The keys need a passphrase: --passphrase-file FILE, or EPARKING_KEYS_PASSPHRASE.');
  return openKeyFile(await readFile(file, 'utf8'), passphrase);
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
  },
);
