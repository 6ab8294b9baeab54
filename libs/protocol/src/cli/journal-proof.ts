import {
  createDecipheriv,
  createHash,
  createHmac,
  createPublicKey,
  scryptSync,
  timingSafeEqual,
  verify,
} from 'node:crypto';
import { canonicalJson, canonicalJsonWithout, decodeUtf8Json, envelopeFault, type Envelope } from '../index.js';

/** Secret journal keys by epoch. */
export interface JournalKeys {
  device: string;
  byEpoch: ReadonlyMap<number, Uint8Array>;
}

export interface Proof {
  device: string;
  records: number;
  /** What was shown to be so, in sentences. */
  proved: string[];
  /** What could not be shown, or an auditor should know. */
  notes: string[];
  faults: string[];
}

interface Epoch {
  epoch: number;
  seal: 'hmac' | 'ed25519';
  publicKey: string | null;
  records: number;
  lastSeq: number;
  lastSeal: string;
  missing: [number, number][];
}

interface Head {
  format: string;
  version: number;
  device: string;
  exportedAt: string;
  exportedBy: string;
  epochs: Epoch[];
}

interface End {
  records: number;
  conflicts: number;
  sha256: string;
  publicKey: string;
  signature: string;
}

/** A record whose personal data were blotted out: what was sealed is gone, its hash stands. */
type MaybeRedacted = Envelope & { redacted?: { fields: string[]; sha256: string } };

interface Walk {
  expected: Epoch;
  /** Of the record before. */
  seq: number;
  seal: string;
  records: number;
  sealsProved: number;
  redacted: number;
}

/** DER prefix of an Ed25519 public key (RFC 8410), before its 32 bytes. */
const ED25519_SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const ATTESTED = 'eparking-journal/1 ';

/**
 * Proves an export line by line, in one pass: the hash over all lines and its signature, that every epoch is there from
 * 1 to the last number its head names without a hole, that each record names the one before, and each record's seal
 * where its key is at hand. Nothing of the exporting system is needed.
 * @param attestor public key (base64url) of the exporting system, got by another way; null: the file's own is believed
 */
export async function verifyJournal(
  lines: AsyncIterable<string>,
  { keys, attestor }: { keys: JournalKeys | null; attestor: string | null },
): Promise<Proof> {
  const prover = new Prover(keys, attestor);
  for await (const line of lines) prover.take(line);
  return prover.close();
}

class Prover {
  readonly #proof: Proof = { device: '(unknown)', records: 0, proved: [], notes: [], faults: [] };
  readonly #hash = createHash('sha256');
  readonly #walks = new Map<number, Walk>();
  #line = 0;
  #head: Head | null = null;
  #end: End | null = null;
  #conflicts = 0;
  #lastEpoch = 0;

  constructor(
    readonly keys: JournalKeys | null,
    readonly attestor: string | null,
  ) {}

