import { Body, Controller, Get, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { enterTarget, targetRealisation, targetsQuery, type ListQuery } from '@app/persistence';
import { Allow, CITY, CurrentViewer, OFFICERS, type Viewer } from '../auth/viewer.js';
import { exportRows } from '../http/export.js';
import { ListOf } from '../http/list.js';
import { Services } from '../services.js';
import { CreateTargetDto, RealisationDto, RealisationOptions, TargetDto, TargetListOptions } from './targets.dto.js';

/** Targets by source and year: report lines, never expectations. */
@ApiTags('targets')
@Controller()
export class TargetsController {
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
}
