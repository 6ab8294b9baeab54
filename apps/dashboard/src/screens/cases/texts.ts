import { texts } from '../../i18n/i18n';

export const useT = texts(
  'cases',
  {
    kind: 'Jenis',
    subject: 'Tentang',
    recovered: 'Dipulihkan',
    findings: 'Temuan',
    assignee: 'Penanggung jawab',
    opened: 'Dibuka',
    overdue: 'Lewat tenggat',
  },
  {
    kind: 'Kind',
    subject: 'About',
    recovered: 'Recovered',
    findings: 'Findings',
    assignee: 'Assignee',
    opened: 'Opened',
    overdue: 'Past due',
  },
);
