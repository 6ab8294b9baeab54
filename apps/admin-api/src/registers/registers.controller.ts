import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { isBusinessDate } from '@app/kernel';
import {
  addHoliday,
  changeTickets,
  collectionsQuery,
  currentRules,
  enterTarget,
  holidaysQuery,
  issueTickets,
  removeHoliday,
  shiftsQuery,
  targetRealisation,
  targetsQuery,
  ticketEventsQuery,
  ticketRangesQuery,
  type ListQuery,
  type TicketState,
} from '@app/persistence';
import { FieldError } from '@app/registry';
import { IdDto } from '../attendants/attendants.dto.js';
import { Allow, CITY, CurrentViewer, EVERYONE, OFFICERS, type Viewer } from '../auth/viewer.js';
import { exportRows } from '../http/export.js';
import { IntParam } from '../http/int-param.js';
import { ListOf } from '../http/list.js';
import { ListOptions } from '../http/list-options.dto.js';
import { Services } from '../services.js';
import {
  CashSumsDto,
  ChangeTicketsDto,
  CollectionDto,
  CollectionListOptions,
  CreateTargetDto,
  HolidayDto,
  HolidayListOptions,
  IssueTicketsDto,
  RealisationDto,
  RealisationOptions,
  ReissueTicketsDto,
  ShiftDto,
  ShiftListOptions,
  TargetDto,
  TargetListOptions,
  TicketEventDto,
  TicketListOptions,
  TicketRangeDto,
  TicketSumsDto,
} from './registers.dto.js';

/** The books an office keeps beside the money: targets, tickets, holidays, and one line a shift and a collection. */
@ApiTags('registers')
@Controller()
export class RegistersController {
  constructor(private readonly services: Services) {}

  /** Targets with all their revisions. A target is a report line, never an expectation. */
  @Get('targets')
  @Allow(...CITY)
  @ListOf(TargetDto, 'targets')
  targets(@Query() options: TargetListOptions): ListQuery<TargetDto> {
    return targetsQuery(options);
  }

  /** Enters a target; where its source has one for that period already, as the next revision. */
  @Post('targets')
  @Allow(...OFFICERS)
  enterTarget(@Body() body: CreateTargetDto, @CurrentViewer() { actor }: Viewer): Promise<TargetDto> {
    return this.services.write(actor, (tx) => enterTarget(tx, { ...body, month: body.month ?? null }));
  }

  /** What came in of each source's target, for the year and its months. */
  @Get('targets/realisation')
  @Allow(...CITY)
  @ApiOkResponse({ type: RealisationDto })
  async realisation(@Query() { year, format }: RealisationOptions): Promise<RealisationDto | StreamableFile> {
    const rows = await targetRealisation(this.services.database, year);
    if (format === 'json') return { year, rows };
    const flat = rows.flatMap(({ targets, ...row }) =>
      (targets.length === 0 ? [{}] : targets).map((target) => ({ year, ...row, ...target })),
    );
    const columns = ['year', 'month', 'recorded', 'settled', 'deposited', 'source', 'revision', 'amount'];
    const parts = ['recordedBp', 'settledBp', 'depositedBp'];
    return exportRows(this.services, flat, [...columns, ...parts], `realisation-${year}`, format);
  }

  /** The ticket stock: who has which numbers, and how many were used. */
  @Get('ticket-ranges')
  @Allow(...EVERYONE)
  @ListOf(TicketRangeDto, 'ticket-ranges', TicketSumsDto)
  ticketRanges(@Query() options: TicketListOptions, @CurrentViewer() { scope }: Viewer): ListQuery<TicketRangeDto> {
    return ticketRangesQuery(options, scope);
  }

  /** What happened to a range, the newest first. */
  @Get('ticket-ranges/:id/events')
  @Allow(...EVERYONE)
  @ListOf(TicketEventDto, 'ticket-events')
  ticketEvents(
    @IntParam('id') id: number,
    @Query() _: ListOptions,
    @CurrentViewer() { scope }: Viewer,
  ): ListQuery<TicketEventDto> {
    return ticketEventsQuery(id, scope);
  }

