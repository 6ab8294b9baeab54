import { groupBy } from './group-by.js';
import type { Findings } from './exception.js';
import type { TicketRange, TicketUse } from './facts.js';

/** Why a serial is unknown. */
export type UnknownReason = 'no-serial' | 'out-of-range' | 'not-issued-yet' | 'returned' | 'voided' | 'other-holder';

/** `KR-000123` -> prefix `KR-`, number 123. */
export function parseSerial(serial: string): { prefix: string; number: number } | null {
  const match = /^(.*?)(\d{1,15})$/s.exec(serial);
  return match ? { prefix: match[1]!, number: Number(match[2]) } : null;
}

/**
 * Tickets used twice, and tickets nobody issued. The first use (by time, then record id) of a serial is the good one;
 * voided payments use no ticket. Without any registered stock nothing can be called unknown.
 * @param day only uses of this business day are reported; null: all
 */
export function checkTickets(
  uses: Iterable<TicketUse>,
  ranges: readonly TicketRange[],
  day: string | null,
  findings: Findings,
): void {
  const counting = [...uses].filter((use) => !use.voided);
  counting.sort((a, b) => a.at - b.at || (a.record < b.record ? -1 : 1));
  const stock = new TicketStock(ranges);
  const firstUse = new Map<string, TicketUse>();
  for (const use of counting) {
    const first = firstUse.get(use.serial);
    if (!first) firstUse.set(use.serial, use);
    if (day !== null && use.businessDate !== day) continue;
    if (first) report('serial-reuse', use, first.record, `first used by ${first.record}`, findings);
    const reason = ranges.length > 0 ? stock.whyUnknown(use) : null;
    if (reason) report('serial-unknown', use, null, reason, findings);
  }
}

function report(
  pattern: 'serial-reuse' | 'serial-unknown',
  use: TicketUse,
  other: string | null,
  reason: string,
  findings: Findings,
): void {
  findings.add(use.record, {
    pattern,
    subject: { kind: 'attendant', id: use.attendant },
    businessDate: use.businessDate,
    at: use.at,
    amount: use.amount,
    point: use.point,
    device: use.device,
    attendant: use.attendant,
    record: use.record,
    settlement: null,
    dueAt: null,
    evidence: [
      { kind: 'ticket', ref: use.serial },
      { kind: 'record', ref: use.record },
      ...(other ? [{ kind: 'record' as const, ref: other }] : []),
    ],
    details: { serial: use.serial, reason },
  });
}

/** Ranges by prefix, sorted, for binary search. Ranges of one prefix may overlap in time, not in number. */
class TicketStock {
  private readonly byPrefix: Map<string, TicketRange[]>;

  constructor(ranges: readonly TicketRange[]) {
    this.byPrefix = groupBy(
      [...ranges].sort((a, b) => a.from - b.from),
      (range) => range.prefix,
    );
  }

  whyUnknown(use: TicketUse): UnknownReason | null {
    const serial = parseSerial(use.serial);
    if (!serial) return 'no-serial';
    const range = this.find(serial.prefix, serial.number);
    if (!range) return 'out-of-range';
    if (use.businessDate < range.issuedOn) return 'not-issued-yet';
    if (range.state !== 'issued' && (range.closedOn === null || use.businessDate > range.closedOn)) return range.state;
    return range.attendant !== null && range.attendant !== use.attendant ? 'other-holder' : null;
  }

  /** The last range that begins at or before the number, if it reaches it. */
  private find(prefix: string, number: number): TicketRange | null {
    const ranges = this.byPrefix.get(prefix) ?? [];
    let [low, high] = [0, ranges.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ranges[middle]!.from <= number) low = middle + 1;
      else high = middle;
    }
    const range = ranges[low - 1];
    return range && number <= range.to ? range : null;
  }
}
