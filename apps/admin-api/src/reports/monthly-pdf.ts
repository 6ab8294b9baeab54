import type { Content } from 'pdfmake/interfaces.js';
import type { CaseSum, MonthFacts, PatternSum, TargetRealised, WaterfallRow } from '@app/persistence';
import { dailyChart, roadChart } from './charts.js';
import { dayText, minuteText, monthText, number, percentText, rupiahText } from './indonesian.js';
import { BLUE, FAINT, LINE, paper, table, type Column } from './paper.js';
import { groupText, patternText } from './words.js';

/** Who made a report, when, and whether its data are simulated. */
export interface Made {
  by: string;
  at: number;
  label: string | undefined;
  /** Whose report it is. */
  authority: string;
}

const WIDTH = 499;

/** The month as a paper for the inspectorate: A4, in Indonesian, gross. */
export function monthlyPdf(facts: MonthFacts, made: Made): Promise<Buffer> {
  const title = `Laporan Bulanan Retribusi Parkir – ${monthText(facts.month)}`;
  const footer = `Dibuat ${minuteText(made.at)} oleh ${made.by}. Semua angka rupiah bruto menurut hari transaksi.`;
  const content = [
    ...titlePage(facts, made),
    ...summary(facts),
    ...daily(facts),
    ...places('Per pengelola', 'Pengelola', 'operator', facts.operators, facts),
    ...places('Per kecamatan', 'Kecamatan', 'district', facts.districts, facts),
    ...places('Per titik parkir', 'Titik parkir', 'point', facts.points, facts),
    ...findings(facts),
    ...explanation(),
  ];
  return paper({ title, footer, label: made.label }, content, false);
}

function titlePage({ month, from, to }: MonthFacts, { by, at, label, authority }: Made): Content[] {
  return [
    {
      text: authority.toLocaleUpperCase('id'),
      fontSize: 13,
      characterSpacing: 1.5,
      color: FAINT,
      margin: [0, 110, 0, 0],
    },
    { text: 'Retribusi Parkir Tepi Jalan Umum', fontSize: 13, color: FAINT },
    { canvas: [{ type: 'line', x1: 0, y1: 14, x2: WIDTH, y2: 14, lineWidth: 2, lineColor: BLUE }] },
    { text: 'Laporan Bulanan', fontSize: 34, bold: true, color: BLUE, margin: [0, 26, 0, 0] },
    { text: monthText(month), fontSize: 24, margin: [0, 0, 0, 30] },
    ...(label === undefined
      ? []
      : [
          {
            margin: [0, 0, 0, 26] as [number, number, number, number],
            table: {
              widths: ['*'],
              body: [
                [
                  {
                    text: `${label}: kota contoh; tidak satu pun angka di sini berasal dari transaksi nyata.`,
                    color: '#b3261e',
                    bold: true,
                    margin: [8, 6, 8, 6] as [number, number, number, number],
                  },
                ],
              ],
            },
            layout: { hLineColor: () => '#b3261e', vLineColor: () => '#b3261e' },
          },
        ]),
    {
      layout: 'noBorders',
      table: {
        widths: [120, '*'],
        body: [
          ['Masa laporan', `${dayText(from)} s.d. ${dayText(to)} (hari transaksi, WIB)`],
          ['Dibuat', minuteText(at)],
          ['Oleh', by],
          ['Sumber', 'Jurnal terminal, berkas penyelesaian, setoran dan nota kredit dalam sistem eparking'],
          ['Sifat angka', 'Rupiah bruto, sebelum biaya, pengembalian, dan bagi hasil'],
        ].map(([name, value]) => [{ text: name!, color: FAINT }, value!]),
      },
    },
    { text: '', pageBreak: 'after' },
  ];
}

function summary(facts: MonthFacts): Content[] {
  const { total, realisation } = facts;
  const rows = realisation.flatMap((row) =>
    row.targets.map((target) => ({
      ...target,
      period: row.month === null ? facts.month.slice(0, 4) : monthText(facts.month),
    })),
  );
  const columns: Column<TargetRealised & { period: string }>[] = [
    { title: 'Masa', width: 84, text: (row) => row.period },
    { title: 'Sumber target', width: '*', text: (row) => `${row.source} (revisi ${row.revision})` },
    { title: 'Target', width: 88, align: 'right', text: (row) => number(row.amount) },
    { title: 'Tercatat', width: 52, align: 'right', text: (row) => percentText(row.recordedBp) },
    { title: 'Diselesaikan', width: 58, align: 'right', text: (row) => percentText(row.settledBp) },
    { title: 'Disetor', width: 52, align: 'right', text: (row) => percentText(row.depositedBp) },
  ];
  return [
    { text: 'Ringkasan', style: 'chapter', margin: [0, 0, 0, 6] },
    { svg: roadChart(total, { width: WIDTH, height: 92 }) },
    {
      text: [
        `Bulan ini tercatat ${rupiahText(total.recorded)}. Yang diselesaikan (dihitung pada penutupan sif, pengambilan kas, `,
        `atau oleh penyelenggara pembayaran) ${rupiahText(total.settled)}; yang sudah di kas daerah menurut nota kredit `,
        `${rupiahText(total.deposited)}. Belum diselesaikan ${rupiahText(total.unsettled)}, belum disetor `,
        `${rupiahText(total.undeposited)}. Tunggakan menurut buku pada akhir masa: ${rupiahText(facts.arrears)}.`,
      ],
      margin: [0, 10, 0, 4],
    },
    { text: 'Target dan realisasi', style: 'chapter' },
    table(columns, rows),
    {
      text: 'Target adalah angka laporan dari sumbernya masing-masing, bukan perkiraan potensi. Persentase adalah realisasi terhadap target.',
      style: 'note',
    },
  ];
}

