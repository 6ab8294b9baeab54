import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import {
  changePoint,
  createPoint,
  endPointOperator,
  existingPoints,
  findPoint,
  pointHoursQuery,
  pointsQuery,
  setPointHours,
  setPointOperator,
  streetClassesQuery,
  type ListQuery,
} from '@app/persistence';
import { Allow, CurrentViewer, EVERYONE, OFFICERS, type Viewer } from '../auth/viewer.js';
import { csvText, repeated } from '../http/csv.js';
import { ImportDto, ImportOptions } from '../http/csv.dto.js';
import { badRows } from '../http/errors.js';
import { ListOf } from '../http/list.js';
import { Services } from '../services.js';
import { ListOptions } from '../http/list-options.dto.js';
import { readPointsCsv } from './points-csv.js';
import {
  ChangePointDto,
  CreatePointDto,
  EndOnDayDto,
  HoursDto,
  PointDto,
  PointListOptions,
  SetHoursDto,
  SetPointOperatorDto,
  StreetClassDto,
} from './points.dto.js';

@ApiTags('points')
@Controller('points')
export class PointsController {
  constructor(private readonly services: Services) {}

  /** The parking points; an operator's clerk sees those which the operator runs today. */
  @Get()
  @Allow(...EVERYONE)
  @ListOf(PointDto, 'points')
  list(@Query() options: PointListOptions, @CurrentViewer() { scope }: Viewer): ListQuery<PointDto> {
    return pointsQuery(options, scope);
  }

  @Get(':code')
  @Allow(...EVERYONE)
  find(@Param('code') code: string, @CurrentViewer() { scope }: Viewer): Promise<PointDto> {
    return findPoint(this.services.database, code, scope);
  }

  /** Registers a point. Its street class, hours and operator hold from the beginning of time on. */
  @Post()
  @Allow(...OFFICERS)
  async create(@Body() point: CreatePointDto, @CurrentViewer() { actor, scope }: Viewer): Promise<PointDto> {
    await this.services.write(actor, (tx) => createPoint(tx, point));
    return findPoint(this.services.database, point.code, scope);
  }

  /**
   * Takes points over from a CSV file, all or none. With `dryRun=true` it only tells what would happen. Columns: code,
   * name, and optionally street, district, subdistrict, streetClass, operator, latitude, longitude (degrees),
   * coordinatesSource, geofenceRadiusMetres, spaces per vehicle class (motorcycle, car, …), opens, closes (HH:MM).
   */
  @Post('import')
  @Allow(...OFFICERS)
  @HttpCode(200)
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string' } })
  async import(
    @Body() text: unknown,
    @Query() { dryRun }: ImportOptions,
    @CurrentViewer() { actor }: Viewer,
  ): Promise<ImportDto> {
    const { rows, faults } = readPointsCsv(csvText(text));
    const points = rows.map((row) => row.value);
    const known = await existingPoints(this.services.database, points);
    const all = [
      ...faults,
      ...repeated(rows, 'code'),
      ...rows.flatMap(({ line, value }) => known(value).map((fault) => ({ line, ...fault }))),
    ].sort((a, b) => a.line - b.line);
    if (dryRun) return { rows: rows.length + faults.length, stored: 0, faults: all };
    if (all.length > 0) throw badRows(all);
    await this.services.write(actor, async (tx) => {
      for (const point of points) await createPoint(tx, point);
    });
    return { rows: points.length, stored: points.length, faults: [] };
  }

  /**
   * Changes what is said of a point. Its code stays: records name it. A street class holds from `streetClassFrom` on; days
   * that are over look again, and statements of past months follow by correcting entries.
   */
  @Patch(':code')
  @Allow(...OFFICERS)
  async change(
    @Param('code') code: string,
    @Body() change: ChangePointDto,
    @CurrentViewer() { actor, scope }: Viewer,
  ): Promise<PointDto> {
    await this.services.write(actor, (tx) => changePoint(tx, code, change, this.services.clock.now()));
    return findPoint(this.services.database, code, scope);
  }

  /** The classes that the point's street has had, has and will have. */
  @Get(':code/street-classes')
  @Allow(...EVERYONE)
  @ListOf(StreetClassDto, 'street-classes')
  streetClasses(
    @Param('code') code: string,
    @Query() _: ListOptions,
    @CurrentViewer() { scope }: Viewer,
  ): ListQuery<StreetClassDto> {
    return streetClassesQuery(code, scope);
  }

  /** The timetables the point has had, has and will have. */
  @Get(':code/hours')
  @Allow(...EVERYONE)
  @ListOf(HoursDto, 'hours')
  hours(@Param('code') code: string, @Query() _: ListOptions, @CurrentViewer() { scope }: Viewer): ListQuery<HoursDto> {
    return pointHoursQuery(code, scope);
  }

  /** A new timetable from a day on; the one before ends there. */
  @Post(':code/hours')
  @Allow(...OFFICERS)
  @HttpCode(204)
  async setHours(
    @Param('code') code: string,
    @Body() change: SetHoursDto,
    @CurrentViewer() { actor }: Viewer,
  ): Promise<void> {
    await this.services.write(actor, (tx) => setPointHours(tx, code, change));
  }

  /** Gives the point to an operator from a day on; who ran it before does so until there. */
  @Post(':code/operator')
  @Allow(...OFFICERS)
  @HttpCode(204)
  async setOperator(
    @Param('code') code: string,
    @Body() change: SetPointOperatorDto,
    @CurrentViewer() { actor }: Viewer,
  ): Promise<void> {
    await this.services.write(actor, (tx) => setPointOperator(tx, code, change, this.services.clock.now()));
  }

  /** The city runs the point itself from a day on. */
  @Post(':code/operator/end')
  @Allow(...OFFICERS)
  @HttpCode(204)
  async endOperator(
    @Param('code') code: string,
    @Body() { validTo }: EndOnDayDto,
    @CurrentViewer() { actor }: Viewer,
  ): Promise<void> {
    await this.services.write(actor, (tx) => endPointOperator(tx, code, validTo, this.services.clock.now()));
  }
}
