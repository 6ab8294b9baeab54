import { addDays, type BusinessDate } from '@app/kernel';
import type { TicketRange } from '../../../devices-sim/src/city/city.js';

export interface TicketBook {
  /** Looks serials up while a day is rolled up; each is remembered for 60 days. */
  lookUp(date: BusinessDate): (serial: string) => 'known' | 'reused' | 'unknown';
}

const KEPT_DAYS = 60;

/** The stock book of a point's tickets: which serials were issued, and which were seen. */
export function ticketBook(range: TicketRange | null): TicketBook {
  const seen = new Map<string, BusinessDate>();
  return {
    lookUp: (date) => {
      const oldest = addDays(date, -KEPT_DAYS);
      for (const [serial, day] of seen) {
        if (day >= oldest) break;
        seen.delete(serial);
      }
      return (serial) => {
        if (seen.has(serial)) return 'reused';
        seen.set(serial, date);
        if (!range) return 'known';
        const number = Number(serial.slice(range.prefix.length));
        const issued = serial.startsWith(range.prefix) && number >= range.from && number <= range.to;
        return issued ? 'known' : 'unknown';
      };
    },
  };
}
