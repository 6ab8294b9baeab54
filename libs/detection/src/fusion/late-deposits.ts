import { addDays, weekdayOf, type BusinessDate } from '@app/kernel';
import { nationalHolidayOf } from '../calendar/national-holidays.js';
import type { DepositFact, PointDay } from '../input/city-day.js';

/** Due on the next working day: on the third it is late beyond an excuse. */
const LATE_WORKING_DAYS = 3;
/** When so large a share of the day's deposits is late, the counter was closed: nobody is to blame. */
const COUNTER_CLOSED_SHARE = 0.25;
const COUNTER_DEPOSITS_MIN = 4;

export interface LateDeposit {
  readonly point: string;
  readonly attendant: string;
  readonly forDate: BusinessDate;
  readonly amount: number;
}

/** The deposits of attendants handed in today that are late while others' are not. */
export function lateDeposits(date: BusinessDate, points: readonly PointDay[]): LateDeposit[] {
  const all = points.flatMap(({ point, deposits }) =>
    deposits.filter(isOfPerson).map(({ attendant, forDate, amount }) => ({ point, attendant, forDate, amount })),
  );
  const late = all.filter(({ forDate }) => workingDays(forDate, date) >= LATE_WORKING_DAYS);
  const isClosed = late.length >= COUNTER_DEPOSITS_MIN && late.length >= COUNTER_CLOSED_SHARE * all.length;
  return isClosed ? [] : late;
}

const isOfPerson = (deposit: DepositFact): deposit is DepositFact & { forDate: BusinessDate } =>
  deposit.attendant !== '' && deposit.forDate !== null;

/** Working days after `from` up to and with `to`, as far as it matters. */
function workingDays(from: BusinessDate, to: BusinessDate): number {
  let days = 0;
  for (let day = addDays(from, 1); day <= to && days < LATE_WORKING_DAYS; day = addDays(day, 1)) {
    const weekday = weekdayOf(day);
    if (weekday !== 0 && weekday !== 6 && nationalHolidayOf(day) === null) days++;
  }
  return days;
}
