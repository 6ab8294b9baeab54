import { useNavigate } from '@tanstack/react-router';
import type { MouseEvent, ReactElement, ReactNode } from 'react';
import { useCommon } from '../i18n/i18n';
import type { Column } from './column';
import { Day, Instant, Money, useFormat } from './figures';

/** The columns that most tables have. `pick` takes the value out of the row; an absent one is a dash. */

type Pick<Row, T> = (row: Row) => T | null | undefined;
type More<Row> = Partial<Omit<Column<Row>, 'id' | 'header' | 'cell'>>;

export const textColumn = <Row,>(
  id: string,
  header: string,
  pick: Pick<Row, ReactNode>,
  more: More<Row> = {},
): Column<Row> => ({
  id,
  header,
  cell: (row) => pick(row) || '–',
  ...more,
});

/** The number of a paper or a thing: never broken into lines. */
export const codeColumn = <Row,>(
  id: string,
  header: string,
  pick: Pick<Row, string>,
  more: More<Row> = {},
): Column<Row> => ({
  id,
  header,
  cell: (row) => <span className="code">{pick(row) || '–'}</span>,
  ...more,
});

export const moneyColumn = <Row,>(
  id: string,
  header: string,
  pick: Pick<Row, number>,
  more: More<Row> = {},
): Column<Row> => ({
  id,
  header,
  number: true,
  cell: (row) => <Money amount={pick(row)} />,
  ...more,
});

export const countColumn = <Row,>(
  id: string,
  header: string,
  pick: Pick<Row, number>,
  more: More<Row> = {},
): Column<Row> => ({
  id,
  header,
  number: true,
  cell: (row) => <Count value={pick(row)} />,
  ...more,
});

export const instantColumn = <Row,>(
  id: string,
  header: string,
  pick: Pick<Row, string>,
  more: More<Row> = {},
): Column<Row> => ({
  id,
  header,
  cell: (row) => <Instant at={pick(row)} />,
  ...more,
});

export const dayColumn = <Row,>(
  id: string,
  header: string,
  pick: Pick<Row, string>,
  more: More<Row> = {},
): Column<Row> => ({
  id,
  header,
  cell: (row) => <Day date={pick(row)} />,
  ...more,
});

export function Count({ value }: { value: number | null | undefined }): ReactElement {
  const format = useFormat();
  return <span className="number">{value === null || value === undefined ? '–' : format.integer(value)}</span>;
}

/** A word of the common texts, such as a class or a method; the code itself where there is none. */
export function Word({ group, of }: { group: string; of: string | null | undefined }): ReactElement {
  const t = useCommon();
  if (!of) return <span>–</span>;
  const word = t(`${group}.${of}`);
  return <span>{word === `${group}.${of}` ? of : word}</span>;
}

export function ToPoint({ code }: { code: string | null | undefined }): ReactElement {
  return <To path="/points" of={code} />;
}

export function ToDevice({ id }: { id: string | null | undefined }): ReactElement {
  return <To path="/devices" of={id} />;
}

export function ToCase({ id, children }: { id: string | null | undefined; children?: ReactNode }): ReactElement {
  return (
    <To path="/cases" of={id}>
      {children ?? id?.slice(0, 8)}
    </To>
  );
}

/** The raw record `device/epoch/seq`. */
export function ToRecord({ of }: { of: string | null | undefined }): ReactElement {
  return of ? <Way href={`/records/${of}`}>{of}</Way> : <span>–</span>;
}

/** What a terminal sent on a business day. */
export function ToJournal({ device, day }: { device: string; day: string }): ReactElement {
  return <Way href={`/devices/${encodeURIComponent(device)}?j-from=${day}&j-to=${day}`}>{device}</Way>;
}

function To({
  path,
  of,
  children,
}: {
  path: string;
  of: string | null | undefined;
  children?: ReactNode;
}): ReactElement {
  return of ? <Way href={`${path}/${encodeURIComponent(of)}`}>{children ?? of}</Way> : <span>–</span>;
}

/** A link in a row: plain, as a long list has thousands. What is pressed with it opens a new page, as browsers do. */
function Way({ href, children }: { href: string; children: ReactNode }): ReactElement {
  const navigate = useNavigate();
  const follow = (event: MouseEvent): void => {
    event.stopPropagation();
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void navigate({ href } as never);
  };
  return (
    <a href={href} className="code" onClick={follow}>
      {children}
    </a>
  );
}

/** The choices of a filter or a field out of codes and their group of common words. */
export function useChoices(group: string): (codes: readonly string[]) => { value: string; label: string }[] {
  const t = useCommon();
  return (codes) =>
    codes.map((value) => {
      const label = t(`${group}.${value}`);
      return { value, label: label === `${group}.${value}` ? value : label };
    });
}

export const VEHICLES = ['motorcycle', 'car', 'minibus', 'truck', 'trailer'] as const;
/** Patterns of exact exceptions. */
export const PATTERNS = [
  'amount-mismatch',
  'below-minimum',
  'broken-chain',
  'cash-over-declared',
  'cash-under-declared',
  'collection-difference',
  'credit-not-explained',
  'credit-note-difference',
  'double-debit',
  'late-deposit',
  'no-credit-note',
  'payout-difference',
  'payout-not-credited',
  'record-conflict',
  'recorded-not-settled',
  'refund-without-payment',
  'refunded-payment',
  'sequence-gap',
  'serial-reuse',
  'serial-unknown',
  'settled-not-recorded',
  'shift-not-closed',
  'short-deposit',
  'void-abuse',
  'wrong-payee',
] as const;
export const SEVERITIES = ['critical', 'major', 'minor', 'warning', 'indeterminate'] as const;
