import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { daysBetween } from '@app/kernel';
import { INCOME_DIMENSIONS, incomeReport } from '@app/persistence';
import { FieldError } from '@app/registry';
import { Allow, CurrentViewer, EVERYONE, type Viewer } from '../auth/viewer.js';
import { exportRows } from '../http/export.js';
import { Services } from '../services.js';
import { IncomeDto, IncomeOptions } from './income.dto.js';

/** Ten years and a bit. */
const DAYS_MAX = 3_700;
const COLUMNS = ['key', 'label', 'count', 'amount', 'cashAmount', 'cashlessAmount'];

@ApiTags('income')
@Controller('income')
export class IncomeController {
  constructor(private readonly services: Services) {}

  /**
   * Income by each payment's own business day: gross, voided payments left out, test money left out. Filters have the
   * names of the dimensions and may be repeated. Unpaged; at most 3,700 days.
   */
  @Get()
  @Allow(...EVERYONE)
  @ApiOkResponse({ type: IncomeDto })
  async income(
    @Query() options: IncomeOptions,
    @CurrentViewer() { scope }: Viewer,
  ): Promise<IncomeDto | StreamableFile> {
    const { from, to, groupBy, format } = options;
    if (to < from) throw new FieldError('to', `to (${to}) lies before from (${from}).`);
    if (daysBetween(from, to) >= DAYS_MAX)
      throw new FieldError('to', `from ${from} to ${to} are more than ${DAYS_MAX} days.`, 'Ask for a shorter period.');
    const filters = Object.fromEntries(
      INCOME_DIMENSIONS.flatMap((dimension) => (options[dimension] ? [[dimension, options[dimension]]] : [])),
    );
    const report = await incomeReport(this.services.reading, { from, to, groupBy, filters }, scope);
    if (format === 'json') return report;
    return exportRows(this.services, report.rows, COLUMNS, `income-by-${groupBy}-${from}-${to}`, format);
  }
}