  take(text: string): void {
    this.#line += 1;
    if (this.#end) return this.#fault('there is something after the end');
    const value = decodeUtf8Json(Buffer.from(text));
    if (!value.ok) return this.#fault(`is no JSON: ${value.message}`);
    if (!this.#head) {
      this.#takeHead(value.value as Head);
      this.#hash.update(`${text}\n`);
      return;
    }
    const { end } = value.value as { end?: End };
    if (end !== undefined) {
      this.#takeEnd(end);
      return;
    }
    this.#hash.update(`${text}\n`);
    const { conflict } = value.value as { conflict?: string };
    if (conflict !== undefined) this.#conflicts += 1;
    else this.#takeRecord(value.value as MaybeRedacted, text);
  }

  close(): Proof {
    const { proved, notes, faults } = this.#proof;
    if (!this.#head) faults.push('The file has no head: it is no journal export.');
    if (this.#head && !this.#end) faults.push('The end is missing: the file was cut off.');
    for (const walk of this.#walks.values()) this.#closeEpoch(walk);
    if (this.#conflicts > 0)
      notes.push(
        `${this.#conflicts} records came with other content for a number already taken; they count for nothing.`,
      );
    if (faults.length === 0) {
      const count = [...this.#walks.values()].reduce((sum, walk) => sum + walk.sealsProved, 0);
      proved.push(`Complete: all ${this.#proof.records} records, epoch by epoch, from number 1 to the last.`);
      proved.push('Chain: every record names the seal of the one before it.');
      if (count > 0) proved.push(`Seals: ${count} records were sealed by the device's own key.`);
    }
    return this.#proof;
  }

  #takeHead(head: Head): void {
    if (head.format !== 'eparking-journal' || head.version !== 1 || !Array.isArray(head.epochs))
      return this.#fault('is not the head of a journal export, version 1');
    this.#head = head;
    this.#proof.device = head.device;
    this.#proof.notes.push(`Exported ${head.exportedAt} by ${head.exportedBy}.`);
    for (const expected of head.epochs)
      this.#walks.set(expected.epoch, { expected, seq: 0, seal: '', records: 0, sealsProved: 0, redacted: 0 });
    if (this.keys && this.keys.device !== head.device)
      this.#fault(`is about ${head.device}, the keys are those of ${this.keys.device}`);
  }

  #takeRecord(record: MaybeRedacted, text: string): void {
    this.#proof.records += 1;
    const { redacted, ...sealed } = record;
    const fault = envelopeFault(sealed);
    if (fault) return this.#fault(`is no record: ${fault.message}`);
    const where = `record ${record.epoch}/${record.seq}`;
    const walk = this.#walks.get(record.epoch);
    if (!walk) return this.#fault(`${where} is of an epoch that the head does not name`);
    if (record.epoch < this.#lastEpoch) this.#fault(`${where} stands after one of a later epoch`);
    this.#lastEpoch = Math.max(this.#lastEpoch, record.epoch);
    walk.records += 1;
    if (canonicalJson(record) !== text && !redacted) this.#fault(`${where} is not written in canonical form`);
    this.#checkPlace(walk, record, where);
    if (redacted) walk.redacted += 1;
    else this.#checkSeal(walk, record, where);
    walk.seq = Math.max(walk.seq, record.seq);
    walk.seal = sealOf(record);
  }

  /** The next number, or the one after numbers that never came; and the name of the record before. */
  #checkPlace(walk: Walk, record: Envelope, where: string): void {
    const next = walk.seq + 1;
    if (record.seq <= walk.seq) {
      this.#fault(`${where} stands after number ${walk.seq}: the order was changed, or it is there twice`);
      return;
    }
    if (record.seq > next) {
      const known = walk.expected.missing.some(([from, to]) => from === next && to === record.seq - 1);
      const range = next === record.seq - 1 ? `number ${next} is` : `numbers ${next} to ${record.seq - 1} are`;
      this.#fault(
        known
          ? `${where}: before it ${range} missing; the head says that they never arrived`
          : `${where}: before it ${range} missing, and the head does not say so: removed from the file`,
      );
      return;
    }
    if (record.prev !== walk.seal) this.#fault(`${where} does not name the record before it: the chain is broken`);
  }

  #checkSeal(walk: Walk, record: Envelope, where: string): void {
    const { seal, publicKey, epoch } = walk.expected;
    const key = seal === 'hmac' ? this.keys?.byEpoch.get(epoch) : publicKey && Buffer.from(publicKey, 'base64');
    if (!key) return;
    if (isSealed(record, seal, key)) walk.sealsProved += 1;
    else this.#fault(`${where} was changed: its ${seal === 'hmac' ? 'MAC' : 'signature'} is not right`);
  }

  #closeEpoch({ expected, seq, seal, records, sealsProved, redacted }: Walk): void {
    const { epoch, lastSeq, lastSeal } = expected;
    const { faults, notes } = this.#proof;
    if (seq !== lastSeq)
      faults.push(`Epoch ${epoch} ends with number ${seq}; the head says ${lastSeq}: its end was cut off.`);
    else if (seal !== lastSeal) faults.push(`Epoch ${epoch}: the last record is not the one that the head names.`);
    if (records !== expected.records)
      faults.push(`Epoch ${epoch} has ${records} records; the head says ${expected.records}.`);
    if (redacted > 0)
      notes.push(
        `Epoch ${epoch}: personal data of ${redacted} records expired; their seals cannot be proved any more.`,
      );
    if (sealsProved === 0 && records > redacted)
      notes.push(`Epoch ${epoch}: MACs were not proved, its key was not given (--keys).`);
  }

  #takeEnd(end: End): void {
    this.#end = end;
    const sha256 = this.#hash.digest('hex');
    const { proved, notes, faults } = this.#proof;
    if (end.records !== this.#proof.records || end.conflicts !== this.#conflicts)
      faults.push(
        `The end names ${end.records} records and ${end.conflicts} conflicts; there are ${this.#proof.records} and ${this.#conflicts}.`,
      );
    const right = end.sha256 === sha256;
    if (!right) faults.push('The hash at the end is not that of the file: it was changed after its export.');
    const signed = verify(
      null,
      Buffer.from(ATTESTED + end.sha256),
      publicKeyOf(Buffer.from(end.publicKey, 'base64url')),
      Buffer.from(end.signature, 'base64url'),
    );
    if (!signed) faults.push('The signature at the end is not right.');
    if (this.attestor !== null && this.attestor !== end.publicKey)
      faults.push(`The file is signed with the key ${end.publicKey}, not with the one you named.`);
    if (right && signed) proved.push(`Unchanged since its export: signed with the key ${end.publicKey}.`);
    if (this.attestor === null) notes.push('Compare that key with the one the city gives you (--attestor).');
  }

  #fault(text: string): void {
    this.#proof.faults.push(`Line ${this.#line}: ${text}.`);
  }
}

