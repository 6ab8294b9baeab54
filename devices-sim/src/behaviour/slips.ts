import { MINUTE_MS, type Random } from '@app/kernel';
import type { Behaviour, Shift } from './behaviour.js';

/** An honest attendant now and then serves the last drivers after closing. */
const LATE_SHARE = 0.02;
const LATE_MINUTES = [20, 45] as const;
/** A sticker is overlooked now and then, and the subscriber pays like everybody. */
const OVERLOOKED_SHARE = 0.005;

/** What honest people do wrong in a shift, drawn apart: nothing else of the day hangs on it. The money is handed in. */
export function slipsOf(random: Random, shift: Shift): Behaviour & { readonly staysMs: number } {
  const own = random.fork(`slips/${shift.deviceId}/${shift.from}`);
  const isLate = own.chance(LATE_SHARE);
  return {
    pattern: 'slip',
    staysMs: isLate ? own.integer(...LATE_MINUTES) * MINUTE_MS : 0,
    serve: (deed, context) => {
      if (deed.method !== 'subscription' || deed.fate !== 'recorded' || !own.chance(OVERLOOKED_SHARE)) return deed;
      const fee = context.feeOf(deed.vehicleClass);
      return fee ? { ...deed, method: 'cash', amount: fee.amount } : deed;
    },
  };
}