function daily({ days, total }: MonthFacts): Content[] {
  const columns = sumsColumns<WaterfallRow>('Hari', 110, (row) => dayText(row.key));
  return [
    { text: 'Per hari', style: 'chapter' },
    { svg: dailyChart(days, { width: WIDTH, height: 210 }) },
    { text: '', margin: [0, 4, 0, 0] },
    table(columns, days, ['Jumlah', ...sumTexts(total)]),
  ];
}

function places(
  title: string,
  column: string,
  kind: 'point' | 'operator' | 'district',
  rows: readonly WaterfallRow[],
  { total }: MonthFacts,
): Content[] {
  const name = (row: WaterfallRow): string => {
    const label = groupText(kind, row.key, row.label);
    return kind === 'point' && row.key !== '' ? `${row.key}  ${label}` : label;
  };
  return [
    { text: title, style: 'chapter' },
    table(sumsColumns(column, '*', name), rows, ['Jumlah', ...sumTexts(total)]),
  ];
}

function sumsColumns<Row extends WaterfallRow>(
  title: string,
  width: number | string,
  text: (row: Row) => string,
): Column<Row>[] {
  const money = (name: string, pick: (row: Row) => number): Column<Row> => ({
    title: name,
    width: width === '*' ? 66 : '*',
    align: 'right',
    text: (row) => number(pick(row)),
  });
  return [
    { title, width, text },
    money('Tercatat', (row) => row.recorded),
    money('Diselesaikan', (row) => row.settled),
    money('Disetor', (row) => row.deposited),
    money('Belum diselesaikan', (row) => row.unsettled),
    money('Belum disetor', (row) => row.undeposited),
  ];
}

const sumTexts = (total: MonthFacts['total']): string[] =>
  [total.recorded, total.settled, total.deposited, total.unsettled, total.undeposited].map(number);

function findings({ exceptions, cases }: MonthFacts): Content[] {
  const patterns: Column<PatternSum>[] = [
    { title: 'Ketidaksesuaian', width: '*', text: (row) => patternText(row.pattern) },
    { title: 'Masih dalam tenggat', width: 80, align: 'right', text: (row) => number(row.expected) },
    { title: 'Tidak sesuai', width: 60, align: 'right', text: (row) => number(row.mismatched) },
    { title: 'Rupiah', width: 80, align: 'right', text: (row) => number(row.mismatchedAmount) },
    { title: 'Sudah selesai', width: 62, align: 'right', text: (row) => number(row.resolved) },
  ];
  const worked: Column<CaseSum>[] = [
    { title: 'Kasus', width: '*', text: (row) => patternText(row.pattern) },
    { title: 'Dibuka', width: 46, align: 'right', text: (row) => number(row.opened) },
    { title: 'Berjalan', width: 46, align: 'right', text: (row) => number(row.open) },
    { title: 'Selesai', width: 46, align: 'right', text: (row) => number(row.resolved) },
    { title: 'Rupiah', width: 80, align: 'right', text: (row) => number(row.amount) },
    { title: 'Dipulihkan', width: 70, align: 'right', text: (row) => number(row.recovered) },
  ];
  const sum = <Row>(rows: readonly Row[], pick: (row: Row) => number): string =>
    number(rows.reduce((all, row) => all + pick(row), 0));
  return [
    { text: 'Ketidaksesuaian', style: 'chapter' },
    table(patterns, exceptions, [
      'Jumlah',
      sum(exceptions, (row) => row.expected),
      sum(exceptions, (row) => row.mismatched),
      sum(exceptions, (row) => row.mismatchedAmount),
      sum(exceptions, (row) => row.resolved),
    ]),
    { text: 'Satu rupiah dapat muncul pada lebih dari satu ketidaksesuaian; jumlahnya bukan kerugian.', style: 'note' },
    { text: 'Kasus', style: 'chapter' },
    table(worked, cases, [
      'Jumlah',
      sum(cases, (row) => row.opened),
      sum(cases, (row) => row.open),
      sum(cases, (row) => row.resolved),
      sum(cases, (row) => row.amount),
      sum(cases, (row) => row.recovered),
    ]),
    { text: 'Kasus adalah petunjuk untuk diperiksa petugas, bukan putusan bersalah.', style: 'note' },
  ];
}

function explanation(): Content[] {
  const rows = [
    ['Tercatat', 'Pembayaran yang dicatat terminal pada hari itu, tanpa pembayaran yang dibatalkan.'],
    [
      'Diselesaikan',
      'Tunai yang dihitung pada penutupan sif atau pengambilan kas meter; QRIS dan kartu yang diselesaikan penyelenggara, bruto.',
    ],
    ['Disetor', 'Uang yang sudah di rekening kas umum daerah (RKUD) dengan nota kredit.'],
    [
      'Hari transaksi',
      'Semua kolom dihitung pada hari pembayaran terjadi (WIB), kapan pun uangnya tiba. Catatan yang terlambat mengubah angka bulan ini pada laporan berikutnya.',
    ],
  ];
  return [
    {
      unbreakable: true,
      stack: [
        { text: 'Cara membaca', style: 'chapter' },
        {
          table: { widths: [90, '*'], body: rows.map(([name, text]) => [{ text: name!, bold: true }, text!]) },
          layout: { hLineWidth: () => 0.3, vLineWidth: () => 0, hLineColor: () => LINE },
        },
      ],
    },
  ];
}
