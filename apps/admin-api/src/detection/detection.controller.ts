import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import { addDays, businessDateOf } from '@app/kernel';
import {
  calendarEventsQuery,
  changeDetectorSettings,
  closeDetectionNote,
  createCalendarEvent,
  currentDetectorSettings,
  detectionNotesQuery,
  detectionRunsQuery,
  detectorQuality,
  expectationsQuery,
  potentialsQuery,
  suspicionsQuery,
  withdrawCalendarEvent,
  type ListQuery,
} from '@app/persistence';
import { FieldError } from '@app/registry';
import { IdDto } from '../attendants/attendants.dto.js';
import { Allow, CITY, CurrentViewer, EVERYONE, OFFICERS, type Viewer } from '../auth/viewer.js';
import { csvText, readCsv } from '../http/csv.js';
import { ImportDto, ImportOptions } from '../http/csv.dto.js';
import { importRows } from '../http/import-rows.js';
import { IntParam } from '../http/int-param.js';
import { ListOf } from '../http/list.js';
import { Services } from '../services.js';
import {
  CalendarEventDto,
  CalendarEventListOptions,
  ChangeDetectorSettingsDto,
  CreateCalendarEventDto,
  DetectionNoteDto,
  DetectionNoteListOptions,
  DetectorQualityDto,
  DetectorRunDto,
  DetectorRunListOptions,
  DetectorSettingsDto,
  ExpectationDto,
  ExpectationListOptions,
  PotentialDto,
  PotentialListOptions,
  QualityOptions,
  SuspicionDto,
  SuspicionListOptions,
} from './detection.dto.js';

const EVENT_COLUMNS = ['kind', 'name', 'from', 'to', 'district', 'point'] as const;

@ApiTags('detection')
@Controller()
export class DetectionController {
  constructor(private readonly services: Services) {}

  /** Statistical suspicions, the newest first: leads with evidence, never verdicts; exact exceptions are elsewhere. */
  @Get('suspicions')
  @Allow(...EVERYONE)
  @ListOf(SuspicionDto, 'suspicions')
  suspicions(@Query() options: SuspicionListOptions, @CurrentViewer() { scope }: Viewer): ListQuery<SuspicionDto> {
    return suspicionsQuery(options, scope);
  }

  /** Recorded against expected, with the interval that honest days fall into 90 % of the time. */
  @Get('expectations')
  @Allow(...EVERYONE)
  @ListOf(ExpectationDto, 'expectations')
  expectations(
    @Query() options: ExpectationListOptions,
    @CurrentViewer() { scope }: Viewer,
  ): ListQuery<ExpectationDto> {
    return expectationsQuery(options, scope);
  }

  /** What points should have earned, day by day, with its range. */
  @Get('potentials')
  @Allow(...EVERYONE)
  @ListOf(PotentialDto, 'potentials')
  potentials(@Query() options: PotentialListOptions, @CurrentViewer() { scope }: Viewer): ListQuery<PotentialDto> {
    return potentialsQuery(options, scope);
  }

  /** Maintenance tickets, calendar notes and notes on data: honest causes that the detector found. */
  @Get('detector/notes')
  @Allow(...EVERYONE)
  @ListOf(DetectionNoteDto, 'detector-notes')
  notes(@Query() options: DetectionNoteListOptions, @CurrentViewer() { scope }: Viewer): ListQuery<DetectionNoteDto> {
    return detectionNotesQuery(options, scope);
  }

  /** The cause is gone: the device works again, the street is open. */
  @Post('detector/notes/:id/close')
  @Allow(...OFFICERS)
  @HttpCode(204)
  async closeNote(@Param('id') id: string, @CurrentViewer() { actor }: Viewer): Promise<void> {
    await this.services.write(actor, (tx) => closeDetectionNote(tx, id, this.services.clock.now()));
  }

  @Get('detector/settings')
  @Allow(...CITY)
  settings(): Promise<DetectorSettingsDto> {
    return currentDetectorSettings(this.services.database);
  }

  /** New settings from the next assessment on; what was assessed before keeps the version it was made with. */
  @Patch('detector/settings')
  @Allow(...OFFICERS)
  async changeSettings(
    @Body() change: ChangeDetectorSettingsDto,
    @CurrentViewer() { actor }: Viewer,
  ): Promise<DetectorSettingsDto> {
    await this.services.write(actor, (tx) => changeDetectorSettings(tx, change));
    return currentDetectorSettings(this.services.database);
  }

  /** How good the detector is: false cases by officers' verdicts against what was promised, and recall of planted thefts. */
  @Get('detector/quality')
  @Allow(...CITY)
  async quality(@Query() options: QualityOptions): Promise<DetectorQualityDto> {
    const to = options.to ?? businessDateOf(this.services.clock.now());
    const from = options.from ?? addDays(to, -27);
    if (to < from) throw new FieldError('to', `to (${to}) lies before from (${from}).`);
    return detectorQuality(this.services.database, { from, to });
  }

  /** Assessments, the newest first: with what engine, settings and input. */
  @Get('detector/runs')
  @Allow(...CITY)
  @ListOf(DetectorRunDto, 'detector-runs')
  runs(@Query() _: DetectorRunListOptions): ListQuery<DetectorRunDto> {
    return detectionRunsQuery();
  }

  /** Events, road works, closures and the like: honest causes of unusual days. Public holidays are in `holidays`. */
  @Get('calendar-events')
  @Allow(...EVERYONE)
  @ListOf(CalendarEventDto, 'calendar-events')
  events(@Query() options: CalendarEventListOptions, @CurrentViewer() { scope }: Viewer): ListQuery<CalendarEventDto> {
    return calendarEventsQuery(options, scope);
  }

  @Post('calendar-events')
  @Allow(...OFFICERS)
  async createEvent(@Body() event: CreateCalendarEventDto, @CurrentViewer() { actor }: Viewer): Promise<IdDto> {
    const now = this.services.clock.now();
    return { id: await this.services.write(actor, (tx) => createCalendarEvent(tx, event, now)) };
  }

  /**
   * Takes events over from a CSV file, all or none: school terms, rainy days, road works. With `dryRun=true` it only
   * tells what would happen. Columns: kind, name, from, to, optionally district or point (neither: the whole city).
   */
  @Post('calendar-events/import')
  @Allow(...OFFICERS)
  @HttpCode(200)
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string' } })
  async importEvents(
    @Body() text: unknown,
    @Query() { dryRun }: ImportOptions,
    @CurrentViewer() { actor }: Viewer,
  ): Promise<ImportDto> {
    const now = this.services.clock.now();
    const columns = { needed: ['kind', 'name', 'from', 'to'], known: [...EVENT_COLUMNS] };
    return importRows(
      readCsv(csvText(text), CreateCalendarEventDto, columns, (cells) => cells),
      {
        ...{ services: this.services, actor, dryRun },
        enter: (tx, event) => createCalendarEvent(tx, event, now),
      },
    );
  }

  @Delete('calendar-events/:id')
  @Allow(...OFFICERS)
  @HttpCode(204)
  async withdrawEvent(@IntParam('id') id: number, @CurrentViewer() { actor }: Viewer): Promise<void> {
    await this.services.write(actor, (tx) => withdrawCalendarEvent(tx, id, this.services.clock.now()));
  }
}
