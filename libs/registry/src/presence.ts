import { addDays, businessDateOf, DAY_MS, MINUTE_MS, startOfBusinessDay, weekdayOf } from '@app/kernel';
import { hoursOn, isOpen, type RegisteredPoint } from './snapshot.js';

/**
 * Whether a device can be counted on now: `never` connected; `offline` not connected; `late` connected, but nothing
 * heard within its model's limit; `silent` heard, but no journal record for too long in operating hours; `online`.
 */
export const PRESENCES = ['never', 'offline', 'late', 'silent', 'online'] as const;
export type Presence = (typeof PRESENCES)[number];

export interface PresenceLimits {
  readonly handheldLateMs: number;
  readonly meterLateMs: number;
  /** Of operating hours. */
  readonly dataSilenceMs: number;
}

/** What is known of a device's connection; instants in ms. */
export interface PresenceFacts {
  readonly kind: 'handheld' | 'meter';
  /** A gateway that is alive holds its connection. */
  readonly connected: boolean;
  /** When its newest connection began; null when it never connected. */
  readonly connectedAt: number | null;
  /** When anything last came from it. */
  readonly heardAt: number | null;
  /** When a journal record last came from it. */
  readonly journalAt: number | null;
  /** Hours of the point where it works now; without hours a point counts as always open. */
  readonly hours: RegisteredPoint['hours'];
}

/** A gateway that was last heard of longer ago holds no connection any more. */
export const GATEWAY_HEARTBEAT_MS_MAX = 30_000;

/** Presence at an instant (ms). The rule of Semarang: half an hour without data in operating hours is an alarm. */
export function presenceOf(facts: PresenceFacts, limits: PresenceLimits, nowMs: number): Presence {
  const { connectedAt, heardAt, journalAt, hours } = facts;
  if (connectedAt === null) return 'never';
  if (!facts.connected) return 'offline';
  const lateMs = facts.kind === 'meter' ? limits.meterLateMs : limits.handheldLateMs;
  if (nowMs - (heardAt ?? connectedAt) > lateMs) return 'late';
  if (isOpen({ hours }, nowMs) === false) return 'online';
  const silentMs = openMsBetween(hours, journalAt ?? connectedAt, nowMs);
  return silentMs >= limits.dataSilenceMs ? 'silent' : 'online';
}

/** A longer span is counted from its end only: whoever was silent for two weeks of hours is silent. */
const SPAN_DAYS_MAX = 14;
const ALL_DAY = [0, 1440] as const;

/** Milliseconds of operating hours between two instants (ms), of the last two weeks at most. */
export function openMsBetween(hours: RegisteredPoint['hours'], fromMs: number, toMs: number): number {
  let counted = Math.max(fromMs, toMs - SPAN_DAYS_MAX * DAY_MS);
  let openMs = 0;
  // From the day before, whose hours may run past midnight.
  for (let date = addDays(businessDateOf(counted), -1); date <= businessDateOf(toMs); date = addDays(date, 1)) {
    const onDate = hoursOn({ hours }, date);
    const span = onDate ? onDate[String(weekdayOf(date))] : ALL_DAY;
    if (!span) continue;
    const [opens, closes] = span;
    const start = startOfBusinessDay(date);
    const from = Math.max(start + opens * MINUTE_MS, counted);
    const to = Math.min(start + (closes > opens ? closes : closes + 1440) * MINUTE_MS, toMs);
    if (to <= from) continue;
    openMs += to - from;
    counted = to;
  }
  return openMs;
}
