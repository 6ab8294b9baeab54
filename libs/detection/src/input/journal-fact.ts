import type { FieldCountWindow, PointDay } from './city-day.js';

/** One accepted journal record (duplicates and losers of a conflict left out). */
export interface JournalFact {
  readonly device: string;
  readonly epoch: number;
  readonly seq: number;
  readonly type: string;
  /** ms, as the terminal says. */
  readonly at: number;
  /** ms, when the gateway had it. */
  readonly receivedAt: number;
  readonly flags: readonly string[];
  readonly body: JournalBody;
}

/** The fields of any body that the roll-up reads; see the device protocol. */
export interface JournalBody {
  readonly vehicleClass?: string;
  readonly amount?: number;
  readonly method?: string;
  readonly shift?: string;
  readonly attendant?: string;
  readonly ticket?: string;
  readonly plate?: string;
  readonly assisted?: boolean;
  readonly qris?: { readonly nmid?: string; readonly rrn?: string };
  readonly card?: { readonly panHash?: string };
  readonly voids?: number;
  readonly epoch?: number;
  readonly cashDeclared?: number;
  readonly registerCash?: number;
  readonly cashCounted?: number;
  readonly reason?: string;
  readonly from?: string;
  readonly to?: string;
  readonly classes?: Readonly<Record<string, { readonly arrivals?: number }>>;
}

/** What the registry and other books know of the point on that day. */
export interface PointFacts extends Omit<PointDay, 'counts' | 'shifts' | 'devices' | 'fieldCounts'> {
  readonly devices: readonly DeviceFacts[];
  /** Counted by officers and sensors other than through `count` records (those are read from the journal). */
  readonly fieldCounts: readonly Omit<FieldCountWindow, 'recorded' | 'attendant'>[];
  /** Lawful payees; empty: not known, nothing is foreign. */
  readonly nmids: readonly string[];
  /** Serials of cash tickets: told by the ticket book. Absent book: () => 'known'. */
  readonly ticketOf: (serial: string) => 'known' | 'reused' | 'unknown';
  /** Fee due for a payment; null when no tariff says. */
  readonly feeOf: (vehicleClass: string, at: number) => number | null;
  /** True for a payment (device, epoch, seq) that an acquirer settled. */
  readonly isSettled: (record: JournalFact) => boolean;
}

export interface DeviceFacts {
  readonly device: string;
  readonly kind: 'handheld' | 'meter';
  /** Connected spells that are over or going on, ms; `null` when presence is not kept (then no silences). */
  readonly connected: readonly { readonly from: number; readonly to: number }[] | null;
  /** Readings in order of time. */
  readonly battery: readonly { readonly at: number; readonly percent: number }[];
  /** Records of before and after the day, where the numbers of the day join: highest seq seen before the day. */
  readonly seqBefore: { readonly epoch: number; readonly seq: number; readonly at: number } | null;
}

/** Key of the record that a void takes back. */
export const voidKey = (device: string, epoch: number, seq: number): string => `${device}/${epoch}/${seq}`;

export interface ShiftKey {
  readonly device: string;
  readonly shift: string;
  readonly attendant: string;
}
