import { createHmac, createHash } from 'node:crypto';
import { canonicalJson, type JournalRecord } from '@app/protocol';
import { HONEST_CITY } from '../behaviour/casting.js';
import { THEFT_PATTERNS } from '../behaviour/thefts.js';
import { syntheticCity } from '../city/synthetic-city.js';
import type { TruthDeed } from '../day/events.js';
import { simulateDays, type SimulatedEvent, type SimulationConfig } from './simulate-days.js';

const city = syntheticCity(7, 4);
const config: SimulationConfig = {
  seed: 7,
  city,
  from: '2026-10-05',
  days: 4,
  casting: HONEST_CITY,
  faults: { rate: 1 },
};

const play = (changes: Partial<SimulationConfig> = {}) => [...simulateDays({ ...config, ...changes })];
const recordsOf = (events: SimulatedEvent[]) => events.filter((e) => e.kind === 'record');
const parsed = (events: SimulatedEvent[]) => recordsOf(events).map((e) => JSON.parse(e.text) as JournalRecord);
const deedsOf = (events: SimulatedEvent[]) =>
  events.flatMap((e) => (e.kind === 'truth' && e.truth.kind === 'deed' ? [e.truth as TruthDeed] : []));
const digest = (events: SimulatedEvent[]) => createHash('sha256').update(JSON.stringify(events)).digest('hex');

test('the same seed gives the same records and the same truth, another seed others', () => {
  expect(digest(play())).toBe(digest(play()));
  expect(digest(play({ seed: 8 }))).not.toBe(digest(play()));
});

test('a day is the same whenever the simulation began', () => {
  const late = deedsOf(play({ from: '2026-10-07', days: 1 }));
  const early = deedsOf(play()).filter((deed) => late.some((l) => l.deviceId === deed.deviceId && l.at === deed.at));
  expect(early).toEqual(expect.arrayContaining(late));
});

test('every terminal numbers without gaps, chains each record to the one before, and seals it with its key', () => {
  const events = play({ faults: { rate: 5 } });
  for (const device of city.flatMap((point) => point.devices)) {
    const key = Buffer.from(device.journalKey, 'base64url');
    let last = { seq: 0, mac: '' };
    const own = recordsOf(events).filter((e) => e.deviceId === device.deviceId);
    expect(own.length).toBeGreaterThan(0);
    for (const { text } of own) {
      const { mac, ...rest } = JSON.parse(text) as JournalRecord & { mac: string };
      expect(rest.seq).toBe(last.seq + 1);
      expect(rest.prev).toBe(last.mac);
      expect(mac).toBe(createHmac('sha256', key).update(canonicalJson(rest)).digest('base64url'));
      last = { seq: rest.seq, mac };
    }
  }
});

test('an honest city takes nothing, and its payments on record are the fees that the truth tells', () => {
  const events = play({ faults: { rate: 0 } });
  const deeds = deedsOf(events);
  expect(deeds.reduce((sum, deed) => sum + deed.taken, 0)).toBe(0);
  const voided = new Set(parsed(events).flatMap((r) => (r.type === 'void' ? [`${r.prev}`] : [])));
  const paid = recordedIncome(events);
  expect(paid).toBe(deeds.filter((d) => d.fate === 'recorded').reduce((sum, d) => sum + d.fee, 0));
  expect(voided.size).toBeLessThan(deeds.length / 50);
});

/** What the gateway would report: payments less voids, by device and seq. */
function recordedIncome(events: SimulatedEvent[]): number {
  const amounts = new Map<string, number>();
  for (const event of recordsOf(events)) {
    const record = JSON.parse(event.text) as JournalRecord;
    if (record.type === 'payment') amounts.set(`${event.deviceId}/${record.seq}`, record.body.amount);
    if (record.type === 'void') amounts.delete(`${event.deviceId}/${record.body.voids}`);
  }
  return [...amounts.values()].reduce((a, b) => a + b, 0);
}

test('an honest shift declares the cash that its terminal took, but for a miscounted note', () => {
  const closes = parsed(play({ faults: { rate: 0 } })).filter((r) => r.type === 'shift-close');
  expect(closes.length).toBeGreaterThan(10);
  const drawers = new Map<string, number>();
  for (const r of parsed(play({ faults: { rate: 0 } }))) {
    if (r.type !== 'payment' || r.body.method !== 'cash') continue;
    drawers.set(r.body.shift, (drawers.get(r.body.shift) ?? 0) + r.body.amount);
  }
  const exact = closes.filter((c) => c.type === 'shift-close' && drawers.get(c.body.shift) === c.body.cashDeclared);
  expect(exact.length / closes.length).toBeGreaterThan(0.7);
});

