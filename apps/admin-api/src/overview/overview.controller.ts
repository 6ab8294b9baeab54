import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Post,
  Query,
  Sse,
  type MessageEvent,
  type OnModuleDestroy,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Observable } from 'rxjs';
import { daysBetween } from '@app/kernel';
import {
  incomeHours,
  isDemoCity,
  pointsOverview,
  pointsOverviewSums,
  removeView,
  savedViewsQuery,
  saveView,
  type ListQuery,
} from '@app/persistence';
import { FieldError } from '@app/registry';
import { IdDto } from '../attendants/attendants.dto.js';
import { Allow, CurrentViewer, EVERYONE, type Viewer } from '../auth/viewer.js';
import { busy } from '../http/errors.js';
import { IntParam } from '../http/int-param.js';
import { ListOf } from '../http/list.js';
import { Services } from '../services.js';
import { LiveDesk } from './live-desk.js';
import {
  AboutDto,
  HourDto,
  HoursOptions,
  PointOverviewDto,
  PointOverviewOptions,
  PointOverviewSumsDto,
  SavedViewDto,
  SavedViewListOptions,
  SaveViewDto,
} from './overview.dto.js';

const CITY_NAME = 'Kota Medan';
const HOURS_DAYS_MAX = 100;
const PERIOD_DAYS_MAX = 3_700;

@ApiTags('overview')
@Controller()
@Allow(...EVERYONE)
export class OverviewController implements OnModuleDestroy {
  private readonly desk: LiveDesk;

  constructor(private readonly services: Services) {
    this.desk = new LiveDesk(services.database, services.log);
  }

  onModuleDestroy(): void {
    this.desk.close();
  }

  /** Which city this is, whether what it shows is simulated, and where its map's ground comes from. */
  @Get('about')
  async about(): Promise<AboutDto> {
    const { database, settings } = this.services;
    return { name: CITY_NAME, simulated: await isDemoCity(database), map: settings.map ?? null };
  }

  /** Points with what the period brought, for a map or a table. */
  @Get('points-overview')
  @ListOf(PointOverviewDto, 'points')
  points(@Query() options: PointOverviewOptions, @CurrentViewer() { scope }: Viewer): ListQuery<PointOverviewDto> {
    refuseLong(options, PERIOD_DAYS_MAX);
    return pointsOverview(options, scope);
  }

  /** Sums over all points that the same filter shows. */
  @Get('points-overview/sums')
  sums(@Query() options: PointOverviewOptions, @CurrentViewer() { scope }: Viewer): Promise<PointOverviewSumsDto> {
    refuseLong(options, PERIOD_DAYS_MAX);
    return pointsOverviewSums(this.services.database, pointsOverview(options, scope));
  }

  /** What each hour of a point's days brought, at most 100 days. */
  @Get('income/hours')
  hours(@Query() options: HoursOptions, @CurrentViewer() { scope }: Viewer): Promise<HourDto[]> {
    refuseLong(options, HOURS_DAYS_MAX);
    return incomeHours(this.services.database, options, scope);
  }

  /**
   * Server-sent events: `state` with today's income, open cases, exceptions and alarms whenever one of them changes,
   * `beat` every 15 s. Each is the whole state. Read it with fetch, for the token travels in the header.
   */
  @Sse('live')
  live(@CurrentViewer() { scope }: Viewer): Observable<MessageEvent> {
    if (this.desk.isFull) throw busy('Too many people watch live right now.');
    return this.desk.watch(scope);
  }

  /** The views of lists that you have saved. */
  @Get('saved-views')
  @ListOf(SavedViewDto, 'saved-views')
  views(@Query() { screen }: SavedViewListOptions, @CurrentViewer() { userId }: Viewer): ListQuery<SavedViewDto> {
    return savedViewsQuery(userId, screen);
  }

  /** Saves a view; one of the same name is replaced. */
  @Post('saved-views')
  async save(@Body() body: SaveViewDto, @CurrentViewer() { actor, userId }: Viewer): Promise<IdDto> {
    return { id: await this.services.write(actor, (tx) => saveView(tx, userId, body)) };
  }

  @Delete('saved-views/:id')
  @HttpCode(204)
  async remove(@IntParam('id') id: number, @CurrentViewer() { actor, userId }: Viewer): Promise<void> {
    await this.services.write(actor, (tx) => removeView(tx, userId, id));
  }
}

function refuseLong({ from, to }: { from: string; to: string }, daysMax: number): void {
  if (to < from) throw new FieldError('to', `to (${to}) lies before from (${from}).`);
  if (daysBetween(from, to) >= daysMax)
    throw new FieldError('to', `from ${from} to ${to} are more than ${daysMax} days.`, 'Ask for a shorter period.');
}
