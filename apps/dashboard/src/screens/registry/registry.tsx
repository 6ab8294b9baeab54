import { useParams } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { Role } from '../../app/session';
import { PageHeader, Sections, type Section } from '../../parts/page';
import { Assignments, Attendants } from './attendants';
import { Contracts, Operators, PointOperators } from './operators';
import { Calendar, FreeZones } from './calendar';
import { Holidays } from './holidays';
import { AccessLog, AuditLog } from './logs';
import { Points } from './points';
import { RuleBooks } from './rules';
import { Subscriptions } from './subscriptions';
import { Tariffs } from './tariffs';
import { Tickets } from './tickets';
import { Sessions, Users } from './users';
import { useT } from './texts';

const CITY: readonly Role[] = ['administrator', 'revenue-officer', 'auditor'];
const WATCHERS: readonly Role[] = ['administrator', 'auditor'];

/** What is in force, and who may do what. */
export function Registry(): ReactElement {
  const t = useT();
  const { tab } = useParams({ strict: false }) as { tab?: string };
  const sections: Section[] = [
    { key: 'points', label: t('points'), body: () => <Points /> },
    { key: 'tariffs', label: t('tariffs'), body: () => <Tariffs /> },
    { key: 'operators', label: t('operators'), body: () => <Operators /> },
    { key: 'contracts', label: t('contracts'), body: () => <Contracts /> },
    { key: 'point-operators', label: t('pointOperators'), body: () => <PointOperators /> },
    { key: 'attendants', label: t('attendants'), body: () => <Attendants /> },
    { key: 'assignments', label: t('assignments'), body: () => <Assignments /> },
    { key: 'tickets', label: t('tickets'), body: () => <Tickets /> },
    { key: 'free-zones', label: t('freeZones'), body: () => <FreeZones /> },
    { key: 'subscriptions', label: t('subscriptions'), roles: CITY, body: () => <Subscriptions /> },
    { key: 'calendar', label: t('calendar'), body: () => <Calendar /> },
    { key: 'holidays', label: t('holidays'), body: () => <Holidays /> },
    { key: 'rules', label: t('rules'), roles: CITY, body: () => <RuleBooks /> },
    { key: 'users', label: t('users'), roles: WATCHERS, body: () => <Users /> },
    { key: 'sessions', label: t('sessions'), roles: ['administrator'], body: () => <Sessions /> },
    { key: 'audit', label: t('audit'), roles: WATCHERS, body: () => <AuditLog /> },
    { key: 'access', label: t('access'), roles: WATCHERS, body: () => <AccessLog /> },
  ];
  return (
    <>
      <PageHeader title={t('registry')} />
      <Sections base="/registry" {...(tab && { tab })} sections={sections} />
    </>
  );
}
