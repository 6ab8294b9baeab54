import {
  addDays,
  businessDateOf,
  eachBusinessDate,
  HOUR_MS,
  seededRandom,
  startOfBusinessDay,
  type BusinessDate,
} from '@app/kernel';
import {
  noFacts,
  type BatchFact,
  type CreditFact,
  type DayFacts,
  type ExceptionPattern,
  type RecordFact,
  type SettlementFact,
  type TicketUse,
} from '@app/reconciliation';
import { OURS, World, type CashDay, type Planted, type PlantOptions, type Slot } from './plant-world.js';

export type { Planted, PlantOptions } from './plant-world.js';

/** Months of data with a known number of exceptions of every kind among honest oddities. */
export interface PlantedWorld {
  days: BusinessDate[];
  /** Everything at once. */
  all: DayFacts;
  batches: BatchFact[];
  credits: CreditFact[];
  planted: Planted[];
  /** An instant when every deadline is over. */
  longAfter: number;
  /** The facts a store would load for one day: the day, and what may share a key with it. */
  factsOf(day: BusinessDate): DayFacts;
}

/** Honest things that look odd and must raise nothing. */
function plantConfounders(world: World, take: () => Slot, count: number): void {
  for (let i = 0; i < count; i++) {
    const voided = take(); // voided before it was ever settled
    voided.record.voided = { record: `${voided.record.id}v`, at: voided.record.at + 60_000 };
    voided.rows = [];
    const refunded = take(); // voided and paid back
    refunded.record.voided = { record: `${refunded.record.id}v`, at: refunded.record.at + 60_000 };
    refunded.rows.push(refundOf(world, refunded));
    const parts = take(); // one transaction in two parts
    const whole = parts.rows[0]!;
    parts.rows = [whole.amount - 1000, 1000].map((amount, n) =>
      world.row(parts.record, whole.transactionAt, amount, { transactionId: whole.transactionId, part: `p${n}` }),
    );
    const shared = take(); // two vehicles, one order
    const twin: RecordFact = { ...shared.record, id: `${shared.record.id}b`, amount: world.random.pick([2000, 4000]) };
    world.slots.push({ record: twin, rows: [] });
    const sum = shared.record.amount + twin.amount;
    shared.rows = [world.row(shared.record, shared.rows[0]!.transactionAt, sum)];
  }
}

function refundOf(world: World, slot: Slot): SettlementFact {
  const paid = slot.rows[0]!;
  return world.row(slot.record, paid.transactionAt + HOUR_MS, paid.amount, {
    kind: 'refund',
    originalTransactionId: paid.transactionId,
    fee: 0,
    net: paid.amount,
    netSen: paid.amount * 100,
  });
}

type PaymentPlanter = (world: World, slot: Slot) => void;

/** Each tampers with one payment and notes what must be found. Amount, record and settlement are the attribution. */
const paymentPlanters: Partial<Record<ExceptionPattern, PaymentPlanter>> = {
  'recorded-not-settled': (world, slot) => {
    slot.rows = [];
    world.note('recorded-not-settled', slot.record.amount, slot.record.point, slot);
  },
  'settled-not-recorded': (world, slot) => {
    const row = slot.rows[0]!;
    world.removed.add(slot.record);
    const at = { record: null, row, businessDate: businessDateOf(row.transactionAt) };
    world.note('settled-not-recorded', row.amount, slot.record.point, at);
  },
  'double-debit': (world, slot) => {
    // A card's trace counts within a day, so its second debit stays close to the first.
    const later = slot.record.channel === 'card' ? 1 : 180_000;
    const row = world.row(slot.record, slot.rows[0]!.transactionAt + later, slot.record.amount);
    slot.rows.push(row);
    world.note('double-debit', row.amount, slot.record.point, { ...slot, row });
  },
  'amount-mismatch': (world, slot) => {
    const by = world.random.pick([-1000, 1000]);
    slot.rows = [world.row(slot.record, slot.rows[0]!.transactionAt, slot.record.amount + by)];
    world.note('amount-mismatch', 1000, slot.record.point, { ...slot, row: slot.rows[0]! });
  },
  'wrong-payee': (world, slot) => {
    slot.record.nmid = 'ID9990000000001';
    slot.rows = [];
    world.note('wrong-payee', slot.record.amount, slot.record.point, slot);
  },
  'void-abuse': (world, slot) => {
    slot.record.voided = { record: `${slot.record.id}v`, at: slot.record.at + HOUR_MS };
    world.note('void-abuse', slot.record.amount, slot.record.attendant, { ...slot, row: slot.rows[0]! });
  },
  'refunded-payment': (world, slot) => {
    slot.rows.push(refundOf(world, slot));
    const row = [...slot.rows].sort((a, b) => (a.id < b.id ? -1 : 1))[0]!;
    world.note('refunded-payment', slot.record.amount, slot.record.point, { ...slot, row });
  },
  'refund-without-payment': (world, slot) => {
    const change = { orderId: null, trace: null, originalTransactionId: `GONE-${slot.record.id}` };
    const row = { ...refundOf(world, slot), ...change };
    world.extraRows.push(row);
    const businessDate = businessDateOf(row.transactionAt);
    world.note('refund-without-payment', row.amount, slot.record.point, { record: null, row, businessDate });
  },
};

