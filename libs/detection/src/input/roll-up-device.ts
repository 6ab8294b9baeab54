import { MINUTE_MS } from '@app/kernel';
import type { ClockStep, DeviceDay, MissingRun, ShiftDay, Silence } from './city-day.js';
import type { DeviceFacts, JournalFact } from './journal-fact.js';

const BACK_MS = 5 * MINUTE_MS;
const BOOT_WITHIN_MS = 10 * MINUTE_MS;
/** A shorter loss of connection says nothing. */
const SILENCE_MIN_MS = 3 * MINUTE_MS;

interface Context {
  readonly begin: number;
  readonly end: number;
  readonly minute: (at: number) => number;
  readonly shifts: readonly ShiftDay[];
}

/** One terminal's day out of its records, in the order of their numbers. */
export function rollUpDevice(facts: DeviceFacts, records: readonly JournalFact[], context: Context): DeviceDay {
  const { begin, end, minute, shifts } = context;
  const today = records.filter((record) => record.at >= begin && record.at < end);
  const onShift = (at: number): string =>
    shifts.find((s) => s.device === facts.device && s.from - 1 <= minute(at) && minute(at) <= s.to + 1)?.attendant ??
    '';
  return {
    device: facts.device,
    kind: facts.kind,
    missing: missingRuns(facts, records, context, onShift),
    silences: silencesOf(facts, today, context, onShift),
    boots: today
      .filter((record) => record.type === 'boot')
      .map((record) => ({ minute: minute(record.at), reason: record.body.reason ?? '' })),
    clockSteps: clockSteps(records, context, onShift),
    collections: today.flatMap(({ type, body }) =>
      type === 'collection' && body.registerCash !== undefined && body.cashCounted !== undefined
        ? [{ register: body.registerCash, counted: body.cashCounted }]
        : [],
    ),
  };
}

type OnShift = (at: number) => string;

function missingRuns(
  facts: DeviceFacts,
  records: readonly JournalFact[],
  { begin, end, minute }: Context,
  who: OnShift,
) {
  const out: MissingRun[] = [];
  let before = facts.seqBefore;
  for (const record of records) {
    if (before && record.epoch === before.epoch && record.seq > before.seq + 1) {
      const at = Math.max(begin, before.at);
      if (record.at >= begin && at < end)
        out.push({ minute: minute(at), count: record.seq - before.seq - 1, attendant: who(at) || who(record.at) });
    }
    if (!before || record.epoch > before.epoch || record.seq > before.seq) before = record;
  }
  return out;
}

/** The times of the day between connected spells. */
function silencesOf(facts: DeviceFacts, today: readonly JournalFact[], context: Context, who: OnShift): Silence[] {
  if (facts.connected === null) return silencesBeforeBoots(today, context, who);
  const { begin, end, minute } = context;
  const out: Silence[] = [];
  let from = begin;
  const spells = [...facts.connected].sort((a, b) => a.from - b.from);
  for (const spell of [...spells, { from: end, to: end }]) {
    if (spell.to < begin || spell.from > end) continue;
    const to = Math.min(end, spell.from);
    if (to - from >= SILENCE_MIN_MS) {
      const inside = today.filter((record) => record.at > from + MINUTE_MS && record.at < to - MINUTE_MS);
      const boot = today.find((record) => record.type === 'boot' && Math.abs(record.at - to) <= BOOT_WITHIN_MS);
      out.push({
        from: minute(from),
        to: minute(to),
        worked: inside.some((record) => record.type !== 'boot'),
        bootReason: boot?.body.reason ?? null,
        attendant: who(from) || who(to),
        battery: facts.battery.findLast((reading) => reading.at <= from + MINUTE_MS)?.percent ?? null,
      });
    }
    from = Math.max(from, Math.min(end, spell.to));
  }
  return out;
}

/**
 * Where presence was not kept a boot tells that the terminal had been off: since the record before it, less the time that
 * lies around any moment without a record (twice the usual pause between two).
 */
function silencesBeforeBoots(today: readonly JournalFact[], { minute }: Context, who: OnShift): Silence[] {
  const first = today[0];
  const last = today.at(-1);
  if (!first || !last) return [];
  const usualMs = (2 * (last.at - first.at)) / today.length;
  return today.flatMap((boot, n) => {
    const before = today[n - 1];
    if (boot.type !== 'boot' || !before || boot.at - before.at - usualMs < SILENCE_MIN_MS) return [];
    const from = before.at + usualMs;
    return [
      {
        from: minute(from),
        to: minute(boot.at),
        worked: false,
        bootReason: boot.body.reason ?? null,
        attendant: who(from) || who(boot.at),
        battery: null,
      },
    ];
  });
}

/** Where a later number bears an earlier time, until the time is past the old one again. */
function clockSteps(records: readonly JournalFact[], { begin, end, minute }: Context, who: OnShift): ClockStep[] {
  const out: { -readonly [K in keyof ClockStep]: ClockStep[K] }[] = [];
  let newest: JournalFact | null = null;
  let open: (typeof out)[number] | null = null;
  for (const record of records) {
    if (newest === null || record.epoch !== newest.epoch || record.at >= newest.at - BACK_MS) {
      open = null;
      if (newest === null || record.epoch !== newest.epoch || record.at > newest.at) newest = record;
      continue;
    }
    if (open === null && newest.at >= begin && newest.at < end) {
      const back = (newest.at - record.at) / MINUTE_MS;
      open = { minute: minute(newest.at), back, records: 0, attendant: record.body.attendant ?? who(newest.at) };
      out.push(open);
    }
    if (open) open.records++;
  }
  return out;
}