test('records made without a network arrive when it is back, in the terminal order', () => {
  const events = recordsOf(play({ days: 10, faults: { rate: 6 } }));
  const late = events.filter((e) => e.receivedAt - e.at > 60_000);
  expect(late.length).toBeGreaterThan(0);
  for (const device of new Set(events.map((e) => e.deviceId))) {
    const seqs = events.filter((e) => e.deviceId === device).map((e) => e.seq);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
  }
});

const blockBegin = '2026-07-22';
/** An episode lasts the whole of its block of 42 days. */
const blatant = { intensity: [0.4, 0.5] as const, episodeDays: [42, 42] as const, notBefore: blockBegin };

test.each(THEFT_PATTERNS)('%s leaves its trace: the truth names it, and money or a mark with it', (pattern) => {
  const freePeriods = pattern === 'free-zone-charge' ? [{ from: blockBegin }] : [];
  const paid = { from: '2026-01-01', to: '2027-01-01' };
  const subscriptions = [
    { plate: 'BK1ABC', vehicleClass: 'motorcycle' as const, ...paid },
    { plate: 'BK2DEF', vehicleClass: 'car' as const, ...paid },
  ];
  const plates = city.map((point) => ({ ...point, freePeriods, subscriptions, nmid: 'ID1', kind: 'eatery' as const }));
  const meter = plates.slice(0, 2).map((point, n) => ({
    ...point,
    devices: [...point.devices, { ...point.devices[0]!, deviceId: `mt-900${n}`, kind: 'meter' as const }],
  }));
  const casting = { ...HONEST_CITY, prevalence: 1, patterns: [pattern], ...blatant };
  const events = play({ city: meter, casting, days: 10, from: blockBegin, faults: { rate: 0 } });
  const truths = events.flatMap((e) => (e.kind === 'truth' ? [e.truth] : []));
  expect(truths.some((t) => t.kind === 'episode' && t.pattern === pattern)).toBe(true);
  const marked = truths.filter((t) => (t.kind === 'deed' || t.kind === 'short') && t.pattern === pattern);
  if (pattern === 'clock-tampering') {
    expect(recordsOf(events).some((e) => Date.parse(JSON.parse(e.text).at) < e.at - 12 * 3_600_000)).toBe(true);
    return;
  }
  expect(marked.length).toBeGreaterThan(0);
  const withoutLoss = ['serial-unknown', 'subscriber-charged'];
  const taken = marked.reduce((sum, t) => sum + ('taken' in t ? t.taken : 0), 0);
  if (withoutLoss.includes(pattern)) expect(taken).toBe(0);
  else expect(taken).toBeGreaterThan(0);
});

test('a clock that is set back in the evening is right in the morning, where it closes at midnight, too', () => {
  const hours = Object.fromEntries([0, 1, 2, 3, 4, 5, 6].map((day) => [day, { opens: 960, closes: 1440 }]));
  const casting = { ...HONEST_CITY, prevalence: 1, patterns: ['clock-tampering' as const], ...blatant };
  const late = city.map((point) => ({ ...point, hours, kind: 'eatery' as const }));
  const records = recordsOf(play({ city: late, casting, days: 6, from: blockBegin, faults: { rate: 0 } }));
  const behind = records.filter((e) => Date.parse(JSON.parse(e.text).at) < e.at - 1000);
  expect(behind.length).toBeGreaterThan(0);
  for (const { at } of behind) expect(new Date(at + 7 * 3_600_000).getUTCHours()).toBeGreaterThanOrEqual(22);
});

test('withheld records use up their numbers and never arrive', () => {
  const casting = { ...HONEST_CITY, prevalence: 1, patterns: ['withheld-records' as const], ...blatant };
  const events = play({ casting, days: 10, from: blockBegin, faults: { rate: 0 } });
  const withheld = deedsOf(events).filter((deed) => deed.fate === 'withheld');
  expect(withheld.length).toBeGreaterThan(0);
  const sent = new Set(recordsOf(events).map((e) => e.id));
  expect(withheld.some((deed) => sent.has(deed.record!))).toBe(false);
  let missing = 0;
  for (const device of city.flatMap((point) => point.devices)) {
    const seqs = recordsOf(events).flatMap((e) => (e.deviceId === device.deviceId ? [e.seq] : []));
    missing += Math.max(0, ...seqs) - seqs.length;
  }
  // A record withheld at the very end leaves no gap that anybody could see.
  expect(missing).toBeGreaterThan(withheld.length - 10);
});
