import { useParams } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { Role } from '../../app/session';
import { PageHeader, Sections, type Section } from '../../parts/page';
import { Counts } from './counts';
import { Notes, Potentials, Runs, Suspicions } from './findings';
import { Plans } from './plans';
import { Quality } from './quality';
import { useT } from './texts';

const CITY: readonly Role[] = ['administrator', 'revenue-officer', 'auditor'];

/** What the detector suspects, what feeds it, and how far it may be trusted. */
export function Detection(): ReactElement {
  const t = useT();
  const { tab } = useParams({ strict: false }) as { tab?: string };
  const sections: Section[] = [
    { key: 'suspicions', label: t('suspicions'), body: () => <Suspicions /> },
    { key: 'counts', label: t('counts'), body: () => <Counts /> },
    { key: 'plans', label: t('plans'), roles: CITY, body: () => <Plans /> },
    { key: 'potentials', label: t('potentials'), body: () => <Potentials /> },
    { key: 'notes', label: t('notes'), body: () => <Notes /> },
    { key: 'quality', label: t('quality'), roles: CITY, body: () => <Quality /> },
    { key: 'runs', label: t('runs'), roles: CITY, body: () => <Runs /> },
  ];
  return (
    <>
      <PageHeader title={t('detection')} />
      <Sections base="/detection" {...(tab && { tab })} sections={sections} />
    </>
  );
}
