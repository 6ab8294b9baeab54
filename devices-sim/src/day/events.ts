import type { BodyOf, Method, VehicleClass } from '@app/protocol';

/** What a terminal is to journal. Numbers that only the terminal knows (seq, its drawer) are filled in when it is sealed. */
export type Draft =
  | { readonly type: 'payment'; readonly body: BodyOf<'payment'> }
  /** `target` is the id of the payment's event. */
  | { readonly type: 'void'; readonly target: string; readonly reason: string }
  | { readonly type: 'shift-open'; readonly body: BodyOf<'shift-open'> }
  /** Declares what the terminal took in cash, less `shortRupiah`. */
  | { readonly type: 'shift-close'; readonly shift: string; readonly attendant: string; readonly shortRupiah: number }
  /** Counts what the cash box took, less `shortRupiah`. */
  | { readonly type: 'collection'; readonly collector: string; readonly shortRupiah: number }
  /** A collection whose sums are known from elsewhere (a real meter's log). */
  | { readonly type: 'collection'; readonly body: BodyOf<'collection'> }
  | { readonly type: 'count'; readonly body: BodyOf<'count'> }
  | { readonly type: 'boot'; readonly body: BodyOf<'boot'> }
  | { readonly type: 'test'; readonly body: BodyOf<'test'> };

interface EventBase {
  readonly deviceId: string;
  /** True time in ms; the terminal's own clock may say something else. */
  readonly at: number;
}

export interface RecordEvent extends EventBase {
  readonly kind: 'record';
  /** Unique in the simulation, the same on every run of a seed. */
  readonly id: string;
  readonly draft: Draft;
  /** Deleted from the terminal before it is sent: its number is used up, its content gone. */
  readonly withheld: boolean;
}

/** What happens to or on a terminal, in order of true time. */
export type DeviceEvent =
  | RecordEvent
  | (EventBase & { readonly kind: 'link'; readonly up: boolean })
  | (EventBase & { readonly kind: 'power'; readonly on: boolean })
  | (EventBase & { readonly kind: 'clock'; readonly offsetMs: number })
  | (EventBase & { readonly kind: 'battery'; readonly percent: number })
  /** The terminal sends its newest records once more, as after a lost PUBACK. */
  | (EventBase & { readonly kind: 'repeat' });

/** What became of one driver who came, or of one cash box: the truth that the system never reads. */
export interface TruthDeed {
  readonly kind: 'deed';
  readonly point: string;
  readonly deviceId: string;
  readonly attendant: string;
  readonly shift: string;
  readonly at: number;
  readonly vehicleClass: VehicleClass;
  /** What the tariff asks, rupiah. */
  readonly fee: number;
  readonly method: Method;
  /** `exempt`: owed nothing. `lost`: not recorded for a fault, nobody's theft. */
  readonly fate: 'recorded' | 'unrecorded' | 'withheld' | 'voided' | 'lost' | 'exempt';
  /** Id of the record's event; null when there is none. */
  readonly record: string | null;
  readonly recordedAmount: number;
  /** Rupiah that the city lost by a theft. */
  readonly taken: number;
  readonly pattern: string | null;
}

/** A theft or a fault over a time, in the words of `pattern` (detection.md). */
export interface TruthEpisode {
  readonly kind: 'episode' | 'fault';
  readonly pattern: string;
  readonly point: string;
  readonly deviceId: string | null;
  readonly attendant: string | null;
  /** Business days for a theft, instants (RFC 3339) for a fault. */
  readonly from: string;
  readonly to: string;
}

/** A shift's or a cash box's declared sum that fell short on purpose. */
export interface TruthShort {
  readonly kind: 'short';
  readonly pattern: string;
  readonly point: string;
  readonly deviceId: string;
  readonly attendant: string;
  readonly at: number;
  readonly taken: number;
}

export type Truth = TruthDeed | TruthEpisode | TruthShort;
