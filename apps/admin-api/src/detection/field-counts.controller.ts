import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import { addDays, businessDateOf } from '@app/kernel';
import {
  cancelFieldCountPlan,
  enterFieldCount,
  fieldCountHistoryQuery,
  fieldCountPlansQuery,
  fieldCountsQuery,
  planFieldCount,
  proposeFieldCounts,
  reviseFieldCount,
  type ListQuery,
} from '@app/persistence';
import { IdDto } from '../attendants/attendants.dto.js';
import { Allow, CITY, CurrentViewer, EVERYONE, OFFICERS, type Viewer } from '../auth/viewer.js';
import { csvText } from '../http/csv.js';
import { ImportDto, ImportOptions } from '../http/csv.dto.js';
import { importRows } from '../http/import-rows.js';
import { IntParam } from '../http/int-param.js';
import { ListOptions } from '../http/list-options.dto.js';
import { ListOf } from '../http/list.js';
import { Services } from '../services.js';
import { readFieldCountsCsv } from './field-counts-csv.js';
import {
  CreateFieldCountDto,
  CreateFieldCountPlanDto,
  FieldCountDto,
  FieldCountIdDto,
  FieldCountListOptions,
  FieldCountPlanDto,
  FieldCountPlanListOptions,
  ProposalDto,
  ProposalOptions,
  ReviseFieldCountDto,
} from './field-counts.dto.js';

@ApiTags('field counts')
@Controller()
export class FieldCountsController {
  constructor(private readonly services: Services) {}

  /** Field counts (uji petik) as they stand, the newest first: entered by officers, imported, and from devices. */
  @Get('field-counts')
  @Allow(...EVERYONE)
  @ListOf(FieldCountDto, 'field-counts')
  list(@Query() options: FieldCountListOptions, @CurrentViewer() { scope }: Viewer): ListQuery<FieldCountDto> {
    return fieldCountsQuery(options, scope);
  }

  /** Enters a field count: vehicles seen at a point in a stretch of time. */
  @Post('field-counts')
  @Allow(...OFFICERS)
  async create(@Body() body: CreateFieldCountDto, @CurrentViewer() { actor }: Viewer): Promise<FieldCountIdDto> {
    const now = this.services.clock.now();
    const count = { ...body, from: Date.parse(body.from), to: Date.parse(body.to) };
    return { id: await this.services.write(actor, (tx) => enterFieldCount(tx, count, 'officer', now)) };
  }

  /**
   * Takes field counts over from a CSV file, all or none. With `dryRun=true` it only tells what would happen. A row a
   * stretch of time; columns: point, date, from, to (HH:MM), optionally team and note, and per vehicle class its
   * arrivals (motorcycle, car, …), exempt of them (motorcycleExempt, …) and spaces taken (motorcycleOccupied, …).
   */
  @Post('field-counts/import')
  @Allow(...OFFICERS)
  @HttpCode(200)
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string' } })
  async import(
    @Body() text: unknown,
    @Query() { dryRun }: ImportOptions,
    @CurrentViewer() { actor }: Viewer,
  ): Promise<ImportDto> {
    const now = this.services.clock.now();
    return importRows(readFieldCountsCsv(csvText(text)), {
      ...{ services: this.services, actor, dryRun },
      enter: (tx, count) => enterFieldCount(tx, count, 'import', now),
    });
  }

  /** Every revision of a count, the newest first. */
  @Get('field-counts/:id/revisions')
  @Allow(...EVERYONE)
  @ListOf(FieldCountDto, 'field-count-revisions')
  revisions(
    @Param('id') id: string,
    @Query() _: ListOptions,
    @CurrentViewer() { scope }: Viewer,
  ): ListQuery<FieldCountDto> {
    return fieldCountHistoryQuery(id, scope);
  }

  /** Corrects or withdraws a count: a new revision; the ones before stay. */
  @Post('field-counts/:id/revisions')
  @Allow(...OFFICERS)
  @HttpCode(204)
  async revise(
    @Param('id') id: string,
    @Body() { from, to, ...body }: ReviseFieldCountDto,
    @CurrentViewer() { actor }: Viewer,
  ): Promise<void> {
    const change = {
      ...body,
      ...(from !== undefined && { from: Date.parse(from) }),
      ...(to !== undefined && { to: Date.parse(to) }),
    };
    await this.services.write(actor, (tx) => reviseFieldCount(tx, id, change, this.services.clock.now()));
  }

  /** Plans of field counts, the newest day first. */
  @Get('field-count-plans')
  @Allow(...CITY)
  @ListOf(FieldCountPlanDto, 'field-count-plans')
  plans(@Query() options: FieldCountPlanListOptions): ListQuery<FieldCountPlanDto> {
    return fieldCountPlansQuery(options);
  }

  @Post('field-count-plans')
  @Allow(...OFFICERS)
  async plan(@Body() body: CreateFieldCountPlanDto, @CurrentViewer() { actor }: Viewer): Promise<IdDto> {
    const today = businessDateOf(this.services.clock.now());
    return { id: await this.services.write(actor, (tx) => planFieldCount(tx, body, today)) };
  }

  @Post('field-count-plans/:id/cancel')
  @Allow(...OFFICERS)
  @HttpCode(204)
  async cancel(@IntParam('id') id: number, @CurrentViewer() { actor }: Viewer): Promise<void> {
    await this.services.write(actor, (tx) => cancelFieldCountPlan(tx, id, this.services.clock.now()));
  }

  /** Where the people at hand would learn or recover most on a day, how many a point takes, and why. Nothing is stored: plan what you take from it. */
  @Get('field-count-plans/proposal')
  @Allow(...CITY)
  async proposal(@Query() { date, teams, people }: ProposalOptions): Promise<ProposalDto> {
    const today = businessDateOf(this.services.clock.now());
    const day = date ?? addDays(today, 1);
    return {
      date: day,
      teams,
      people,
      rows: await proposeFieldCounts(this.services.database, { date: day, today, teams, people }),
    };
  }
}
