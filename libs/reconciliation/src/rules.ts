import { addDays, startOfBusinessDay, weekdayOf, type BusinessDate, type Rupiah } from '@app/kernel';

/** What joins a record and a settlement line. `card` is terminal, business day and trace number together. */
export type MatchKey = 'orderId' | 'rrn' | 'card';

/** How payments of one channel are matched. */
export interface ChannelRule {
  keys: readonly MatchKey[];
  /** Difference still called equal, per group. */
  toleranceRupiah: Rupiah;
  /** Calendar days after the payment's business day within which the acquirer settles. */
  settlementDaysMax: number;
  /** Calendar days after a settled payment within which its record may still come (terminals spool offline). */
  recordDaysMax: number;
  /** Calendar days after a void within which its refund may still come. */
  refundDaysMax: number;
}

/** How payouts of an acquirer are matched with the bank. */
export interface PayoutRule {
  /** Acquirers round fees to the sen and pay whole rupiah. */
  toleranceRupiah: Rupiah;
  /** Calendar days after the settlement date within which the bank credits. */
  creditDaysMax: number;
}

export interface CashRule {
  shiftToleranceRupiah: Rupiah;
  /** True when attendants count the float in. */
  floatInDeclared: boolean;
  /** Hours after which a shift that was never closed is an exception. */
  shiftHoursMax: number;
  collectionToleranceRupiah: Rupiah;
  depositToleranceRupiah: Rupiah;
  /** Working days after the business day within which cash must reach the treasurer, and then the bank. */
  depositWorkingDaysMax: number;
  /** Working days after the deposit slip within which the credit note must come. */
  creditNoteWorkingDaysMax: number;
}

export interface IntegrityRule {
  /** A gap younger than this may still be filled. */
  gapHoursMax: number;
}

/** Every rule of reconciliation as data. The version stands on every match and exception; a change is a new version. */
export interface RuleBook {
  version: string;
  channels: Readonly<Record<Channel, ChannelRule>>;
  /** By acquirer; `*` for the others. */
  payouts: Readonly<Record<string, PayoutRule>>;
  cash: CashRule;
  integrity: IntegrityRule;
}

export type Channel = 'qris' | 'card';

/** The book to begin with. Deadlines are the ones recalled in the field study: configuration, not law. */
export const defaultRules: RuleBook = {
  version: '1',
  channels: {
    qris: { keys: ['orderId', 'rrn'], toleranceRupiah: 0, settlementDaysMax: 2, recordDaysMax: 3, refundDaysMax: 3 },
    card: { keys: ['card'], toleranceRupiah: 0, settlementDaysMax: 4, recordDaysMax: 3, refundDaysMax: 5 },
  },
  payouts: { '*': { toleranceRupiah: 10, creditDaysMax: 3 } },
  cash: {
    shiftToleranceRupiah: 0,
    floatInDeclared: true,
    shiftHoursMax: 24,
    collectionToleranceRupiah: 0,
    depositToleranceRupiah: 0,
    depositWorkingDaysMax: 1,
    creditNoteWorkingDaysMax: 1,
  },
  integrity: { gapHoursMax: 24 },
};

/** The instant (ms) at which a number of whole calendar days after a business day is over. */
export function endOfDay(date: BusinessDate, days: number): number {
  return startOfBusinessDay(addDays(date, days + 1));
}

/** The instant (ms) at which a number of working days after a business day is over: no weekends, no holidays. */
export function endOfWorkingDay(date: BusinessDate, days: number, holidays: ReadonlySet<BusinessDate>): number {
  let day = date;
  for (let left = days; left > 0;) {
    day = addDays(day, 1);
    if (isWorkingDay(day, holidays)) left -= 1;
  }
  return endOfDay(day, 0);
}

function isWorkingDay(date: BusinessDate, holidays: ReadonlySet<BusinessDate>): boolean {
  const weekday = weekdayOf(date);
  return weekday !== 0 && weekday !== 6 && !holidays.has(date);
}
