import { createRequire } from 'node:module';
import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js';

const require = createRequire(import.meta.url);
const fonts = require('pdfmake/fonts/Roboto.js') as {
  Roboto: Record<'normal' | 'bold' | 'italics' | 'bolditalics', string>;
};

/** The typeface of all papers and charts, as files. */
export const FONT_FILES = Object.values(fonts.Roboto);

let loaded: typeof import('pdfmake') | undefined;

/** Loaded with the first paper: it is large, and few want one. */
function pdfmake(): typeof import('pdfmake') {
  if (loaded) return loaded;
  loaded = require('pdfmake') as typeof import('pdfmake');
  loaded.setFonts(fonts);
  // A document holds all it shows: nothing is fetched, and no file is read but the typeface.
  loaded.setUrlAccessPolicy(() => false);
  loaded.setLocalAccessPolicy((path) => FONT_FILES.includes(path));
  return loaded;
}

export const INK = '#1d2733';
export const FAINT = '#66727f';
export const LINE = '#c9d1d9';
export const SHADE = '#eef2f6';
export const BLUE = '#1f5f99';

/** What stands on every page of a paper. */
export interface PaperHead {
  title: string;
  /** By whom and when it was made, and out of what. */
  footer: string;
  /** Says that the data are simulated; undefined where they are real. */
  label: string | undefined;
  orientation?: 'portrait' | 'landscape';
}

/** Share of a page's height above which a chapter may begin. */
const HEADING_LOWEST = 0.84;

/** A4 with head, page numbers and the one style of all papers, as the bytes of a PDF. */
export async function paper(head: PaperHead, content: Content[], firstPageHasHead = true): Promise<Buffer> {
  const { title, footer, label, orientation = 'portrait' } = head;
  const definition: TDocumentDefinitions = {
    pageSize: 'A4',
    pageOrientation: orientation,
    pageMargins: [48, 64, 48, 54],
    info: { title, creator: 'eparking', producer: 'eparking' },
    content,
    // A heading at the foot of a page would stand there without its table.
    pageBreakBefore: ({ style, startPosition }) => style === 'chapter' && startPosition.verticalRatio > HEADING_LOWEST,
    header: (page) =>
      page === 1 && !firstPageHasHead
        ? ''
        : {
            margin: [48, 26, 48, 0],
            columns: [
              { text: title, color: FAINT, fontSize: 8 },
              { text: label ?? '', color: '#b3261e', bold: true, fontSize: 8, alignment: 'right' },
            ],
          },
    footer: (page, pages) => ({
      margin: [48, 18, 48, 0],
      columns: [
        { text: footer, color: FAINT, fontSize: 7, width: '*' },
        { text: `Halaman ${page} dari ${pages}`, color: FAINT, fontSize: 8, alignment: 'right', width: 90 },
      ],
    }),
    ...(label !== undefined && { watermark: { text: label, color: '#b3261e', opacity: 0.05, bold: true, angle: -50 } }),
    defaultStyle: { font: 'Roboto', fontSize: 9, color: INK, lineHeight: 1.15 },
    styles: {
      chapter: { fontSize: 14, bold: true, color: BLUE, margin: [0, 14, 0, 6] },
      note: { fontSize: 8, color: FAINT, margin: [0, 3, 0, 6] },
      head: { bold: true, fontSize: 8, color: INK },
      sum: { bold: true },
    },
  };
  return pdfmake().createPdf(definition).getBuffer() as unknown as Promise<Buffer>;
}

/** A column of a table on paper. */
export interface Column<Row> {
  title: string;
  /** pdfmake's: points, `*` or `auto`. */
  width: number | string;
  align?: 'right';
  text(row: Row): string;
}

/** A table that repeats its head on every page; `sum` is its last row, in bold. */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[], sum?: readonly string[]): Content {
  const cell = (text: string, column: Column<Row>, style?: string): TableCell => ({
    text,
    ...(column.align && { alignment: column.align }),
    ...(style && { style }),
  });
  const body: TableCell[][] = [
    columns.map((column) => cell(column.title, column, 'head')),
    ...rows.map((row) => columns.map((column) => cell(column.text(row), column))),
  ];
  if (sum) body.push(columns.map((column, i) => cell(sum[i] ?? '', column, 'sum')));
  if (rows.length === 0) body.push([{ text: 'Tidak ada data.', colSpan: columns.length, color: FAINT }]);
  const last = body.length;
  return {
    fontSize: 8,
    table: { headerRows: 1, dontBreakRows: true, widths: columns.map((column) => column.width), body },
    layout: {
      hLineWidth: (i) => (i === 0 || i === last ? 0.8 : i === 1 || (sum && i === last - 1) ? 0.6 : 0.3),
      hLineColor: (i) => (i <= 1 || i === last || (sum && i === last - 1) ? FAINT : LINE),
      vLineWidth: () => 0,
      fillColor: (i) => (i === 0 || (sum && i === last - 1) ? SHADE : null),
      paddingTop: () => 2.5,
      paddingBottom: () => 2,
    },
  };
}