type CashPlanter = (world: World, day: CashDay) => void;

const cashPlanters: Partial<Record<ExceptionPattern, CashPlanter>> = {
  'cash-under-declared': (world, { shift }) => {
    shift.declared! -= 1500;
    world.note('cash-under-declared', 1500, shift.attendant, shift);
  },
  'cash-over-declared': (world, { shift }) => {
    shift.declared! += 2500;
    world.note('cash-over-declared', 2500, shift.attendant, shift);
  },
  'shift-not-closed': (world, { shift }) => {
    shift.closedAt = shift.declared = null;
    world.note('shift-not-closed', shift.recordedCash, shift.attendant, shift);
  },
  'late-deposit': (world, { shift, deposit }) => {
    deposit.handedAt += 6 * 24 * HOUR_MS;
    world.note('late-deposit', deposit.amount, shift.attendant, shift);
  },
  'short-deposit': (world, { shift, deposit, slip }) => {
    deposit.amount -= 1000;
    slip.amount = slip.credit!.amount = deposit.amount;
    world.note('short-deposit', 1000, shift.attendant, shift);
  },
  'no-credit-note': (world, { slip }) => {
    slip.credit = null;
    world.note('no-credit-note', slip.amount, slip.treasurer, slip);
  },
  'credit-note-difference': (world, { slip }) => {
    slip.credit!.amount -= 500;
    world.note('credit-note-difference', 500, slip.treasurer, slip);
  },
  'sequence-gap': (world, { shift }) => {
    const { device, point, attendant, businessDate, openedAt: since } = shift;
    world.gaps.push({ device, epoch: 1, from: since, to: since + 2, point, attendant, businessDate, since });
    world.note('sequence-gap', 0, device, shift);
  },
  'record-conflict': (world, { shift }) => plantIntegrity(world, 'record-conflict', shift),
  'broken-chain': (world, { shift }) => plantIntegrity(world, 'broken-chain', shift),
};

function plantIntegrity(world: World, kind: 'record-conflict' | 'broken-chain', shift: CashDay['shift']): void {
  const { device, point, attendant, businessDate, openedAt: at } = shift;
  const record = `${device}/1/${at}`;
  world.integrity.push({ kind, record, hash: 'other', device, point, attendant, at, businessDate, amount: 2000 });
  world.planted.push({ pattern: kind, record, settlement: null, businessDate, subject: device, amount: 2000 });
}

/** Tickets, collections, operators: each has its own kind of thing to tamper with. */
function plantOthers(world: World, count: number): void {
  const firsts = new Map<string, TicketUse>();
  for (const use of world.tickets) if (!firsts.has(use.point)) firsts.set(use.point, use);
  const tickets = shuffled(world, world.tickets).filter((use) => firsts.get(use.point) !== use);
  for (let i = 0; i < count; i++) {
    const reused = tickets.pop()!;
    const original = firsts.get(reused.point)!;
    if (original.at > reused.at) reused.at = original.at + 1;
    reused.serial = original.serial;
    const unknown = tickets.pop()!;
    unknown.serial = world.random.pick(['KR001-999999', 'FORGED-1', 'no number']);
    if (unknown.serial !== 'no number') unknown.serial = unknown.serial.replace(/\d$/, String(i + 10_000_000));
    else unknown.serial += String.fromCharCode(97 + i);
    for (const [pattern, use] of [
      ['serial-reuse', reused],
      ['serial-unknown', unknown],
    ] as const) {
      const { record, businessDate, amount, attendant: subject } = use;
      world.planted.push({ pattern, record, settlement: null, businessDate, subject, amount });
    }
  }
  for (const item of shuffled(world, world.collections).slice(0, count)) {
    item.cashCounted -= 500;
    const { record, businessDate, collector: subject } = item;
    world.planted.push({
      pattern: 'collection-difference',
      record,
      settlement: null,
      businessDate,
      subject,
      amount: 500,
    });
  }
  for (const item of shuffled(world, world.operatorDays).slice(0, count)) {
    item.deposited = item.minimum - 70_000;
    world.note('below-minimum', 70_000, item.operator, item);
  }
}

