import { createHmac } from 'node:crypto';
import { invariant } from '@app/kernel';
import { canonicalJson, type BodyOf, type RecordType } from '@app/protocol';
import type { SimDevice } from '../city/city.js';
import type { Draft } from '../day/events.js';

/** Where a terminal's journal stands: all that it must remember to go on after a reboot. */
export interface JournalState {
  readonly epoch: number;
  /** `seq` and `mac` of the newest record; 0 and '' before the first. */
  readonly seq: number;
  readonly mac: string;
  /** Cash in the attendant's drawer since the shift was opened, without the float, rupiah. */
  readonly drawerRupiah: number;
  /** Cash in the meter's box since the last collection, rupiah. */
  readonly boxRupiah: number;
  readonly collections: number;
}

/** A record as it goes over the wire. */
export interface SealedRecord {
  readonly seq: number;
  readonly text: string;
}

/** Payments that may still be voided are remembered up to this number. */
const REMEMBERED_PAYMENTS_MAX = 1000;

export function firstState(epoch: number): JournalState {
  return { epoch, seq: 0, mac: '', drawerRupiah: 0, boxRupiah: 0, collections: 0 };
}

/**
 * The journal of one terminal: numbers, chains and seals what happens, and keeps the sums which only it knows.
 * Written from the protocol document with Node's own HMAC, so that it checks the gateway as a stranger would.
 */
export class DeviceJournal {
  private readonly key: Buffer;
  private readonly payments = new Map<string, { seq: number; cash: number }>();

  constructor(
    device: Pick<SimDevice, 'journalKey'>,
    public state: JournalState,
  ) {
    this.key = Buffer.from(device.journalKey, 'base64url');
    invariant(this.key.length === 32, 'a journal key has 32 bytes');
  }

  /** Remembers a payment of before a restart, so that it can be voided by the id of its event. */
  remember(id: string, seq: number, cash: number): void {
    this.payments.set(id, { seq, cash });
    if (this.payments.size > REMEMBERED_PAYMENTS_MAX) this.payments.delete(this.payments.keys().next().value!);
  }

  /**
   * Seals what happened under the next number.
   * @param id of the event, by which a later void names it
   * @param at the terminal's own clock, ms
   * @returns null for a void whose payment this terminal does not know (it never sealed it)
   */
  seal(id: string, draft: Draft, at: number): SealedRecord | null {
    const target = draft.type === 'void' ? this.payments.get(draft.target) : undefined;
    if (draft.type === 'void' && !target) return null;
    const { epoch, seq: last, mac: prev } = this.state;
    const seq = last + 1;
    const unsealed = {
      v: 1,
      epoch,
      seq,
      type: draft.type,
      at: atText(at),
      body: this.bodyOf(draft, target?.seq),
      prev,
    };
    const canonical = canonicalJson(unsealed);
    const mac = createHmac('sha256', this.key).update(canonical).digest('base64url');
    this.state = { ...this.sums(draft, target?.cash ?? 0), epoch, seq, mac };
    if (draft.type === 'payment') this.remember(id, seq, draft.body.method === 'cash' ? draft.body.amount : 0);
    // Any order of keys will do on the wire; `mac` is put at the end of the canonical text.
    return { seq, text: `${canonical.slice(0, -1)},"mac":"${mac}"}` };
  }

  private bodyOf(draft: Draft, voids: number | undefined): BodyOf<RecordType> {
    const { drawerRupiah, boxRupiah, collections } = this.state;
    switch (draft.type) {
      case 'void':
        return { voids: voids!, reason: draft.reason };
      case 'shift-close': {
        const { shift, attendant, shortRupiah } = draft;
        return { shift, attendant, cashDeclared: Math.max(0, drawerRupiah - shortRupiah) };
      }
      case 'collection': {
        if ('body' in draft) return draft.body;
        const { collector, shortRupiah } = draft;
        const cashCounted = Math.max(0, boxRupiah - shortRupiah);
        return { number: collections + 1, collector, registerCash: boxRupiah, cashCounted };
      }
      default:
        return draft.body;
    }
  }

  private sums(draft: Draft, voidedCash: number): Omit<JournalState, 'epoch' | 'seq' | 'mac'> {
    const { drawerRupiah: drawer, boxRupiah: box, collections } = this.state;
    const change =
      draft.type === 'void'
        ? -voidedCash
        : draft.type === 'payment' && draft.body.method === 'cash'
          ? draft.body.amount
          : 0;
    return {
      // Emptied at the close too: the opening of the next shift may be lost to a fault.
      drawerRupiah: draft.type === 'shift-open' || draft.type === 'shift-close' ? 0 : drawer + change,
      boxRupiah: draft.type === 'collection' ? 0 : box + change,
      collections: collections + (draft.type === 'collection' ? 1 : 0),
    };
  }
}

const JAKARTA_MS = 7 * 3_600_000;

/** An instant as these terminals write it: local time of Medan with its offset. */
export function atText(at: number): string {
  const local = new Date(at + JAKARTA_MS).toISOString().slice(0, -1);
  return `${local.endsWith('.000') ? local.slice(0, -4) : local}+07:00`;
}
