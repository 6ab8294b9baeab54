import { useParams } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { Role } from '../../app/session';
import { PageHeader, Sections, type Section } from '../../parts/page';
import { BankEntries, BankStatements } from './bank';
import { Deposits, Slips } from './deposits';
import { Balances, Exceptions } from './exceptions';
import { Acquirers, Notices, Orders } from './qris';
import { SettlementRows, Settlements } from './settlements';
import { useT } from './texts';

const CITY: readonly Role[] = ['administrator', 'revenue-officer', 'auditor'];

/** The road from settlement to the treasury, one list an address. */
export function Money(): ReactElement {
  const t = useT();
  const { tab } = useParams({ strict: false }) as { tab?: string };
  const sections: Section[] = [
    { key: 'exceptions', label: t('exceptions'), body: () => <Exceptions /> },
    { key: 'settlements', label: t('settlements'), roles: CITY, body: () => <Settlements /> },
    { key: 'rows', label: t('settlementRows'), body: () => <SettlementRows /> },
    { key: 'deposits', label: t('deposits'), body: () => <Deposits /> },
    { key: 'slips', label: t('slips'), roles: CITY, body: () => <Slips /> },
    { key: 'bank', label: t('bank'), roles: CITY, body: () => <BankStatements /> },
    { key: 'bank-entries', label: t('bankEntries'), roles: CITY, body: () => <BankEntries /> },
    { key: 'balances', label: t('balances'), roles: CITY, body: () => <Balances /> },
    { key: 'orders', label: t('orders'), body: () => <Orders /> },
    { key: 'notices', label: t('notices'), roles: CITY, body: () => <Notices /> },
    { key: 'acquirers', label: t('acquirers'), roles: CITY, body: () => <Acquirers /> },
  ];
  return (
    <>
      <PageHeader title={t('money')} />
      <Sections base="/money" {...(tab && { tab })} sections={sections} />
    </>
  );
}