/** After the bank has paid every batch. */
function plantPayouts(world: World, count: number): void {
  const credits = shuffled(world, world.credits);
  for (let i = 0; i < count; i++) {
    const [missing, less, odd] = [credits.pop()!, credits.pop()!, credits.pop()!];
    const batchOf = (credit: CreditFact): BatchFact => world.batches.find((batch) => batch.batchId === credit.entryId)!;
    const at = (batch: BatchFact) => ({ businessDate: batch.settlementDate });
    world.credits = world.credits.filter((credit) => credit !== missing);
    world.note('payout-not-credited', missing.amount, missing.acquirer!, at(batchOf(missing)));
    less.reference = less.entryId;
    less.amount -= 777;
    world.note('payout-difference', 777, less.acquirer!, at(batchOf(less)));
    const strange: CreditFact = { ...odd, id: `${odd.id}-x`, amount: 1_000_003 + i * 1000, reference: null };
    world.credits.push(strange);
    world.note('credit-not-explained', strange.amount, strange.acquirer!, { businessDate: strange.valueDate });
  }
}

function shuffled<T>(world: World, items: readonly T[]): T[] {
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = world.random.integer(0, i);
    [copy[i], copy[j]] = [copy[j]!, copy[i]!];
  }
  return copy;
}

/**
 * Makes the world and plants `perPattern` exceptions of every pattern (and as many of each confounder), each on a
 * payment, shift, ticket or batch of its own. The same options give the same world.
 */
export function plantExceptions(options: PlantOptions): PlantedWorld {
  const days = eachBusinessDate(options.from, addDays(options.from, options.days - 1));
  const world = new World(options, days, seededRandom(options.seed));
  const slots = shuffled(world, world.slots);
  const qris = slots.filter((slot) => slot.record.channel === 'qris');
  const used = new Set<Slot>();
  const takeFrom = (list: Slot[]): Slot => {
    for (let slot = list.pop(); slot; slot = list.pop()) {
      if (used.has(slot)) continue;
      used.add(slot);
      return slot;
    }
    throw new Error('more points or days are needed to plant so many');
  };
  plantConfounders(world, () => takeFrom(slots), options.perPattern);
  const cashDays = shuffled(world, world.cashDays);
  for (let i = 0; i < options.perPattern; i++) {
    for (const [pattern, plant] of Object.entries(paymentPlanters)) {
      plant(world, takeFrom(pattern === 'wrong-payee' ? qris : slots));
    }
    for (const plant of Object.values(cashPlanters)) plant(world, cashDays.pop()!);
  }
  plantOthers(world, options.perPattern);
  world.payOut();
  plantPayouts(world, options.perPattern);
  return publish(world);
}

function publish(world: World): PlantedWorld {
  const { days } = world;
  const all: DayFacts = {
    ...noFacts,
    payees: new Set([OURS]),
    records: world.records(),
    settlements: world.rows(),
    shifts: world.cashDays.map((day) => day.shift),
    dues: world.cashDays.map(({ shift }) => ({
      payer: { kind: 'attendant', id: shift.attendant },
      point: shift.point,
      businessDate: shift.businessDate,
      amount: shift.recordedCash,
    })),
    deposits: world.cashDays.map((day) => day.deposit),
    slips: world.cashDays.map((day) => day.slip),
    collections: world.collections,
    operatorDays: world.operatorDays,
    tickets: world.tickets,
    ticketRanges: [...new Map(world.cashDays.map(({ shift }) => [shift.point, shift.attendant]))].map(
      ([point, attendant]) => ({
        prefix: `KR${point.slice(4)}-`,
        from: 1,
        to: 500_000,
        state: 'issued',
        attendant,
        issuedOn: days[0]!,
        closedOn: null,
      }),
    ),
    gaps: world.gaps,
    integrity: world.integrity,
  };
  return {
    days,
    all,
    batches: world.batches,
    credits: world.credits,
    planted: world.planted,
    longAfter: startOfBusinessDay(addDays(days.at(-1)!, 60)),
    factsOf: (day) => factsOf(all, day),
  };
}

function factsOf(all: DayFacts, day: BusinessDate): DayFacts {
  const near = new Set([addDays(day, -1), day, addDays(day, 1)]);
  const ofDay = <T extends { businessDate: BusinessDate }>(items: Iterable<T>): T[] =>
    [...items].filter((item) => item.businessDate === day);
  const today = ofDay(all.tickets);
  const serials = new Set(today.map((use) => use.serial));
  return {
    ...all,
    records: all.records.filter((record) => near.has(record.businessDate)),
    settlements: all.settlements.filter((row) => near.has(businessDateOf(row.transactionAt))),
    shifts: ofDay(all.shifts),
    collections: ofDay(all.collections),
    dues: ofDay(all.dues),
    deposits: ofDay(all.deposits),
    slips: ofDay(all.slips),
    operatorDays: ofDay(all.operatorDays),
    tickets: [...all.tickets].filter((use) => serials.has(use.serial)),
    gaps: ofDay(all.gaps),
    integrity: ofDay(all.integrity),
  };
}
