import { businessDateOf, HOUR_MS, MINUTE_MS } from '@app/kernel';
import { isFreeOn, platesOn } from '../city/city.js';
import type { Behaviour, Deed, Disturbance, ShiftContext } from './behaviour.js';

/** Makes a behaviour of a pattern. `intensity`: the share of occasions that are taken, 0-1. */
type Theft = (intensity: number) => Omit<Behaviour, 'pattern'>;

/** Takes the driver's fee with this pattern; the city loses all of it. */
function steal(deed: Deed, fate: Deed['fate'], pattern: string): Deed {
  return { ...deed, fate, taken: deed.fee, pattern };
}

/** Applies `change` to recorded cash deeds with this chance. */
function onCash(share: number, change: (deed: Deed, context: ShiftContext) => Deed): Behaviour['serve'] {
  return (deed, context) => {
    const taken = context.random.chance(share);
    return taken && deed.fate === 'recorded' && deed.method === 'cash' ? change(deed, context) : deed;
  };
}

/** Records the deed as another class and keeps the difference; not when that class costs as much. */
function asMotorcycle(deed: Deed, context: ShiftContext, pattern: string): Deed {
  const fee = context.feeOf('motorcycle');
  if (!fee || fee.amount >= deed.amount) return deed;
  const taken = deed.fee - fee.amount;
  return { ...deed, vehicleClass: 'motorcycle', amount: fee.amount, tariff: fee.code, taken, pattern };
}

/** One to three times in which the terminal is switched off while drivers come, away from the shift's ends. */
function switchedOff(intensity: number, { shift, random }: ShiftContext): Disturbance[] {
  const times = random.integer(1, 3);
  const lengthMs = ((shift.to - shift.from) * Math.min(intensity, 0.5)) / times;
  return Array.from({ length: times }, (_, n) => {
    const slotMs = (shift.to - shift.from) / times;
    const from = Math.floor(shift.from + n * slotMs + random.next() * (slotMs - lengthMs));
    const to = Math.floor(from + lengthMs);
    return { what: 'power', from, to, offsetMs: 0, reason: 'power-on', pattern: 'device-off' };
  });
}

