import type { BusinessDate } from '@app/kernel';
import { PRINTED_ACQUIRER, type Payout } from './acquirers.js';

/** The simulated bank: the city treasury's account (RKUD), and one into which card acquirers pay. */
export const TREASURY_ACCOUNT = 'SIM-RKUD';
export const COLLECTING_ACCOUNT = 'SIM-COLLECTING';

/** Card acquirers pay into the collecting account; the others straight to the treasury. */
export const isCollected = ({ acquirer }: Payout): boolean => acquirer.startsWith('card-');

/** The slip that takes a day's card payouts on to the treasury account. */
export const bankSlipOf = (creditedOn: BusinessDate): string => `SIM-STS-CARD-${creditedOn}`;

/** A day's statement of both accounts: payouts, and the credit notes of the day's slips. */
export function statementFile(
  day: BusinessDate,
  payouts: readonly Payout[],
  creditNotes: readonly { slip: string; amount: number }[],
): string {
  const head = 'account,entry_id,direction,value_date,amount,reference,description';
  const paid = payouts
    .filter((payout) => payout.amount > 0)
    .map((payout) => {
      const account = isCollected(payout) ? COLLECTING_ACCOUNT : TREASURY_ACCOUNT;
      const words = `${payout.acquirer} payout (simulated)`;
      return [account, `PO-${payout.batch}`, 'C', day, payout.amount, payout.batch, words].join(',');
    });
  const notes = creditNotes.map(({ slip, amount }) =>
    [TREASURY_ACCOUNT, `CN-${slip}`, 'C', day, amount, slip, 'nota kredit (simulated)'].join(','),
  );
  return `${[head, ...paid, ...notes].join('\n')}\n`;
}

/** Payouts that another simulated acquirer's settlement file (canonical format, ours: no quotes) announces, by day. */
export function payoutsIn(file: string): { day: BusinessDate; payout: Payout }[] {
  const [head = '', ...lines] = file.trim().split(/\r?\n/);
  const column = new Map(head.split(',').map((name, n) => [name, n]));
  const sums = new Map<string, { day: BusinessDate; acquirer: string; batch: string; sen: number }>();
  for (const line of lines) {
    const cells = line.split(',');
    const cell = (name: string): string => cells[column.get(name) ?? -1] ?? '';
    const kind = cell('kind');
    const amount = Math.round(Number(cell('amount')) * 100);
    const fee = Math.round(Number(cell('fee') || 0) * 100);
    const sen = kind === 'payment' ? amount - fee : kind === 'fee' ? -amount : fee - amount;
    const [acquirer, batch, day] = [cell('acquirer'), cell('batch_id'), cell('settlement_date')];
    if (!acquirer || !batch || !Number.isFinite(sen) || acquirer === PRINTED_ACQUIRER) continue;
    const known = sums.get(batch)?.sen ?? 0;
    sums.set(batch, { day, acquirer, batch, sen: known + sen });
  }
  return [...sums.values()].map(({ day, acquirer, batch, sen }) => {
    return { day, payout: { acquirer, batch, amount: Math.round(sen / 100) } };
  });
}
