import { StreamableFile } from '@nestjs/common';
import type { Viewer } from '../auth/viewer.js';
import { exportRows } from '../http/export.js';
import type { ShareLineDto, StatementDetailDto } from '../operators/operator-money.dto.js';
import type { Services } from '../services.js';
import { dayText, minuteText, monthText, number, rupiahText } from './indonesian.js';
import { paper, table, type Column } from './paper.js';
import { simulatedLabel } from './simulated.js';

const COLUMNS = ['point', 'streetClass', 'termsFrom', 'gross', 'city', 'attendant', 'operator'] as const;

const PAPER_COLUMNS: Column<ShareLineDto>[] = [
  { title: 'Titik parkir', width: '*', text: (line) => line.point },
  { title: 'Kelas jalan', width: 50, text: (line) => line.streetClass || '–' },
  { title: 'Ketentuan sejak', width: 82, text: (line) => dayText(line.termsFrom) },
  { title: 'Bruto', width: 68, align: 'right', text: (line) => number(line.gross) },
  { title: 'Pemerintah kota', width: 68, align: 'right', text: (line) => number(line.city) },
  { title: 'Juru parkir', width: 62, align: 'right', text: (line) => number(line.attendant) },
  { title: 'Pengelola', width: 62, align: 'right', text: (line) => number(line.operator) },
];

/** A revenue share statement as a file an operator and the city sign. */
export async function statementFile(
  services: Services,
  detail: StatementDetailDto,
  viewer: Viewer,
  format: 'csv' | 'xlsx' | 'pdf',
): Promise<StreamableFile> {
  const { operator, month, revision } = detail;
  const name = `bagi-hasil-${operator}-${month}-r${revision}`;
  if (format !== 'pdf') {
    const total = { point: 'TOTAL', ...sumsOf(detail) };
    return exportRows(services, [...detail.lines, total], COLUMNS, name, format);
  }
  const bytes = await statementPdf(detail, {
    by: viewer.displayName || viewer.username,
    at: services.clock.now(),
    label: await simulatedLabel(services.database),
  });
  return new StreamableFile(bytes, { type: 'application/pdf', disposition: `attachment; filename="${name}.pdf"` });
}

const sumsOf = ({ gross, city, attendant, operatorShare }: StatementDetailDto) => ({
  gross,
  city,
  attendant,
  operator: operatorShare,
});

export async function statementPdf(
  detail: StatementDetailDto,
  made: { by: string; at: number; label: string | undefined },
): Promise<Buffer> {
  const { operator, month, revision, withoutTerms, madeAt } = detail;
  const sums = sumsOf(detail);
  const title = `Perhitungan bagi hasil retribusi parkir – ${operator} – ${monthText(month)}`;
  return paper({ title, footer: `Dicetak ${minuteText(made.at)} oleh ${made.by}.`, label: made.label }, [
    { text: 'Perhitungan Bagi Hasil Retribusi Parkir', fontSize: 17, bold: true },
    { text: `Pengelola ${operator} · ${monthText(month)} · revisi ${revision}`, fontSize: 11, margin: [0, 2, 0, 2] },
    {
      text: `Dihitung ${minuteText(Date.parse(madeAt))}. Semua angka dalam rupiah, bruto, menurut hari transaksi.`,
      style: 'note',
    },
    table(PAPER_COLUMNS, detail.lines, ['Jumlah', '', '', ...Object.values(sums).map(number)]),
    ...(withoutTerms === 0
      ? []
      : [{ text: `Di luar kontrak, tidak dibagi: ${rupiahText(withoutTerms)}.`, style: 'note', color: '#b3261e' }]),
    {
      margin: [0, 40, 0, 0],
      unbreakable: true,
      columns: ['Untuk Pemerintah Kota', 'Untuk Pengelola'].map((text) => ({
        stack: [text, { text: '\n\n\n\n(………………………………………)' }],
        alignment: 'center' as const,
      })),
    },
  ]);
}
