import { useParams } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { MONEY } from '../../app/places';
import { PageHeader, Sections, type Section } from '../../parts/page';
import { Accounts } from './accounts';
import { BankEntries, BankStatements } from './bank';
import { Batches } from './batches';
import { Collections, Shifts } from './cash';
import { Deposits, Slips } from './deposits';
import { Due, Minimums } from './due';
import { Balances, Exceptions } from './exceptions';
import { ArrearsList, SecurityDeposits, Statements } from './operator-money';
import { Acquirers, Notices, Orders } from './qris';
import { Report } from './report';
import { SettlementRows, Settlements } from './settlements';
import { Targets } from './targets';
import { useT } from './texts';

/** What stands at `/money/<key>`: its name, and the list. `app/places.ts` says under which entry, and who may see it. */
const LISTS: Readonly<Record<string, readonly [label: string, body: () => ReactElement]>> = {
  shifts: ['shifts', Shifts],
  collections: ['collections', Collections],
  due: ['due', Due],
  deposits: ['deposits', Deposits],
  slips: ['slips', Slips],
  settlements: ['settlements', Settlements],
  batches: ['batches', Batches],
  rows: ['settlementRows', SettlementRows],
  bank: ['bank', BankStatements],
  'bank-entries': ['bankEntries', BankEntries],
  accounts: ['accounts', Accounts],
  orders: ['orders', Orders],
  notices: ['notices', Notices],
  acquirers: ['acquirers', Acquirers],
  exceptions: ['exceptions', Exceptions],
  balances: ['balances', Balances],
  statements: ['statements', Statements],
  minimums: ['minimums', Minimums],
  security: ['security', SecurityDeposits],
  arrears: ['arrears', ArrearsList],
  targets: ['targets', Targets],
  report: ['report', Report],
};

/** The road of the money, by the work that is done on it; one list an address. */
export function Money(): ReactElement {
  const t = useT();
  const { tab } = useParams({ strict: false }) as { tab?: string };
  const place = MONEY.find(({ tabs }) => tabs!.some(({ key }) => key === tab)) ?? MONEY[0]!;
  const sections: Section[] = place.tabs!.map(({ key, roles }) => {
    const [label, Body] = LISTS[key]!;
    return { key, label: t(label as 'shifts'), ...(roles && { roles }), body: () => <Body /> };
  });
  return (
    <>
      <PageHeader title={t(place.word as 'money')} />
      <Sections base="/money" {...(tab && { tab })} sections={sections} />
    </>
  );
}
