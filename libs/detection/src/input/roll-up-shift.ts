import { DAY_MS, HOUR_MS, MINUTE_MS } from '@app/kernel';
import type { ShiftDay } from './city-day.js';
import { voidKey, type JournalFact, type PointFacts, type ShiftKey } from './journal-fact.js';

/** A void sooner than this after its payment is a correction of a slip. */
const LATE_VOID_MS = 2 * MINUTE_MS;
const GRACE_MINUTES = 15;
/** So long after closing nobody is still serving the last drivers. */
const FAR_MINUTES = 60;
const LINK_MINUTES = 60;
/** The clock was set back by at least this much when a later number bears an earlier time. */
const BACK_MS = 5 * MINUTE_MS;

interface Sum {
  count: number;
  amount: number;
}
const zero = (): Sum => ({ count: 0, amount: 0 });
const add = (sum: Sum, amount: number): void => {
  sum.count++;
  sum.amount += amount;
};

interface Context {
  readonly facts: PointFacts;
  readonly voids: ReadonlyMap<string, JournalFact>;
  readonly minute: (at: number) => number;
  readonly begin: number;
}

/** One shift out of its records, in the order of their numbers. */
export function rollUpShift(key: ShiftKey, records: readonly JournalFact[], context: Context): ShiftDay {
  const { facts, voids, minute, begin } = context;
  const payments = records.filter((record) => record.type === 'payment');
  const open = records.find((record) => record.type === 'shift-open');
  const close = records.findLast((record) => record.type === 'shift-close');
  const first = open ?? records[0]!;
  const cells = new Map<string, { vehicleClass: string; method: string; assisted: boolean } & Sum>();
  const byHour = new Array<number>(24).fill(0);
  const undone = { count: 0, amount: 0, late: 0, lateAmount: 0, settled: 0 };
  const tickets = { used: 0, reused: 0, unknown: 0, absent: 0 };
  const isStale = hasOldFees(facts, payments);
  const flags = flagCounter(context, payments, { close, isStale });
  let cash = 0;
  let afterCash: number | null = null;
  let last = first.at;
  for (const record of payments) {
    const { vehicleClass = '', method = '', amount = 0, assisted = false, ticket } = record.body;
    const cellKey = `${vehicleClass}|${method}|${assisted}`;
    const cell = cells.get(cellKey) ?? { vehicleClass, method, assisted, ...zero() };
    cells.set(cellKey, cell);
    add(cell, amount);
    const hour = Math.floor((record.at - begin) / HOUR_MS);
    if (hour >= 0 && hour < 24) byHour[hour]!++;
    last = Math.max(last, record.at);
    if (method === 'cash') afterCash = 0;
    else if (afterCash !== null && !assisted && (method === 'qris' || method === 'card')) afterCash++;
    const undo = voids.get(voidKey(record.device, record.epoch, record.seq));
    if (undo) {
      undone.count++;
      undone.amount += amount;
      if (undo.at - record.at >= LATE_VOID_MS && method === 'cash') {
        undone.late++;
        undone.lateAmount += amount;
      }
      if (facts.isSettled(record)) undone.settled++;
    } else if (method === 'cash' && !isAfter(close, record)) cash += amount;
    if (method === 'cash' && ticket !== undefined) {
      tickets.used++;
      const state = facts.ticketOf(ticket);
      if (state !== 'known') tickets[state]++;
    } else if (method === 'cash') tickets.absent++;
    flags.read(record, undo !== undefined);
  }
  return {
    ...key,
    from: minute(first.at),
    to: minute(Math.max(last, close?.at ?? -Infinity)),
    cells: [...cells.values()],
    byHour,
    voids: undone,
    cashRecorded: cash,
    cashDeclared: close?.body.cashDeclared ?? null,
    afterCash,
    flags: flags.result(),
    tickets,
  };
}

/**
 * Payments outside the opening hours that go on, without a pause of an hour, from payments inside them, or that were
 * written after the shift had been closed. A clock that is wrong writes odd hours too, but they hang in the air.
 */
