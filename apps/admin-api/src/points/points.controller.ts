import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { changePoint, createPoint, findPoint, pointsQuery, type ListQuery } from '@app/persistence';
import { Allow, CurrentViewer, EVERYONE, OFFICERS, type Viewer } from '../auth/viewer.js';
import { ListOf } from '../http/list.js';
import { Services } from '../services.js';
import { ChangePointDto, CreatePointDto, PointDto, PointListOptions } from './points.dto.js';

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

  /** Registers a point. Its hours and its operator hold from the beginning of time on. */
  @Post()
  @Allow(...OFFICERS)
  async create(@Body() point: CreatePointDto, @CurrentViewer() { actor, scope }: Viewer): Promise<PointDto> {
    await this.services.write(actor, (tx) => createPoint(tx, point));
    return findPoint(this.services.database, point.code, scope);
  }

  /** Changes what is said of a point. Its code stays: records name it. */
  @Patch(':code')
  @Allow(...OFFICERS)
  async change(
    @Param('code') code: string,
    @Body() change: ChangePointDto,
    @CurrentViewer() { actor, scope }: Viewer,
  ): Promise<PointDto> {
    await this.services.write(actor, (tx) => changePoint(tx, code, change));
    return findPoint(this.services.database, code, scope);
  }
}
