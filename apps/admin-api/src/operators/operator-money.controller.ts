import { Body, Controller, Get, HttpCode, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  arrearsQuery,
  findStatement,
  requestStatement,
  securityDepositsQuery,
  statementsQuery,
  takeSecurityDeposit,
  type ListQuery,
} from '@app/persistence';
import { FieldError } from '@app/registry';
import { Allow, CurrentViewer, EVERYONE, OFFICERS, type Viewer } from '../auth/viewer.js';
import { ListOf } from '../http/list.js';
import {
  ArrearsDto,
  ArrearsListOptions,
  CreateSecurityDepositDto,
  MadeStatementDto,
  MONTH,
  RequestStatementDto,
  SecurityDepositDto,
  SecurityDepositListOptions,
  StatementDetailDto,
  StatementDto,
  StatementListOptions,
  StatementSumsDto,
  StatementOptions,
} from './operator-money.dto.js';
import { statementFile } from '../reports/statement-file.js';
import { AmountSumDto } from '../http/sums.dto.js';
import { Services } from '../services.js';

/** What operators share in, put down as security, and owe. */
@ApiTags('operators')
@Controller()
@Allow(...EVERYONE)
export class OperatorMoneyController {
  constructor(private readonly services: Services) {}

  /** Monthly statements with their revisions; a clerk sees the own operator's. */
  @Get('operator-statements')
  @ListOf(StatementDto, 'operator-statements', StatementSumsDto)
  statements(@Query() options: StatementListOptions, @CurrentViewer() { scope }: Viewer): ListQuery<StatementDto> {
    return statementsQuery(options, scope);
  }

  /** Makes the statement of a month that is over, where it would say something new. */
  @Post('operator-statements')
  @Allow(...OFFICERS)
  async makeStatement(
    @Body() body: RequestStatementDto,
    @CurrentViewer() { actor }: Viewer,
  ): Promise<MadeStatementDto> {
    const now = this.services.clock.now();
    return { revision: await this.services.write(actor, (tx) => requestStatement(tx, body, now)) };
  }

  /** One statement with its lines, as JSON, CSV, XLSX or PDF. */
  @Get('operator-statements/:operator/:month')
  @ApiOkResponse({ type: StatementDetailDto })
  async statement(
    @Param('operator') operator: string,
    @Param('month') month: string,
    @Query() { revision, format }: StatementOptions,
    @CurrentViewer() viewer: Viewer,
  ): Promise<StatementDetailDto | StreamableFile> {
    if (!MONTH.test(month)) throw new FieldError('month', 'month must be written YYYY-MM.');
    const key = { operator, month, ...(revision !== undefined && { revision }) };
    const { statement, ...head } = await findStatement(this.services.database, key, viewer.scope);
    const detail = { ...head, lines: statement.lines };
    return format === 'json' ? detail : statementFile(this.services, detail, viewer, format);
  }

  /** Security deposits paid in; a clerk sees the own operator's. */
  @Get('security-deposits')
  @ListOf(SecurityDepositDto, 'security-deposits', AmountSumDto)
  securityDeposits(
    @Query() { operator }: SecurityDepositListOptions,
    @CurrentViewer() { scope }: Viewer,
  ): ListQuery<SecurityDepositDto> {
    return securityDepositsQuery(operator, scope);
  }

  /** Books a security deposit. The same one again changes nothing. */
  @Post('security-deposits')
  @Allow(...OFFICERS)
  @HttpCode(204)
  async securityDeposit(@Body() body: CreateSecurityDepositDto, @CurrentViewer() { actor }: Viewer): Promise<void> {
    await this.services.write(actor, (tx) => takeSecurityDeposit(tx, body, this.services.clock.now()));
  }

  /** Who owes the city: attendants for short shifts, operators for days below the minimum. */
  @Get('arrears')
  @ListOf(ArrearsDto, 'arrears', AmountSumDto)
  arrears(@Query() options: ArrearsListOptions, @CurrentViewer() { scope }: Viewer): ListQuery<ArrearsDto> {
    return arrearsQuery(options, scope);
  }
}
