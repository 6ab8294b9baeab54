import {
  createCipheriv,
  createHash,
  createHmac,
  generateKeyPairSync,
  randomBytes,
  scryptSync,
  sign,
} from 'node:crypto';
import { canonicalJson } from '../index.js';
import { openKeyFile, verifyJournal, type JournalKeys, type Proof } from './journal-proof.js';

const KEY = Buffer.alloc(32, 7);
const keys: JournalKeys = { device: 'hh-0001', byEpoch: new Map([[1, KEY]]) };
const system = generateKeyPairSync('ed25519');
const publicKey = system.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64url');

function journal(count: number): string[] {
  const records: string[] = [];
  let prev = '';
  for (let seq = 1; seq <= count; seq++) {
    const body = { method: 'cash', amount: 2000, vehicleClass: 'motorcycle', tariff: 'T' };
    const record = { v: 1, epoch: 1, seq, type: 'payment', at: '2026-11-21T02:00:00Z', body, prev };
    const mac = createHmac('sha256', KEY).update(canonicalJson(record)).digest('base64url');
    records.push(canonicalJson({ ...record, mac }));
    prev = mac;
  }
  return records;
}

const macOf = (record: string): string => (JSON.parse(record) as { mac: string }).mac;

/** An export as the system makes it, of whatever records: what its head says is told apart from what is in it. */
function exported(told: readonly string[], records: readonly string[], missing: [number, number][] = []): string[] {
  const last = told.at(-1)!;
  const epoch = { epoch: 1, seal: 'hmac', publicKey: null, records: told.length, missing };
  const ends = { lastSeq: (JSON.parse(last) as { seq: number }).seq, lastSeal: macOf(last) };
  const head = { format: 'eparking-journal', version: 1, device: 'hh-0001', exportedAt: 'x', exportedBy: 'y' };
  const lines = [JSON.stringify({ ...head, epochs: [{ ...epoch, ...ends }] }), ...records];
  const sha256 = createHash('sha256')
    .update(lines.map((line) => `${line}\n`).join(''))
    .digest('hex');
  const signature = sign(null, Buffer.from(`eparking-journal/1 ${sha256}`), system.privateKey).toString('base64url');
  return [...lines, JSON.stringify({ end: { records: records.length, conflicts: 0, sha256, publicKey, signature } })];
}

async function prove(lines: readonly string[], given: JournalKeys | null = keys, attestor = publicKey): Promise<Proof> {
  async function* each(): AsyncIterable<string> {
    yield* lines;
  }
  return verifyJournal(each(), { keys: given, attestor });
}

const good = journal(5);
const changed = (lines: string[], at: number, change: (line: string) => string): string[] =>
  lines.map((line, i) => (i === at ? change(line) : line));

