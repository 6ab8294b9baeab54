import {
  addDays,
  fail,
  invariant,
  ok,
  splitByShares,
  sumRupiah,
  type BusinessDate,
  type Result,
  type Rupiah,
} from '@app/kernel';
import type { MinimumShortfallEvent, ShareStatementEvent } from './events.js';

/** Shares of the gross in basis points; they add up to 10,000. */
export interface Shares {
  cityBp: number;
  attendantBp: number;
  operatorBp: number;
}

/** What an operator's contract says from one day to another. A change is a new row, never an edit. */
export interface ContractTerms {
  operator: string;
  from: BusinessDate;
  /** Last day, inclusive; null while open. */
  until: BusinessDate | null;
  /** By street class of the point; `*` for every class without a row of its own. */
  shares: Readonly<Record<string, Shares>>;
  /** 0 where the contract has none. */
  dailyMinimum: Rupiah;
}

export interface ContractError {
  code: 'shares' | 'overlap' | 'period' | 'minimum';
  message: string;
}

/** Checks an operator's rows: periods in order, no overlap, shares complete. */
export function checkTerms(terms: readonly ContractTerms[]): Result<void, ContractError> {
  const sorted = [...terms].sort((a, b) => (a.operator + a.from < b.operator + b.from ? -1 : 1));
  for (const [i, row] of sorted.entries()) {
    if (row.until !== null && row.until < row.from) {
      return fail({ code: 'period', message: `${row.operator}: until ${row.until} lies before from ${row.from}` });
    }
    if (!Number.isSafeInteger(row.dailyMinimum) || row.dailyMinimum < 0) {
      return fail({ code: 'minimum', message: `${row.operator}: dailyMinimum must be whole rupiah, 0 or more` });
    }
    for (const [streetClass, { cityBp, attendantBp, operatorBp }] of Object.entries(row.shares)) {
      const parts = [cityBp, attendantBp, operatorBp];
      if (parts.some((bp) => !Number.isInteger(bp) || bp < 0) || cityBp + attendantBp + operatorBp !== 10_000) {
        return fail({ code: 'shares', message: `${row.operator}, class ${streetClass}: shares must add up to 10,000` });
      }
    }
    const before = sorted[i - 1];
    if (before?.operator === row.operator && (before.until === null || before.until >= row.from)) {
      return fail({ code: 'overlap', message: `${row.operator}: the row from ${row.from} overlaps the one before it` });
    }
  }
  return ok(undefined);
}

/** The terms in force for an operator on a day, or null. */
export function termsOn(terms: readonly ContractTerms[], operator: string, date: BusinessDate): ContractTerms | null {
  return terms.find((t) => t.operator === operator && t.from <= date && (t.until === null || date <= t.until)) ?? null;
}

/** The gross of one point on one business day. */
export interface PointGross {
  point: string;
  streetClass: string;
  date: BusinessDate;
  gross: Rupiah;
}

/** A line of a revenue share statement: a point under the terms that began on `termsFrom`. */
export interface ShareLine {
  point: string;
  streetClass: string;
  termsFrom: BusinessDate;
  gross: Rupiah;
  city: Rupiah;
  attendant: Rupiah;
  operator: Rupiah;
}

export interface ShareStatement {
  operator: string;
  /** `YYYY-MM`. */
  month: string;
  lines: ShareLine[];
  total: { gross: Rupiah; city: Rupiah; attendant: Rupiah; operator: Rupiah };
  /** Gross on days or street classes for which no terms are in force: shared with nobody, to be looked at. */
  withoutTerms: PointGross[];
}

/**
 * An operator's statement of one month. Rounding happens once per point, class and terms (not per day), by largest
 * remainder, so the shares of every line add up to its gross exactly. Days of other months are left out.
 */