const sealOf = (record: Envelope): string => record.mac ?? record.sig;

function isSealed(record: Envelope, kind: 'hmac' | 'ed25519', key: Uint8Array): boolean {
  const seal = Buffer.from(sealOf(record));
  if (kind === 'hmac') {
    const made = createHmac('sha256', key).update(canonicalJsonWithout(record, 'mac')).digest('base64url');
    return made.length === seal.length && timingSafeEqual(Buffer.from(made), seal);
  }
  const text = Buffer.from(canonicalJsonWithout(record, 'sig'));
  return verify(null, text, publicKeyOf(key), Buffer.from(sealOf(record), 'base64url'));
}

function publicKeyOf(bytes: Uint8Array): ReturnType<typeof createPublicKey> {
  return createPublicKey({ key: Buffer.concat([ED25519_SPKI_PREFIX, bytes]), format: 'der', type: 'spki' });
}

/** Opens a sealed key file. @throws Error where it is none, or the passphrase is wrong */
export function openKeyFile(text: string, passphrase: string): JournalKeys {
  const file = JSON.parse(text) as {
    format: string;
    device: string;
    scrypt: { N: number; r: number; p: number; salt: string };
    nonce: string;
    sealed: string;
  };
  if (file.format !== 'eparking-journal-keys') throw new Error('This is no key file.');
  const { N, r, p, salt } = file.scrypt;
  const key = scryptSync(passphrase, Buffer.from(salt, 'base64url'), 32, { N, r, p, maxmem: 64 * 1024 * 1024 });
  const bytes = Buffer.from(file.sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(file.nonce, 'base64url'));
  decipher.setAAD(Buffer.from(file.device));
  decipher.setAuthTag(bytes.subarray(-16));
  try {
    const plain = Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString();
    const entries = Object.entries(JSON.parse(plain) as Record<string, string>);
    const byEpoch = new Map(entries.map(([epoch, text]) => [Number(epoch), Buffer.from(text, 'base64url')]));
    return { device: file.device, byEpoch };
  } catch {
    throw new Error('The key file does not open: the passphrase is wrong, or the file was changed.');
  }
}