describe('an exported journal', () => {
  it('holds: complete, chained, sealed and signed', async () => {
    const proof = await prove(exported(good, good));
    expect(proof).toMatchObject({ device: 'hh-0001', records: 5, faults: [] });
    expect(proof.proved.join('\n')).toMatch(/Unchanged[^]*Complete: all 5[^]*Chain[^]*Seals: 5/);
  });

  it('holds without the keys, and says that MACs were not proved', async () => {
    const proof = await prove(exported(good, good), null);
    expect(proof.faults).toEqual([]);
    expect(proof.notes.join()).toMatch('MACs were not proved');
  });

  it.each([
    [
      'a changed amount',
      (all: string[]) => changed(all, 3, (line) => line.replace('2000', '1000')),
      'Line 4: record 1/3 was changed',
    ],
    ['a removed record', (all: string[]) => all.toSpliced(3, 1), 'number 3 is missing, and the head does not say so'],
    ['a swapped order', (all: string[]) => all.with(2, all[3]!).with(3, all[2]!), 'the order was changed'],
    ['a truncated end', (all: string[]) => all.slice(0, 4), 'the file was cut off'],
    [
      'records cut off before the end',
      (all: string[]) => all.toSpliced(5, 1),
      'Epoch 1 ends with number 4; the head says 5',
    ],
    ['a record twice', (all: string[]) => all.toSpliced(3, 0, all[2]!), 'there twice'],
    ['something after the end', (all: string[]) => [...all, good[0]!], 'after the end'],
    [
      'another device in the head',
      (all: string[]) => changed(all, 0, (line) => line.replace('hh-0001', 'hh-0002')),
      'the keys are those of hh-0001',
    ],
  ])('does not hold with %s', async (_, tamper, said) => {
    const proof = await prove(tamper(exported(good, good)));
    expect(proof.faults.join('\n')).toMatch(said);
    expect(proof.proved.join()).not.toMatch('Complete');
  });

  // Who can sign anew is the exporting system itself: then the terminal's own seals still tell.
  it.each([
    ['changed', good.map((record, i) => (i === 2 ? record.replace('2000', '1000') : record)), 'record 1/3 was changed'],
    ['left out', good.toSpliced(2, 1), 'number 3 is missing'],
    ['moved', good.with(1, good[2]!).with(2, good[1]!), 'the order was changed'],
    ['cut off', good.slice(0, 4), 'Epoch 1 ends with number 4'],
  ])('does not hold where a record was %s before the system signed', async (_, records, said) => {
    expect((await prove(exported(good, records))).faults.join('\n')).toMatch(said);
  });

  it('is incomplete where the head says that numbers never arrived', async () => {
    const proof = await prove(exported(good.toSpliced(2, 1), good.toSpliced(2, 1), [[3, 3]]));
    expect(proof.faults).toEqual([expect.stringMatching('the head says that they never arrived')]);
  });

  it('is not believed when signed by another system, or forged without the keys of it', async () => {
    const other = generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
    const proof = await prove(exported(good, good), keys, other.toString('base64url'));
    expect(proof.faults.join()).toMatch('not with the one you named');
    const forged = changed(exported(good, good), 6, (line) => line.replace(/"signature":"./, '"signature":"_'));
    expect((await prove(forged)).faults.join()).toMatch('signature at the end is not right');
  });

  it('tells of records whose personal data expired: their seals cannot be proved, their place can', async () => {
    const blotted = JSON.stringify({
      ...(JSON.parse(good[1]!) as object),
      redacted: { fields: ['plate'], sha256: 'x' },
    });
    const proof = await prove(exported(good, good.with(1, blotted)));
    expect(proof.faults).toEqual([]);
    expect(proof.notes.join()).toMatch('personal data of 1 records expired');
    expect(proof.proved.join()).toMatch('Seals: 4');
  });

  it('is no export: said in a sentence', async () => {
    expect((await prove(['no json'])).faults.join()).toMatch('is no JSON');
    expect((await prove([])).faults.join()).toMatch('no journal export');
  });
});

describe('a key file', () => {
  const [salt, nonce] = [randomBytes(16), randomBytes(12)];
  const cipher = createCipheriv(
    'aes-256-gcm',
    scryptSync('a long passphrase', salt, 32, { N: 1024, r: 8, p: 1 }),
    nonce,
  );
  cipher.setAAD(Buffer.from('hh-0001'));
  const plain = JSON.stringify({ 1: KEY.toString('base64url') });
  const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url');
  const file = {
    format: 'eparking-journal-keys',
    device: 'hh-0001',
    scrypt: { N: 1024, r: 8, p: 1, salt: salt.toString('base64url') },
    nonce: nonce.toString('base64url'),
    sealed,
  };

  it('opens with its passphrase, for its own device only', () => {
    expect(openKeyFile(JSON.stringify(file), 'a long passphrase')).toEqual(keys);
    expect(() => openKeyFile(JSON.stringify(file), 'a wrong passphrase')).toThrow('passphrase is wrong');
    const moved = JSON.stringify({ ...file, device: 'hh-0002' });
    expect(() => openKeyFile(moved, 'a long passphrase')).toThrow('does not open');
  });
});
