// A model of a few lines, straight from the device protocol, against the decisions of the journal.
import fc from 'fast-check';
import type { Outcome } from '@app/protocol';
import { decideBatch, type VerifiedMessage } from './decide.js';
import { DeviceState } from './device-state.js';
import { device, NOW, sealed, snapshot } from './journal.spec-support.js';
import { IncomeSum, placeKey, type PaymentFacts, type VoidState } from './plan.js';
import type { PlacedRecord } from './lookups.js';
import { messageDigest, verifyMessage } from './verify-message.js';

interface Step {
  readonly seq: number;
  /** Another content for the same place when it differs. */
  readonly variant: number;
  /** null: a payment; else the seq that it voids. */
  readonly voids: number | null;
  /** Ends a batch (commit) after this step. */
  readonly commit: boolean;
}
const steps = fc.array(
  fc.record<Step>({
    seq: fc.integer({ min: 1, max: 12 }),
    variant: fc.integer({ min: 0, max: 1 }),
    voids: fc.option(fc.integer({ min: 1, max: 12 }), { freq: 2 }),
    commit: fc.boolean(),
  }),
  { maxLength: 40 },
);

function messageOf({ seq, variant, voids }: Step): VerifiedMessage {
  const body =
    voids === null
      ? { vehicleClass: 'car', amount: 1000 + variant, method: 'cash', tariff: 't', shift: '', attendant: '' }
      : { voids, reason: `r${variant}` };
  const { text } = sealed({ seq, type: voids === null ? 'payment' : 'void', body, prev: '' });
  const payload = Buffer.from(text);
  return { device, topic: 't', receivedAt: NOW, digest: messageDigest(payload), items: verifyMessage(payload, device) };
}

/** The database between batches, as far as deciding reads it. */
class Store {
  readonly placed = new Map<string, PlacedRecord>();
  readonly voids = new Map<string, VoidState>();
  count = 0;
  amount = 0;

  decide(messages: readonly VerifiedMessage[], state: DeviceState): Outcome[] {
    const { plan, receipts } = decideBatch(messages, {
      snapshot,
      limits: { clockAheadMsMax: 1, clockBehindMsMax: 1 },
      stateOf: () => state,
      lookups: {
        placed: (place) => this.placed.get(placeKey(place)),
        voidState: (place) => this.voids.get(placeKey(place)),
        hasShift: () => true,
        isSubscriber: () => false,
      },
    });
    for (const row of plan.records) {
      const { prev, mac } = JSON.parse(row.record) as { prev: string; mac: string };
      const payment = row.type === 'payment' ? ({ ...row, hour: 10 } as unknown as PaymentFacts) : null;
      expect(this.placed.has(placeKey(row))).toBe(false);
      this.placed.set(placeKey(row), { seal: mac, prev, type: row.type, unread: false, payment });
    }
    for (const row of plan.voids) this.voids.set(placeKey(row), row.state);
    for (const delta of plan.income) {
      this.count += delta.count;
      this.amount += delta.amount;
    }
    return receipts.flat().flatMap((receipt) => receipt.results.map((result) => result.outcome));
  }
}

/** First content of each place counts; a payment counts unless the first void that names it came; order is irrelevant. */
function model(order: readonly Step[]): { outcomes: Outcome[]; count: number; amount: number } {
  const first = new Map<number, Step>();
  const outcomes = order.map((step): Outcome => {
    const there = first.get(step.seq);
    if (!there) first.set(step.seq, step);
    if (!there) return 'accepted';
    return there.variant === step.variant && there.voids === step.voids ? 'duplicate' : 'conflict';
  });
  const voided = new Set([...first.values()].map((step) => step.voids));
  const counted = [...first.values()].filter((step) => step.voids === null && !voided.has(step.seq));
  return { outcomes, count: counted.length, amount: counted.reduce((sum, step) => sum + 1000 + step.variant, 0) };
}

describe('decideBatch', () => {
  it('decides like the model of the protocol, however records repeat, conflict, void, disorder and fall into batches', () => {
    fc.assert(
      fc.property(steps, (order) => {
        const store = new Store();
        const state = new DeviceState(1, 0);
        const outcomes: Outcome[] = [];
        let batch: VerifiedMessage[] = [];
        for (const [index, step] of order.entries()) {
          batch.push(messageOf(step));
          if (!step.commit && index < order.length - 1) continue;
          outcomes.push(...store.decide(batch, state));
          batch = [];
        }
        const expected = model(order);
        expect(outcomes).toEqual(expected.outcomes);
        expect({ count: store.count, amount: store.amount }).toEqual({
          count: expected.count,
          amount: expected.amount,
        });
      }),
      { numRuns: 300 },
    );
  });

  it('writes income in one order of keys, and nothing for a payment that is voided in the same batch', () => {
    const facts: PaymentFacts = {
      pointId: 1,
      businessDate: '2026-11-20',
      hour: 9,
      vehicleClass: 'car',
      method: 'cash',
      attendant: 'a',
      shift: '',
      amount: 4000,
    };
    const sum = new IncomeSum();
    sum.add({ ...facts, businessDate: '2026-11-21' }, 1);
    sum.add(facts, 1);
    sum.add({ ...facts, attendant: 'b' }, 1);
    sum.add({ ...facts, attendant: 'b' }, -1);
    expect(sum.rows().map((row) => row.businessDate)).toEqual(['2026-11-20', '2026-11-21']);
  });
});
