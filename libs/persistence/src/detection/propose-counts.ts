import type { BusinessDate, Rupiah } from '@app/kernel';
import type { Sql } from '../database.js';

export interface CountProposal {
  rank: number;
  point: string;
  pointName: string;
  fromHour: number;
  toHour: number;
  people: number;
  /** Rupiah a month that the count is expected to make certain or bring back. */
  value: Rupiah;
  uncertainty: Rupiah;
  suspicion: Rupiah;
  lastCountDays: number | null;
  reason: { id: string; en: string };
}

/** Where so many teams would learn or recover most on a day. */
export async function proposeFieldCounts(
  _sql: Sql,
  _question: { date: BusinessDate; today: BusinessDate; teams: number; people: number },
): Promise<CountProposal[]> {
  return [];
}