function outsideHours(
  { opening }: PointFacts,
  payments: readonly JournalFact[],
  { minute, close }: { minute: (at: number) => number; close: JournalFact | undefined },
): ReadonlySet<JournalFact> {
  const out = new Set<JournalFact>();
  if (!opening) return out;
  const isAfterClose = (record: JournalFact): boolean => isAfter(close, record) && record.at > close!.at;
  for (const order of [payments, [...payments].reverse()]) {
    let linked = NaN;
    for (const record of order) {
      const at = minute(record.at);
      const isOpen = at >= opening.opens && at <= opening.closes;
      const goesOn = Math.abs(at - linked) <= LINK_MINUTES;
      if (isOpen || goesOn) linked = at;
      const isOutside = at > opening.closes + GRACE_MINUTES || at < opening.opens - GRACE_MINUTES;
      if (isOutside && (goesOn || isAfterClose(record))) out.add(record);
    }
  }
  return out;
}

/** Written after the shift was closed: what was declared then knows nothing of it. */
const isAfter = (close: JournalFact | undefined, { epoch, seq }: JournalFact): boolean =>
  close !== undefined && epoch === close.epoch && seq > close.seq;

const minutesOutside = ({ opening }: PointFacts, at: number): number =>
  opening ? Math.max(at - opening.closes, opening.opens - at) : 0;

const isCharged = ({ body: { method } }: JournalFact): boolean =>
  method === 'cash' || method === 'qris' || method === 'card';

/** A new fee reaches a terminal with its configuration: until then it charges everybody the fee of the week before. */
const NEW_FEE_MS = 7 * DAY_MS;
const STALE_SHARE = 0.8;
const STALE_MIN = 3;

function hasOldFees({ feeOf }: PointFacts, payments: readonly JournalFact[]): boolean {
  let changed = 0;
  let old = 0;
  for (const record of payments) {
    const { vehicleClass = '', amount = 0 } = record.body;
    const before = feeOf(vehicleClass, record.at - NEW_FEE_MS);
    if (!isCharged(record) || before === null || before === feeOf(vehicleClass, record.at)) continue;
    changed++;
    if (amount === before) old++;
  }
  return old >= STALE_MIN && old >= STALE_SHARE * changed;
}

/** Reads what is remarkable in single payments. */
function flagCounter(
  { facts, minute }: Context,
  payments: readonly JournalFact[],
  { close, isStale }: { close: JournalFact | undefined; isStale: boolean },
) {
  const tallies = {
    offHours: zero(),
    farOffHours: zero(),
    freeZone: zero(),
    subscriberCharged: zero(),
    subscription: zero(),
    subscriptionRepeated: zero(),
    wrongTariff: zero(),
    staleTariff: zero(),
    foreignQris: zero(),
    cardRepeated: zero(),
    backdated: zero(),
  };
  const nmids = new Set(facts.nmids);
  const outside = outsideHours(facts, payments, { minute, close });
  const plates = new Set<string>();
  const cards = new Set<string>();
  let newest = payments[0]?.at ?? 0;
  const read = (record: JournalFact, voided: boolean): void => {
    const { vehicleClass = '', method = '', amount = 0, assisted, plate, qris, card } = record.body;
    const due = facts.feeOf(vehicleClass, record.at) ?? amount;
    if (record.at < newest - BACK_MS) {
      // Under a wrong clock tariff, hours and zones of another day are read: nothing else of it is remarkable.
      add(tallies.backdated, amount);
      return;
    }
    newest = Math.max(newest, record.at);
    if (outside.has(record)) {
      add(tallies.offHours, amount);
      if (minutesOutside(facts, minute(record.at)) > FAR_MINUTES) add(tallies.farOffHours, amount);
    }
    if (record.flags.includes('free-zone') && amount > 0) add(tallies.freeZone, amount);
    if (record.flags.includes('subscriber') && amount > 0 && !voided) add(tallies.subscriberCharged, amount);
    if (method === 'subscription') {
      add(tallies.subscription, due);
      if (!plate || plates.has(plate)) add(tallies.subscriptionRepeated, due);
      if (plate) plates.add(plate);
    }
    // A tariff that was entered after the record came may ask for just what was paid.
    if (isCharged(record) && !voided && amount !== due && record.flags.includes('wrong-tariff')) {
      const isOld = isStale && amount === facts.feeOf(vehicleClass, record.at - NEW_FEE_MS);
      add(isOld ? tallies.staleTariff : tallies.wrongTariff, due - amount);
    }
    if (method === 'qris' && qris?.nmid && nmids.size > 0 && !nmids.has(qris.nmid)) add(tallies.foreignQris, amount);
    if (card?.panHash && !voided) {
      if (!assisted && cards.has(card.panHash)) add(tallies.cardRepeated, amount);
      cards.add(card.panHash);
    }
  };
  return { read, result: () => tallies };
}
