import { createHmac } from 'node:crypto';
import { businessDateOf, DAY_MS, MINUTE_MS, type Random } from '@app/kernel';
import { canonicalJson } from '@app/protocol';
import { Oracle, type Expectation } from './oracle.js';
import type { Item } from './item.js';

/** A journal message to publish, and what the protocol says must come of it. */
export interface ExpectedMessage {
  readonly payload: Buffer;
  readonly receipts: readonly Expectation[];
}

export interface MixtureOptions {
  readonly random: Random;
  readonly journalKey: string;
  readonly records: number;
  /** Records lie between this instant (ms) and 70 days before. */
  readonly until: number;
}

const DUPLICATE_SHARE = 0.06;
const CONFLICT_SHARE = 0.01;
const GARBAGE_SHARE = 0.02;
const VOID_SHARE = 0.03;
const BATCH_MAX = 30;
const METHODS = ['cash', 'qris', 'card', 'free'] as const;

/**
 * A terminal's journal as no terminal would send it: its records in random order, duplicates and conflicts of them,
 * late days, and garbage between, in messages of random size; with the outcome that the protocol gives to each.
 * @returns the messages in the order in which they must be published, and the model that decided
 */
export function makeMixture(options: MixtureOptions): { messages: ExpectedMessage[]; oracle: Oracle } {
  const { random } = options;
  const writer = new Writer(options);
  const items: Item[] = [];
  for (let seq = 1; seq <= options.records; seq++) {
    const good = writer.record(seq);
    items.push(good);
    if (random.chance(DUPLICATE_SHARE)) items.push(good);
    if (random.chance(CONFLICT_SHARE)) items.push(writer.conflictOf(seq, good.prev));
    if (random.chance(GARBAGE_SHARE)) {
      const bad = writer.garbage(seq);
      items.push(...(random.chance(0.2) ? [bad, bad] : [bad]));
    }
  }
  shuffle(items, random);
  const oracle = new Oracle(1);
  const messages: ExpectedMessage[] = [];
  for (let n = 0; n < items.length;) {
    const batch = takeBatch(items, n, random);
    n += batch.length;
    const isAlone = batch.length === 1 && random.chance(0.7);
    const text = isAlone || isWhole(batch[0]!) ? batch[0]!.text : `[${batch.map((item) => item.text).join(',')}]`;
    messages.push({ payload: Buffer.from(text), receipts: oracle.decide(batch) });
  }
  return { messages, oracle };
}

/** Garbage that spoils its whole message travels alone. */
function isWhole(item: Item): boolean {
  return item.kind === 'bad-json' || item.kind === 'too-large' || item.kind === 'empty-array';
}

function takeBatch(items: readonly Item[], from: number, random: Random): Item[] {
  const size = random.chance(0.3) ? 1 : random.integer(2, BATCH_MAX);
  const batch: Item[] = [];
  for (let n = from; n < items.length && batch.length < size; n++) {
    if (isWhole(items[n]!) && batch.length > 0) break;
    batch.push(items[n]!);
    if (isWhole(items[n]!)) break;
  }
  return batch;
}

function shuffle<T>(items: T[], random: Random): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.integer(0, i);
    [items[i], items[j]] = [items[j]!, items[i]!];
  }
}

/** Writes records in their chain, and spoils copies. */
class Writer {
  private readonly key: Buffer;
  private readonly random: Random;
  private prev = '';

  constructor(private readonly options: MixtureOptions) {
    this.key = Buffer.from(options.journalKey, 'base64url');
    this.random = options.random;
  }

  record(seq: number): Item {
    const item = this.sealed(seq, this.prev, {});
    this.prev = item.mac;
    return item;
  }

  /** Other authentic content in the same place. */
  conflictOf(seq: number, prev: string): Item {
    return this.sealed(seq, prev, {});
  }

  garbage(seq: number): Item {
    const { random } = this;
    const nothing = { epoch: 1, seq: null, mac: '', prev: '', type: '', payment: null, voids: null };
    switch (random.integer(0, 6)) {
      case 0:
        return { ...nothing, kind: 'bad-json', text: `{"v":1,"seq":${seq},` };
      case 1:
        return { ...nothing, kind: 'empty-array', text: '[]' };
      case 2: {
        const { text, ...rest } = this.sealed(seq, '', {});
        return { ...rest, kind: 'bad-mac', text: text.replace(/"mac":".{4}/, '"mac":"AAAA') };
      }
      case 3:
        return { ...this.sealed(seq, '', { epoch: 9 }), kind: 'unknown-epoch' };
      case 4: {
        const item = this.sealed(seq, '', {});
        return { ...item, kind: 'bad-envelope', text: item.text.replace('{', '{"extra":1,') };
      }
      case 5:
        // In a place of its own, past the end: an authentic record with a bad body fills its place.
        return { ...this.sealed(this.options.records + seq, '', { type: 'tribute' }), kind: 'bad-body' };
      default:
        return { ...nothing, kind: 'too-large', text: `{"v":1,"filler":"${'x'.repeat(65_600 + seq)}"}` };
    }
  }

  private sealed(seq: number, prev: string, changes: { epoch?: number; type?: string }): Item {
    const { random } = this;
    const voids =
      changes.type === undefined && random.chance(VOID_SHARE) ? random.integer(1, this.options.records) : null;
    const at = this.options.until - Math.floor(random.next() ** 3 * 70 * DAY_MS) - MINUTE_MS;
    const method = random.pick(METHODS);
    const amount = method === 'free' ? 0 : 1000 * random.integer(1, 12);
    const vehicleClass = random.pick(['motorcycle', 'car'] as const);
    const payment = {
      vehicleClass,
      amount,
      method,
      tariff: 'T',
      shift: '',
      attendant: '',
      note: random.integer(0, 1e9),
    };
    const body = voids === null ? payment : { voids, reason: 'mixture' };
    const { epoch = 1, type = voids === null ? 'payment' : 'void' } = changes;
    const canonical = canonicalJson({ v: 1, epoch, seq, type, at: new Date(at).toISOString(), body, prev });
    const mac = createHmac('sha256', this.key).update(canonical).digest('base64url');
    return {
      text: `${canonical.slice(0, -1)},"mac":"${mac}"}`,
      kind: 'good',
      epoch,
      seq,
      mac,
      prev,
      type,
      payment: type === 'payment' ? { date: businessDateOf(at), amount, method } : null,
      voids: type === 'void' ? voids : null,
    };
  }
}
