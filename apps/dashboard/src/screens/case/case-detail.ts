import type { Schemas } from '../../parts/api';

export type CaseDetail = Schemas['CaseDetailDto'];

/** What of the sum at stake has neither come back nor been written off, rupiah. */
export const outstandingOf = ({ amount, recovered }: CaseDetail): number => Math.max(0, amount - recovered);