export function shareStatement(
  operator: string,
  month: string,
  terms: readonly ContractTerms[],
  days: Iterable<PointGross>,
): ShareStatement {
  const groups = new Map<string, ShareLine & { shares: Shares }>();
  const withoutTerms: PointGross[] = [];
  for (const day of days) {
    if (!day.date.startsWith(`${month}-`)) continue;
    const inForce = termsOn(terms, operator, day.date);
    const shares = inForce?.shares[day.streetClass] ?? inForce?.shares['*'];
    if (!inForce || !shares) {
      if (day.gross !== 0) withoutTerms.push(day);
      continue;
    }
    const { point, streetClass } = day;
    const key = JSON.stringify([point, streetClass, inForce.from]);
    const zero = { gross: 0, city: 0, attendant: 0, operator: 0 };
    const group = groups.get(key) ?? { point, streetClass, termsFrom: inForce.from, ...zero, shares };
    group.gross = sumRupiah([group.gross, day.gross]);
    groups.set(key, group);
  }
  const lines = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { shares, ...line }]) => ({ ...line, ...split(line.gross, shares) }));
  const total = (pick: (line: ShareLine) => Rupiah): Rupiah => sumRupiah(lines.map(pick));
  return {
    operator,
    month,
    lines,
    total: {
      gross: total((line) => line.gross),
      city: total((line) => line.city),
      attendant: total((line) => line.attendant),
      operator: total((line) => line.operator),
    },
    withoutTerms,
  };
}

function split(gross: Rupiah, shares: Shares): Pick<ShareLine, 'city' | 'attendant' | 'operator'> {
  const parts = splitByShares(gross, [shares.cityBp, shares.attendantBp, shares.operatorBp]);
  const [city, attendant, operator] = parts;
  invariant(city !== undefined && attendant !== undefined && operator !== undefined, 'three shares give three parts');
  return { city, attendant, operator };
}

/** The booking of a statement, on the last day of its month. */
export function statementEvent(statement: ShareStatement, revision: number, bookedAt: number): ShareStatementEvent {
  const { operator, month, total } = statement;
  const firstOfNext = addDays(`${month}-01`, 31).slice(0, 7);
  const businessDate = addDays(`${firstOfNext}-01`, -1);
  const shares = { city: total.city, attendant: total.attendant, operatorShare: total.operator };
  return { type: 'share-statement', operator, month, revision, businessDate, bookedAt, ...shares };
}

/** What an operator deposited for one business day. */
export interface OperatorDay {
  date: BusinessDate;
  deposited: Rupiah;
}

/** Money an operator paid in as security, from its own day on. */
export interface SecurityPaid {
  date: BusinessDate;
  amount: Rupiah;
}

/**
 * Days on which an operator deposited less than the minimum in force, oldest first; each draws on what is left of the
 * security that was paid in by then. What was paid in later covers no earlier day: that stays arrears.
 */
export function minimumShortfalls(
  operator: string,
  terms: readonly ContractTerms[],
  days: readonly OperatorDay[],
  security: readonly SecurityPaid[],
  bookedAt: number,
): MinimumShortfallEvent[] {
  let used = 0;
  const events: MinimumShortfallEvent[] = [];
  for (const { date, deposited } of [...days].sort((a, b) => (a.date < b.date ? -1 : 1))) {
    const shortfall = (termsOn(terms, operator, date)?.dailyMinimum ?? 0) - deposited;
    if (shortfall <= 0) continue;
    const paid = sumRupiah(security.filter((item) => item.date <= date).map((item) => item.amount));
    const drawn = Math.max(0, Math.min(paid - used, shortfall));
    used += drawn;
    events.push({ type: 'minimum-shortfall', operator, businessDate: date, bookedAt, shortfall, drawn });
  }
  return events;
}

/** A contract as it is registered: one street class (null: all), from a day to the one before another. */
export interface Contract {
  operator: string;
  streetClass: string | null;
  shares: Shares;
  dailyMinimum: Rupiah;
  from: BusinessDate;
  /** The day after the last one; null while open. */
  to: BusinessDate | null;
}

/**
 * One operator's contracts as terms, period by period: at every day on which one begins or ends, a new row begins. The
 * minimums of contracts that run side by side add up.
 */
export function termsOf(operator: string, contracts: readonly Contract[]): ContractTerms[] {
  const own = contracts.filter((contract) => contract.operator === operator);
  const turns = own.flatMap(({ from, to }) => (to === null ? [from] : [from, to]));
  const starts = [...new Set(turns)].sort();
  return starts.flatMap((from, i) => {
    const next = starts[i + 1];
    const inForce = own.filter((contract) => contract.from <= from && (contract.to === null || contract.to > from));
    if (inForce.length === 0) return [];
    const shares = Object.fromEntries(inForce.map((contract) => [contract.streetClass ?? '*', contract.shares]));
    const dailyMinimum = sumRupiah(inForce.map((contract) => contract.dailyMinimum));
    return [{ operator, from, until: next === undefined ? null : addDays(next, -1), shares, dailyMinimum }];
  });
}
