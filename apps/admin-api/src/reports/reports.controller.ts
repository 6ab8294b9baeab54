import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { IsIn, Matches } from 'class-validator';
import { businessDateOf } from '@app/kernel';
import { monthFacts } from '@app/persistence';
import { FieldError } from '@app/registry';
import { Allow, CITY, CurrentViewer, type Viewer } from '../auth/viewer.js';
import { XLSX } from '../http/export.js';
import { MONTH } from '../operators/operator-money.dto.js';
import { Services } from '../services.js';
import { monthlyPdf } from './monthly-pdf.js';
import { monthlyXlsx } from './monthly-xlsx.js';
import { simulatedLabel } from './simulated.js';

const FORMATS = ['pdf', 'xlsx'] as const;
const TYPES = { pdf: 'application/pdf', xlsx: XLSX };

export class MonthlyReportOptions {
  @Matches(MONTH, { message: 'month must be written YYYY-MM' })
  month!: string;

  @IsIn(FORMATS)
  format!: (typeof FORMATS)[number];
}

/** Papers for the inspectorate: docs/REPORTS.md. */
@ApiTags('reports')
@Controller('reports')
export class ReportsController {
  constructor(private readonly services: Services) {}

  /** The month, in Indonesian, gross: the road of the money a day, point and operator, targets, exceptions, cases. */
  @Get('monthly')
  @Allow(...CITY)
  @ApiOkResponse({
    content: Object.fromEntries(
      Object.values(TYPES).map((type) => [type, { schema: { type: 'string', format: 'binary' } }]),
    ),
  })
  async monthly(
    @Query() { month, format }: MonthlyReportOptions,
    @CurrentViewer() viewer: Viewer,
  ): Promise<StreamableFile> {
    const { database, reading, clock, settings } = this.services;
    const at = clock.now();
    if (month > businessDateOf(at).slice(0, 7)) throw new FieldError('month', `The month ${month} has not begun.`);
    const facts = await reading.transaction((sql) => monthFacts(sql, month), {
      isolation: 'repeatable read',
      readOnly: true,
    });
    const by = viewer.displayName || viewer.username;
    const made = { by, at, label: await simulatedLabel(database), authority: settings.authority };
    const bytes = format === 'pdf' ? await monthlyPdf(facts, made) : await monthlyXlsx(facts, made);
    const disposition = `attachment; filename="laporan-bulanan-${month}.${format}"`;
    return new StreamableFile(bytes, { type: TYPES[format], disposition });
  }
}
