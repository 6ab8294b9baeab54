import type { Search } from '../app/search';
import { addDays, jakartaToday } from './format';

/** Business days, both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

const DAY = /^20\d\d-\d\d-\d\d$/;

/** The business days that an address asks for; the last `days` when it asks for none. */
export function periodOf({ from, to }: Search, days: number): Period {
  const last = to && DAY.test(to) ? to : jakartaToday();
  return { from: from && DAY.test(from) ? from : addDays(last, 1 - days), to: last };
}