  /** Issues new tickets. Numbers that are in the stock already are refused. */
  @Post('ticket-ranges')
  @Allow(...OFFICERS)
  async issue(@Body() body: IssueTicketsDto, @CurrentViewer() { actor }: Viewer): Promise<IdDto> {
    const item = { ...body, attendant: body.attendant ?? null };
    const id = await this.services.write(actor, (tx) => issueTickets(tx, item, this.services.clock.now()));
    return { id };
  }

  /** Takes unused tickets back, all of a range or a part. */
  @Post('ticket-ranges/:id/return')
  @Allow(...OFFICERS)
  returned(
    @IntParam('id') id: number,
    @Body() body: ChangeTicketsDto,
    @CurrentViewer() viewer: Viewer,
  ): Promise<IdDto> {
    return this.#change(id, 'returned', body, viewer);
  }

  /** Declares tickets void (lost, damaged, stolen), all of a range or a part. */
  @Post('ticket-ranges/:id/void')
  @Allow(...OFFICERS)
  voided(@IntParam('id') id: number, @Body() body: ChangeTicketsDto, @CurrentViewer() viewer: Viewer): Promise<IdDto> {
    return this.#change(id, 'voided', body, viewer);
  }

  /** Issues returned tickets anew. */
  @Post('ticket-ranges/:id/issue')
  @Allow(...OFFICERS)
  reissued(
    @IntParam('id') id: number,
    @Body() body: ReissueTicketsDto,
    @CurrentViewer() viewer: Viewer,
  ): Promise<IdDto> {
    return this.#change(id, 'issued', body, viewer);
  }

  async #change(id: number, change: TicketState, body: ReissueTicketsDto, { actor }: Viewer): Promise<IdDto> {
    const now = this.services.clock.now();
    return { id: await this.services.write(actor, (tx) => changeTickets(tx, id, { ...body, change }, now)) };
  }

  /** Days on which nobody has to hand money in. */
  @Get('holidays')
  @Allow(...EVERYONE)
  @ListOf(HolidayDto, 'holidays')
  holidays(@Query() options: HolidayListOptions): ListQuery<HolidayDto> {
    return holidaysQuery(options);
  }

  /** Adds a holiday; deadlines that it moves are judged again. */
  @Post('holidays')
  @Allow(...OFFICERS)
  async addHoliday(@Body() body: HolidayDto, @CurrentViewer() { actor }: Viewer): Promise<HolidayDto> {
    const { cash } = await currentRules(this.services.database);
    await this.services.write(actor, (tx) => addHoliday(tx, body, cash, this.services.clock.now()));
    return body;
  }

  @Delete('holidays/:day')
  @Allow(...OFFICERS)
  @HttpCode(204)
  async removeHoliday(@Param('day') day: string, @CurrentViewer() { actor }: Viewer): Promise<void> {
    if (!isBusinessDate(day)) throw new FieldError('day', 'day must be a real day written YYYY-MM-DD.');
    const { cash } = await currentRules(this.services.database);
    await this.services.write(actor, (tx) => removeHoliday(tx, day, cash, this.services.clock.now()));
  }

  /** One line a shift: recorded, counted, difference, as reconciliation last saw it; with the sums of all lines. */
  @Get('shifts')
  @Allow(...EVERYONE)
  @ListOf(ShiftDto, 'shifts', CashSumsDto)
  shifts(@Query() { attendant, ...filter }: ShiftListOptions, @CurrentViewer() { scope }: Viewer): ListQuery<ShiftDto> {
    return shiftsQuery({ ...filter, ...(attendant !== undefined && { person: attendant }) }, scope);
  }

  /** One line a meter's collection: register, counted, difference, number; with the sums of all lines. */
  @Get('collections')
  @Allow(...EVERYONE)
  @ListOf(CollectionDto, 'collections', CashSumsDto)
  collections(
    @Query() { collector, ...filter }: CollectionListOptions,
    @CurrentViewer() { scope }: Viewer,
  ): ListQuery<CollectionDto> {
    return collectionsQuery({ ...filter, ...(collector !== undefined && { person: collector }) }, scope);
  }
}
