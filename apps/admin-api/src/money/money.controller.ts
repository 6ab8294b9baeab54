import { Body, Controller, Get, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { daysBetween } from '@app/kernel';
import {
  balancesList,
  enterCreditNote,
  exceptionsQuery,
  findRawRecord,
  handOversQuery,
  slipsQuery,
  takeHandOver,
  waterfallReport,
  writeSlip,
  type ListQuery,
} from '@app/persistence';
import { FieldError } from '@app/registry';
import { Allow, CITY, CurrentViewer, EVERYONE, OFFICERS, type Viewer } from '../auth/viewer.js';
import { exportRows } from '../http/export.js';
import { IntParam } from '../http/int-param.js';
import { ListOf } from '../http/list.js';
import { Discloses } from '../http/discloses.js';
import { AmountSumDto } from '../http/sums.dto.js';
import { Services } from '../services.js';
import {
  BalanceDto,
  CreateDepositDto,
  CreateSlipDto,
  CreditNoteDto,
  DepositListOptions,
  ExceptionDto,
  ExceptionListOptions,
  HandOverDto,
  HandOverSumsDto,
  LedgerOptions,
  RawRecordDto,
  SlipDto,
  SlipListOptions,
  SlipSumsDto,
  WaterfallDto,
  WaterfallOptions,
} from './money.dto.js';

/** Ten years and a bit. */
const DAYS_MAX = 3_700;
const COLUMNS = [
  'key',
  'label',
  'potential',
  'recorded',
  'settled',
  'deposited',
  'unrecorded',
  'unsettled',
  'undeposited',
  'potentialLow',
  'potentialHigh',
  'pointDays',
  'potentialPointDays',
];

@ApiTags('money')
@Controller()
export class MoneyController {
  constructor(private readonly services: Services) {}

  /** The road of the money: recorded, settled, deposited, and the gaps between, by the payment's own business day. */
  @Get('waterfall')
  @Allow(...EVERYONE)
  @ApiOkResponse({ type: WaterfallDto })
  async waterfall(
    @Query() { from, to, groupBy, format }: WaterfallOptions,
    @CurrentViewer() { scope }: Viewer,
  ): Promise<WaterfallDto | StreamableFile> {
    if (to < from) throw new FieldError('to', `to (${to}) lies before from (${from}).`);
    if (daysBetween(from, to) >= DAYS_MAX)
      throw new FieldError('to', `from ${from} to ${to} are more than ${DAYS_MAX} days.`, 'Ask for a shorter period.');
    const report = await waterfallReport(this.services.database, { from, to, groupBy }, scope);
    if (format === 'json') return report;
    return exportRows(this.services, report.rows, COLUMNS, `waterfall-by-${groupBy}-${from}-${to}`, format);
  }

  /** What does not add up, exactly. An operator's clerk sees what is about the operator and the points it ran that day. */
  @Get('exceptions')
  @Allow(...EVERYONE)
  @ListOf(ExceptionDto, 'exceptions', AmountSumDto)
  exceptions(@Query() options: ExceptionListOptions, @CurrentViewer() { scope }: Viewer): ListQuery<ExceptionDto> {
    return exceptionsQuery(options, scope);
  }

  /** A journal record as it was received. */
  @Get('records/:device/:epoch/:seq')
  @Discloses('record')
  @Allow(...EVERYONE)
  record(
    @Param('device') device: string,
    @IntParam('epoch') epoch: number,
    @IntParam('seq') seq: number,
    @CurrentViewer() { scope }: Viewer,
  ): Promise<RawRecordDto> {
    return findRawRecord(this.services.database, { device, epoch, seq }, scope);
  }

  /** Cash handed over (TBP), the newest day first. */
  @Get('deposits')
  @Allow(...EVERYONE)
  @ListOf(HandOverDto, 'deposits', HandOverSumsDto)
  deposits(@Query() options: DepositListOptions, @CurrentViewer() { scope }: Viewer): ListQuery<HandOverDto> {
    return handOversQuery(options, scope);
  }

  /** Books cash handed over for a business day. The same one again changes nothing. */
  @Post('deposits')
  @Allow(...OFFICERS)
  async deposit(@Body() body: CreateDepositDto, @CurrentViewer() { actor }: Viewer): Promise<CreateDepositDto> {
    const now = this.services.clock.now();
    const handedAt = body.handedAt === undefined ? now : Date.parse(body.handedAt);
    const item = { ...body, point: body.point ?? null, handedAt };
    await this.services.write(actor, (tx) => takeHandOver(tx, item, now));
    return body;
  }

  /** Deposit slips (STS), the newest day first. */
  @Get('deposit-slips')
  @Allow(...CITY)
  @ListOf(SlipDto, 'deposit-slips', SlipSumsDto)
  slips(@Query() options: SlipListOptions): ListQuery<SlipDto> {
    return slipsQuery(options);
  }

  /** Writes a deposit slip and binds the hand-overs, or the acquirers' batches, that it takes to the treasury account. */
  @Post('deposit-slips')
  @Allow(...OFFICERS)
  async slip(@Body() body: CreateSlipDto, @CurrentViewer() { actor }: Viewer): Promise<CreateSlipDto> {
    const now = this.services.clock.now();
    const { fromKind, from: source, writtenAt } = body;
    const from = fromKind === 'bank' ? { kind: fromKind, account: source } : { kind: fromKind, treasurer: source };
    const slip = { ...body, from, writtenAt: writtenAt === undefined ? now : Date.parse(writtenAt) };
    await this.services.write(actor, (tx) => writeSlip(tx, slip, now));
    return body;
  }

  /** The bank's credit note for a slip: its money is final. */
  @Post('deposit-slips/:number/credit-note')
  @Allow(...OFFICERS)
  @HttpCode(204)
  async creditNote(
    @Param('number') number: string,
    @Body() body: CreditNoteDto,
    @CurrentViewer() { actor }: Viewer,
  ): Promise<void> {
    const entry = { ...body, direction: 'credit' as const, reference: number };
    await this.services.write(actor, (tx) => enterCreditNote(tx, entry, number, this.services.clock.now()));
  }

  /** Balances of the ledger, as the books knew them at an instant. All accounts together are 0. */
  @Get('ledger/balances')
  @Allow(...CITY)
  @ListOf(BalanceDto, 'balances', AmountSumDto)
  balances(@Query() { at, until, account }: LedgerOptions): ListQuery<BalanceDto> {
    return balancesList({
      ...(at !== undefined && { bookedUntil: Date.parse(at) }),
      ...(until !== undefined && { businessDateUntil: until }),
      ...(account !== undefined && { account }),
    });
  }
}
