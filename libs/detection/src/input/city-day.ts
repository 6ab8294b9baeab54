import type { BusinessDate } from '@app/kernel';

/**
 * What the detector is told of one business day (Asia/Jakarta). Everything is plain JSON. A list that is empty says
 * "nothing happened", a field that is null says "not known". Days come in order, one `CityDay` each; a day assessed again
 * (late records) is assessed from the state that was kept before it.
 */
export interface CityDay {
  readonly date: BusinessDate;
  readonly calendar: CalendarDay;
  readonly points: readonly PointDay[];
}

export interface CalendarDay {
  /** Name of the public holiday; null on an ordinary day. */
  readonly holiday: string | null;
  /** Known events of the city, a district or a point (road works, festival, flood, closure, school holiday, rain ...). */
  readonly events: readonly CalendarEvent[];
}

export interface CalendarEvent {
  readonly kind: string;
  readonly name: string;
  /** null: the whole city. */
  readonly district: string | null;
  readonly point: string | null;
}

/** One point's day. */
export interface PointDay {
  readonly point: string;
  readonly district: string | null;
  readonly streetClass: string | null;
  /** Minutes since midnight; `closes` past 1440 is after midnight. null: closed or free of charge that day. */
  readonly opening: { readonly opens: number; readonly closes: number } | null;
  /** Why nothing is due today (free day, closure); null on a paying day. */
  readonly closure: string | null;
  /** An officer stood there all day: what was recorded is the truth (control group). */
  readonly supervised: boolean;
  /** A new tariff came into force on this day or in the six days before. */
  readonly tariffChanged: boolean;
  /** A change of fees within the day: the minute, and the fees before it; null (or absent) on a day of one tariff. */
  readonly feesBefore?: { readonly minute: number; readonly fees: Readonly<Record<string, number>> } | null;
  /** Fee in force at the end of the day by class, rupiah (the flat or first step). */
  readonly fees: Readonly<Record<string, number>>;
  /** Parking spaces by class; {} when not known. */
  readonly spaces: Readonly<Record<string, number>>;
  readonly counts: readonly HourClassCount[];
  readonly shifts: readonly ShiftDay[];
  readonly devices: readonly DeviceDay[];
  readonly fieldCounts: readonly FieldCountWindow[];
  readonly deposits: readonly DepositFact[];
  /** Complaints of the public that name the point: a port, nothing is told and nothing weighed yet. */
  readonly complaints: number;
  /** Open exact exceptions of the day (pattern and amount): context for the explanation, never evidence. */
  readonly exceptions: readonly { readonly pattern: string; readonly amount: number }[];
}

/** Payments that started in an hour of the day, test and repeated records left out. */
export interface HourClassCount {
  /** 0-23, of `at`. */
  readonly hour: number;
  readonly vehicleClass: string;
  /** cash qris card subscription free. */
  readonly method: string;
  /** Payments recorded, those voided later included. */
  readonly count: number;
  /** Of them voided later. */
  readonly voided: number;
  /** Rupiah of those not voided. */
  readonly amount: number;
}

/**
 * What one attendant did on one terminal in one shift (a meter's day: shift and attendant ''). A payment belongs to the
 * shift that its body names, whatever its clock said; a shift belongs to the day of its opening, or of its first payment.
 */
export interface ShiftDay {
  readonly shift: string;
  readonly device: string;
  readonly attendant: string;
  /** Minutes since midnight of the opening and the close (or of the first and last payment); may pass 1440. */
  readonly from: number;
  readonly to: number;
  /** Payments by class, method and assistance; those voided are included. */
  readonly cells: readonly ShiftCell[];
  /** Payments (voided included) by hour of day, 24 numbers. */
  readonly byHour: readonly number[];
  readonly voids: VoidFacts;
  /** Cash recorded less voids until the close, and what was declared blind at the close (null: no close), rupiah. */
  readonly cashRecorded: number;
  readonly cashDeclared: number | null;
  /** Payments by QRIS and card after the last one in cash, when there was any in cash; null when not known. */
  readonly afterCash: number | null;
  readonly flags: ShiftFlags;
  readonly tickets: TicketFacts;
}

export interface ShiftCell {
  readonly vehicleClass: string;
  readonly method: string;
  readonly assisted: boolean;
  readonly count: number;
  readonly amount: number;
}