/** Every pattern of theft at the level of messages, after the table in the domain's description. */
export const THEFTS = {
  'unrecorded-cash': (share) => ({ serve: onCash(share, (deed) => steal(deed, 'unrecorded', 'unrecorded-cash')) }),
  'hand-over-step': (share) => ({ serve: onCash(share, (deed) => steal(deed, 'unrecorded', 'hand-over-step')) }),
  'withheld-records': (share) => ({ serve: onCash(share, (deed) => steal(deed, 'withheld', 'withheld-records')) }),
  'void-abuse': (share) => ({
    serve: onCash(share, (deed, { random }) => ({
      ...deed,
      voidAfterMs: random.integer(4, 40) * MINUTE_MS,
      taken: deed.fee,
      pattern: 'void-abuse',
    })),
  }),
  'wrong-class': (share) => ({ serve: onCash(share, (deed, context) => asMotorcycle(deed, context, 'wrong-class')) }),
  'assisted-abuse': (share) => ({
    serve: onCash(share, (deed, context) => {
      const lower = asMotorcycle(deed, context, 'assisted-abuse');
      // Marked as assisted as the rule asks, or not: it is his card either way.
      return lower === deed ? deed : { ...lower, method: 'card', assisted: context.random.chance(0.5) };
    }),
  }),
  'tariff-mismatch': (share) => ({
    serve: onCash(share, (deed) => {
      if (deed.amount <= 1000) return deed;
      return { ...deed, amount: deed.amount - 1000, taken: 1000, pattern: 'tariff-mismatch' };
    }),
  }),
  'cash-instead-of-qris': (share) => ({
    serve: (deed, { random }) => {
      const steered = random.chance(0.85);
      const kept = random.chance(share);
      if (deed.fate !== 'recorded' || (deed.method !== 'qris' && deed.method !== 'card') || !steered) return deed;
      const asCash: Deed = { ...deed, method: 'cash', nmid: null, assisted: false, pattern: 'cash-instead-of-qris' };
      return kept ? steal(asCash, 'unrecorded', 'cash-instead-of-qris') : asCash;
    },
  }),
  'foreign-qris': (share) => ({
    serve: (deed, { random, point }) => {
      const taken = random.chance(share);
      const recorded = random.chance(0.5);
      if (deed.fate !== 'recorded' || deed.method !== 'qris' || !taken) return deed;
      const foreign = `ID90${String(point.code.length).padStart(3, '0')}777001`;
      return { ...steal(deed, recorded ? 'recorded' : 'unrecorded', 'foreign-qris'), nmid: foreign };
    },
  }),
  'device-off': (intensity) => ({ disturb: (context) => switchedOff(intensity, context) }),
  'cash-under-declared': (share) => ({
    // Small shorts, rounded to notes: large ones would be seen at once.
    keepBack: (cash, { random }) => Math.round((cash * share * (0.3 + 0.4 * random.next())) / 1000) * 1000,
  }),
  'collection-difference': (share) => ({ keepBack: (cash) => Math.round((cash * share * 0.5) / 500) * 500 }),
  'fixed-remittance': (share) => ({
    serve: (deed, context) => {
      const enough = context.cashRecorded() + deed.amount > context.cashExpected * (1 - share);
      const takes = enough && deed.fate === 'recorded' && deed.method === 'cash';
      return takes ? steal(deed, 'unrecorded', 'fixed-remittance') : deed;
    },
  }),
  'off-hours': (share) => ({
    staysMs: 2 * HOUR_MS,
    serve: (deed, { random, shift }) => {
      const records = random.chance(1 - share);
      if (deed.at < shift.to || deed.fate !== 'recorded') return deed;
      return steal(deed, records ? 'recorded' : 'unrecorded', 'off-hours');
    },
  }),
  'free-zone-charge': (share) => ({
    worksOnFreeDays: true,
    serve: (deed, { random, point, shift }) => {
      const records = random.chance(1 - share);
      if (!isFreeOn(point, businessDateOf(shift.from)) || deed.fate !== 'recorded') return deed;
      return steal(deed, records ? 'recorded' : 'unrecorded', 'free-zone-charge');
    },
  }),
  'serial-reuse': (share) => {
    let last: string | null = null;
    return {
      serve: (deed, { random }) => {
        const reuses = random.chance(share);
        const keeps = random.chance(share);
        if (deed.fate !== 'recorded' || deed.method !== 'cash') return deed;
        if (reuses && last) return { ...deed, ticket: last, pattern: 'serial-reuse' };
        if (keeps) return steal(deed, 'unrecorded', 'serial-reuse');
        last = deed.ticket;
        return deed;
      },
    };
  },
  'serial-unknown': (share) => ({
    serve: onCash(share, (deed, { point, random }) => {
      if (!point.tickets) return deed;
      const serial = `${point.tickets.prefix}${point.tickets.to + random.integer(1, 90_000)}`;
      return { ...deed, ticket: serial, pattern: 'serial-unknown' };
    }),
  }),
  'clock-tampering': () => ({
    // The evening is written on the day before, so that today's sum looks small.
    disturb: ({ shift }) => {
      const from = shift.to - 2 * HOUR_MS;
      // Right again with the close, on this day even where it closes at midnight.
      const to = shift.to - 1;
      return [{ what: 'clock', from, to, offsetMs: -24 * HOUR_MS, reason: 'clock set', pattern: 'clock-tampering' }];
    },
  }),
  'subscriber-charged': (share) => ({
    serve: (deed, context) => {
      const charges = context.random.chance(share);
      const fee = context.feeOf(deed.vehicleClass);
      if (!charges || deed.method !== 'subscription' || deed.fate !== 'recorded' || !fee) return deed;
      return { ...deed, method: 'cash', amount: fee.amount, pattern: 'subscriber-charged' };
    },
  }),
  'subscription-abuse': (share) => ({
    serve: onCash(share, (deed, { point }) => {
      const [plate] = platesOn(point, businessDateOf(deed.at));
      if (!plate) return deed;
      return { ...steal(deed, 'recorded', 'subscription-abuse'), method: 'subscription', amount: 0, plate };
    }),
  }),
} as const satisfies Record<string, Theft>;

export type TheftPattern = keyof typeof THEFTS;
export const THEFT_PATTERNS = Object.keys(THEFTS) as TheftPattern[];

/** The behaviour of a pattern for one shift: keeps no memory beyond it. */
export function theftOf(pattern: TheftPattern, intensity: number): Behaviour {
  const theft: Theft = THEFTS[pattern];
  return { pattern, ...theft(intensity) };
}
