// Every payment of the city goes through here: what it leaves for the garbage collector is held to a budget. Bytes are the
// same on a busy machine and on an idle one, seconds are not.
import { Session, type HeapProfiler } from 'node:inspector/promises';
import { canonicalJson } from '@app/protocol';
import { decideBatch } from './decide.js';
import { DeviceState } from './device-state.js';
import { device, NOW, sealed, snapshot } from './journal.spec-support.js';
import { messageDigest, verifyMessage } from './verify-message.js';

/** Bytes allocated for a record, verified and decided; measured on 2026-11-28 (Node 20), and a fifth more. */
const BUDGET = { alone: 9_900, inHundreds: 7_300, canonical: 2_500 };

const lookups = {
  placed: () => undefined,
  voidState: () => undefined,
  hasShift: () => true,
  isSubscriber: () => false,
};
const body = {
  vehicleClass: 'car',
  amount: 4000,
  method: 'cash',
  tariff: 'CAR-2026',
  shift: 'S-1',
  attendant: 'JP-0001',
};

/** Messages of a terminal's payments, chained and sealed. */
function journal(records: number, perMessage: number, isCanonical: boolean): Buffer[] {
  const texts: string[] = [];
  let prev = '';
  for (let seq = 1; seq <= records; seq++) {
    const { text, mac } = sealed({ seq, type: 'payment', body, prev });
    texts.push(isCanonical ? canonicalJson(JSON.parse(text)) : text);
    prev = mac;
  }
  if (perMessage === 1) return texts.map((text) => Buffer.from(text));
  return Array.from({ length: records / perMessage }, (_, n) =>
    Buffer.from(`[${texts.slice(n * perMessage, (n + 1) * perMessage).join()}]`),
  );
}

/** Takes messages as the gateway does, five to a batch; how many of their records were accepted. */
function take(messages: readonly Buffer[]): number {
  const state = new DeviceState(1, 1);
  let accepted = 0;
  for (let from = 0; from < messages.length; from += 5) {
    const batch = messages.slice(from, from + 5).map((payload) => ({
      device,
      topic: 'eparking/v1/hh-0001/journal',
      receivedAt: NOW,
      digest: messageDigest(payload),
      items: verifyMessage(payload, device),
    }));
    const { plan } = decideBatch(batch, {
      snapshot,
      limits: { clockAheadMsMax: 1, clockBehindMsMax: 1 },
      lookups,
      stateOf: () => state,
    });
    accepted += plan.records.length;
  }
  return accepted;
}

const total = (node: HeapProfiler.SamplingHeapProfileNode): number =>
  node.selfSize + node.children.reduce((sum, child) => sum + total(child), 0);

/** Bytes that the work allocated, those that were collected meanwhile among them. */
async function allocatedBy(work: () => void): Promise<number> {
  const session = new Session();
  session.connect();
  const all = { includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true };
  await session.post('HeapProfiler.startSampling', { samplingInterval: 1024, ...all });
  work();
  const { profile } = await session.post('HeapProfiler.stopSampling');
  session.disconnect();
  return total(profile.head);
}

describe.each([
  ['alone', 1, false, BUDGET.alone],
  ['in hundreds', 100, false, BUDGET.inHundreds],
  ['in hundreds and in its canonical form', 100, true, BUDGET.canonical],
])('a record that comes %s', (_name, perMessage, isCanonical, budget) => {
  it('leaves no more garbage than it may', async () => {
    const records = 5_000;
    const messages = journal(records, perMessage, isCanonical);
    for (let n = 0; n < 4; n++) take(messages);
    let accepted = 0;
    const bytes = (await allocatedBy(() => void (accepted = take(messages)))) / records;
    expect(accepted).toBe(records);
    expect(bytes).toBeLessThan(budget);
    // A measurement that sees nothing would let everything pass.
    expect(bytes).toBeGreaterThan(budget / 3);
  });
});
