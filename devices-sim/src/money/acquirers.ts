import { addDays, type BusinessDate, type Random } from '@app/kernel';
import { atText } from '../journal/device-journal.js';
import { LATE_SHARE, strikes, type TruthMoney } from './mischief.js';
import type { Paid } from './money-log.js';

/** Acquirer of the printed codes. Its fee is 0.7 % of the amount; e-money cards cost nothing here. */
export const PRINTED_ACQUIRER = 'sim-printed';
const PRINTED_FEE_PER_MILLE = 7;

/** One line of a simulated acquirer's settlement. */
export interface SettledLine {
  readonly acquirer: string;
  readonly batch: string;
  readonly transaction: string;
  readonly paid: Paid;
  readonly amount: number;
  /** In 1/100 rupiah. */
  readonly feeSen: number;
}

/** What acquirers make of a day's payments, by the day they pay out on. */
export interface SettledDay {
  readonly onTime: readonly SettledLine[];
  /** Missed the cut-off: in the next day's file. */
  readonly late: readonly Paid[];
  readonly truth: readonly TruthMoney[];
}

/**
 * What acquirers settle of a day's payments: all of those to our codes and cards, but for what is planted.
 * @param own national merchant ids that are the city's, by point
 */
export function settle(
  random: Random,
  date: BusinessDate,
  paid: readonly Paid[],
  lateBefore: readonly Paid[],
  own: ReadonlyMap<string, string | null>,
): SettledDay {
  const mine = random.fork(`settle/${date}`);
  const isOurs = (item: Paid): boolean =>
    item.method === 'card' ||
    (item.orderId === null && item.rrn !== null && item.nmid === (own.get(item.point) ?? null));
  const ours = paid.filter(isOurs).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const late = ours.filter((item) => mine.fork(`late/${item.id}`).chance(LATE_SHARE));
  const usual = ours.filter((item) => !late.includes(item));
  const truth: TruthMoney[] = [];
  const lines = [...lateBefore, ...usual].map((item) => lineOf(date, item));
  return { onTime: planted(mine, date, lines, truth), late, truth };
}

function lineOf(date: BusinessDate, paid: Paid, amount = paid.amount, transaction = transactionOf(paid)): SettledLine {
  if (paid.method === 'card') {
    const acquirer = `card-${(paid.issuer ?? 'unknown').toLowerCase()}`;
    return { acquirer, batch: `${acquirer.toUpperCase()}-${date}`, transaction, paid, amount, feeSen: 0 };
  }
  const feeSen = Math.round((amount * 100 * PRINTED_FEE_PER_MILLE) / 1000);
  return { acquirer: PRINTED_ACQUIRER, batch: `PRINTED-${date}`, transaction, paid, amount, feeSen };
}

function transactionOf({ rrn, id }: Paid): string {
  return `SIM${rrn ?? id.replace(/[^\w]/g, '')}`;
}

/** Plants the day's exceptions among the lines of printed codes. */
function planted(
  random: Random,
  date: BusinessDate,
  lines: readonly SettledLine[],
  truth: TruthMoney[],
): SettledLine[] {
  const codes = lines.filter((line) => line.paid.method === 'qris');
  if (codes.length < 10) return [...lines];
  const result = [...lines];
  const tell = (pattern: TruthMoney['pattern'], about: string, { point }: Paid, amount: number): void =>
    void truth.push({ kind: 'money', pattern, date, about, point, amount });
  // Nothing strikes the same payment twice.
  const chosen = (pattern: TruthMoney['pattern']): SettledLine =>
    codes.splice(random.fork(`which/${pattern}`).integer(0, codes.length - 1), 1)[0]!;
  if (strikes(random, 'double-debit')) {
    const { paid } = chosen('double-debit');
    const again = lineOf(date, paid, paid.amount, `${transactionOf(paid)}D`);
    result.push(again);
    tell('double-debit', again.transaction, paid, paid.amount);
  }
  if (strikes(random, 'settled-not-recorded')) {
    const { paid } = chosen('settled-not-recorded');
    const rrn = `9${(paid.rrn ?? '').slice(1)}`;
    const strange = lineOf(date, { ...paid, rrn, at: paid.at + 61_000 }, paid.amount, `SIM${rrn}N`);
    result.push(strange);
    tell('settled-not-recorded', strange.transaction, paid, paid.amount);
  }
  if (strikes(random, 'recorded-not-settled')) {
    const gone = chosen('recorded-not-settled');
    result.splice(result.indexOf(gone), 1);
    tell('recorded-not-settled', gone.paid.id, gone.paid, gone.paid.amount);
  }
  if (strikes(random, 'amount-mismatch')) {
    const wrong = chosen('amount-mismatch');
    result[result.indexOf(wrong)] = lineOf(date, wrong.paid, wrong.amount + 1000);
    tell('amount-mismatch', wrong.paid.id, wrong.paid, 1000);
  }
  return result;
}

/** The printed codes' lines in the canonical format, paid out on the next day. */
export function canonicalFile(date: BusinessDate, lines: readonly SettledLine[]): string {
  const head =
    'acquirer,kind,transaction_id,batch_id,order_id,rrn,nmid,terminal,amount,fee,transaction_at,settlement_date';
  const rows = lines.map(({ acquirer, transaction, batch, paid, amount, feeSen }) =>
    [
      ...[acquirer, 'payment', transaction, batch, '', paid.rrn ?? '', paid.nmid ?? '', ''],
      ...[`${amount}.00`, (feeSen / 100).toFixed(2), atText(paid.at), addDays(date, 1)],
    ].join(','),
  );
  return `${[head, ...rows].join('\n')}\n`;
}

/** Card lines in the synthetic format, paid out on the next day. */
export function cardFile(date: BusinessDate, lines: readonly SettledLine[]): string {
  const head =
    'synthetic_batch,synthetic_issuer,synthetic_type,synthetic_terminal,synthetic_trace,synthetic_card_last4,synthetic_amount,synthetic_fee,synthetic_at,synthetic_settled_on';
  const rows = lines.map(({ acquirer, batch, paid, amount }) =>
    [
      ...[batch, acquirer.slice('card-'.length), 'SALE', paid.deviceId, paid.trace, paid.last4],
      ...[`${amount}.00`, '0.00', atText(paid.at), addDays(date, 1)],
    ].join(','),
  );
  return `${[head, ...rows].join('\n')}\n`;
}

/** What an acquirer pays out at once. */
export interface Payout {
  readonly acquirer: string;
  readonly batch: string;
  /** Whole rupiah. */
  readonly amount: number;
}

export function payoutsOf(lines: readonly SettledLine[]): Payout[] {
  const sums = new Map<string, { acquirer: string; batch: string; sen: number }>();
  for (const { acquirer, batch, amount, feeSen } of lines) {
    const sum = sums.get(batch) ?? { acquirer, batch, sen: 0 };
    sums.set(batch, { ...sum, sen: sum.sen + amount * 100 - feeSen });
  }
  return [...sums.values()].map(({ acquirer, batch, sen }) => ({ acquirer, batch, amount: Math.round(sen / 100) }));
}