export interface VoidFacts {
  readonly count: number;
  readonly amount: number;
  /** Of them those of cash payments, two minutes or more after the payment. */
  readonly late: number;
  readonly lateAmount: number;
  /** Of them those of payments that an acquirer settled. */
  readonly settled: number;
}

/** How many payments of the shift, and their rupiah, were remarkable in themselves. */
export interface ShiftFlags {
  /** Outside the opening hours by more than 15 minutes, going on from payments inside them or after the shift's close. */
  readonly offHours: Tally;
  /** Of them those outside by more than an hour. */
  readonly farOffHours: Tally;
  readonly freeZone: Tally;
  /** Charged although the plate holds a subscription. */
  readonly subscriberCharged: Tally;
  /** By subscription: all of them, and those whose plate the shift had seen already, or that holds none. */
  readonly subscription: Tally;
  readonly subscriptionRepeated: Tally;
  /** Amount other than the tariff; `amount` is what is missing, rupiah (below zero: too much). */
  readonly wrongTariff: Tally;
  /** Those at the fee of the week before, by a terminal that charges nearly everybody so: its configuration is old. */
  readonly staleTariff?: Tally;
  /** QRIS whose NMID is not the point's or operator's. */
  readonly foreignQris: Tally;
  /** Paid with a card that paid before in the same shift, and not marked as assisted. */
  readonly cardRepeated: Tally;
  /** Written under a clock that had been set back (see ClockStep). */
  readonly backdated: Tally;
}

export interface Tally {
  readonly count: number;
  readonly amount: number;
}

/** Ticket serials of the shift. */
export interface TicketFacts {
  readonly used: number;
  /** Seen before, on this day or in the 60 days before. */
  readonly reused: number;
  /** Outside every range that was issued to the point. */
  readonly unknown: number;
  /** Not issued at all although the payment was cash. */
  readonly absent: number;
}

/** One terminal's day. */
export interface DeviceDay {
  readonly device: string;
  readonly kind: 'handheld' | 'meter';
  /** Numbers that are missing although later ones came: each run with the minute of the record before it. */
  readonly missing: readonly MissingRun[];
  /** Times without connection, minutes since midnight (0-1440), clipped to the day. */
  readonly silences: readonly Silence[];
  readonly boots: readonly { readonly minute: number; readonly reason: string }[];
  /** The journal's clock went back by five minutes or more, in order of its numbers. */
  readonly clockSteps: readonly ClockStep[];
  /** A meter's cash box emptied today: what its register said, and what was counted, rupiah. */
  readonly collections: readonly { readonly register: number; readonly counted: number }[];
}

export interface MissingRun {
  readonly minute: number;
  readonly count: number;
  /** Who was on shift; '' when nobody. */
  readonly attendant: string;
}

export interface Silence {
  readonly from: number;
  readonly to: number;
  /** True when records written in the silence came later: the network was gone, the terminal worked. */
  readonly worked: boolean;
  /** Reason of the boot that ended it (device's words); null without one. */
  readonly bootReason: string | null;
  /** Who was on shift when it began; '' when nobody. */
  readonly attendant: string;
  /** Battery percent last told before it; null when not known. */
  readonly battery: number | null;
}

export interface ClockStep {
  readonly minute: number;
  /** How far back, minutes. */
  readonly back: number;
  /** Records written until the clock went forward again. */
  readonly records: number;
  readonly attendant: string;
}

/** What somebody (or a sensor) counted in a stretch of the day, and what was recorded in the same stretch. */
export interface FieldCountWindow {
  readonly source: 'officer' | 'sensor';
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly arrivals: Readonly<Record<string, number>>;
  /** Of them seen to be exempt; null when nobody noted. */
  readonly exempt: number | null;
  /** Payments recorded in the stretch by class, voided ones included. */
  readonly recorded: Readonly<Record<string, number>>;
  /** Who was on shift, '' when unknown or several. */
  readonly attendant: string;
}

/** Money handed in on this day. */
export interface DepositFact {
  /** '' when the point's or operator's coordinator pays for all. */
  readonly attendant: string;
  /** The business day that it is for; null when it does not say. */
  readonly forDate: BusinessDate | null;
  readonly amount: number;
}
