import { IsIn, IsInt, IsNumber, IsString, Length, Max, MaxLength, Min } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { CALENDAR_EVENT_KINDS, EXPECTATION_GROUPS, type CalendarEventKind } from '@app/persistence';
import { ListOptions } from '../http/list-options.dto.js';
import { Flag, IsDay, Optional } from '../http/validators.js';
import { BothLanguagesDto, PeriodListOptions } from './field-counts.dto.js';

const ANYTHING = { type: 'object' as const, additionalProperties: true };

export class RangeDto {
  /** Rupiah. */
  low!: number;
  mid!: number;
  high!: number;
}

export class SuspicionListOptions extends PeriodListOptions {
  @Optional()
  @IsString()
  @MaxLength(64)
  pattern?: string;

  @Optional()
  @IsString()
  @MaxLength(64)
  device?: string;

  @Optional()
  @IsString()
  @MaxLength(64)
  attendant?: string;

  @Optional()
  @IsString()
  @MaxLength(64)
  caseId?: string;

  /** Only those that a later look no longer finds, or only those that stand. */
  @Optional()
  @Flag()
  withdrawn?: boolean;
}

export class SuspicionDto {
  id!: string;
  point!: string | null;
  device!: string | null;
  attendant!: string | null;
  /** The pattern most likely. */
  pattern!: string;
  from!: string;
  to!: string;
  /** Higher = more suspicious. */
  score!: number;
  /** What may be missing in the period. */
  rupiahAtRisk!: RangeDto;
  /** The terms that it is made of, the weightiest first. */
  @ApiProperty({ type: 'array', items: ANYTHING })
  evidence!: { [key: string]: unknown }[];
  explanation!: BothLanguagesDto;
  caseId!: string | null;
  pointName!: string | null;
  firstSeenAt!: string;
  lastSeenAt!: string;
  /** A later look no longer finds it. */
  withdrawnAt!: string | null;
}

export class ExpectationListOptions extends PeriodListOptions {
  /** A row for each day, or for each hour of each day. */
  @Optional()
  @IsIn(EXPECTATION_GROUPS)
  by: 'day' | 'hour' = 'day';
}

export class ExpectationDto {
  point!: string;
  date!: string;
  /** null in a row of a whole day. */
  hour!: number | null;
  /** Vehicles; null where nothing can be said yet. */
  expected!: number | null;
  /** Honest days fall between lower and upper 90 % of the time. */
  lower!: number | null;
  upper!: number | null;
  recorded!: number | null;
  /** Rupiah expected at the tariffs of the date; null in rows of an hour. */
  amount!: number | null;
  amountLower!: number | null;
  amountUpper!: number | null;
  /** How suspicious the day is; null when it cannot be judged. */
  score!: number | null;
  notes!: string[];
  /** Counts the assessments of the day: late records make a new one. */
  version!: number;
}

const BASES = ['field-count', 'expectation'] as const;

export class PotentialListOptions extends PeriodListOptions {
  @Optional()
  @IsIn(BASES)
  basis?: string;
}

export class PotentialDto {
  point!: string;
  date!: string;
  /** The point's field counts, or, without any, its own past. */
  @ApiProperty({ enum: BASES })
  basis!: 'field-count' | 'expectation';
  /** Rupiah. */
  low!: number;
  mid!: number;
  high!: number;
  recorded!: number;
  /** `mid` less what was recorded. */
  unrecorded!: number;
  /** By how much the city's control days (points watched all day) lifted the expectation; 1: not at all. */
  controlFactor!: number;
  /** By vehicle class: volume, exempt share, tariff. */
  @ApiProperty({ type: 'array', items: ANYTHING })
  classes!: { [key: string]: unknown }[];
}

const NOTE_KINDS = ['maintenance', 'calendar', 'data'] as const;

export class DetectionNoteListOptions extends PeriodListOptions {
  @Optional()
  @IsIn(NOTE_KINDS)
  kind?: string;

  @Optional()
  @Flag()
  open?: boolean;
}

export class DetectionNoteDto {
  id!: string;
  /** `maintenance`: a ticket for the workshop. `calendar`: a closure or event. `data`: what could not be judged, and why. */
  @ApiProperty({ enum: NOTE_KINDS })
  kind!: 'maintenance' | 'calendar' | 'data';
  pattern!: string;
  point!: string | null;
  device!: string | null;
  from!: string;
  to!: string;
  explanation!: BothLanguagesDto;
  @ApiProperty({ type: 'array', items: ANYTHING })
  evidence!: { [key: string]: unknown }[];
  firstSeenAt!: string;
  lastSeenAt!: string;
  closedAt!: string | null;
  closedBy!: string | null;
}

export class DetectorSettingsDto {
  version!: number;
  /** False cases that the city is ready to look into, a week, over all its points. */
  falseCasesPerWeek!: number;
  recalibrateEveryDays!: number;
  reason!: string;
  enteredBy!: string;
  enteredAt!: string;
}

export class ChangeDetectorSettingsDto {
  @Optional()
  @IsNumber()
  @Min(0.01)
  @Max(1000)
  falseCasesPerWeek?: number;

  @Optional()
  @IsInt()
  @Min(1)
  @Max(365)
  recalibrateEveryDays?: number;

  /** Why. */
  @IsString()
  @Length(1, 500)
  reason!: string;
}

export class QualityOptions {
  /** First business day; four weeks ago when left out. */
  @Optional()
  @IsDay()
  from?: string;

  @Optional()
  @IsDay()
  to?: string;
}

export class VerdictsDto {
  /** Officers found a loss (confirmed, recovered, written off). */
  confirmed!: number;
  /** Officers found an honest cause (explained, device fault): false cases. */
  refuted!: number;
  /** Closed by the system itself, because a later look no longer found it. */
  withdrawn!: number;
  /** Not judged yet. */
  open!: number;
}

export class RateDto {
  /** What the settings promise. */
  promised!: number;
  /** Refuted cases a week; null while nothing was judged. */
  achieved!: number | null;
  /** 90 % interval of the achieved rate. */
  lower!: number | null;
  upper!: number | null;
}

export class RecallDto {
  pattern!: string;
  /** Share of the occasions that the planted thief takes. */
  share!: number;
  planted!: number;
  found!: number;
  /** Of those found: named by the right pattern. */
  named!: number;
  /** Days until they were found, the first day of the theft counted as 1. */
  medianDays!: number | null;
}

export class PlantedMonthDto {
  /** `YYYY-MM`. */
  month!: string;
  engineVersion!: string;
  settingsVersion!: number;
  /** The recorded days that were planted into. */
  from!: string;
  to!: string;
  madeAt!: string;
  planted!: number;
  found!: number;
  @ApiProperty({ type: [RecallDto] })
  recall!: RecallDto[];
}

export class CalibrationDto {
  at!: string;
  engineVersion!: string;
  settingsVersion!: number;
  from!: string;
  to!: string;
  threshold!: number | null;
  @ApiProperty(ANYTHING)
  figures!: { [key: string]: unknown };
}

export class DetectorQualityDto {
  from!: string;
  to!: string;
  pointDays!: number;
  cases!: number;
  verdicts!: VerdictsDto;
  falseCasesPerWeek!: RateDto;
  falseCasesPerThousandPointDays!: number | null;
  /** Thefts planted into copies of the city's own days, and how many of them the detector finds; of the newest month. */
  recall!: RecallDto[];
  /** The same month by month, the newest first. */
  months!: PlantedMonthDto[];
  /** The newest first. */
  calibrations!: CalibrationDto[];
}

export class CalendarEventListOptions extends PeriodListOptions {}

export class CalendarEventDto {
  id!: number;
  @ApiProperty({ enum: CALENDAR_EVENT_KINDS })
  kind!: CalendarEventKind;
  name!: string;
  from!: string;
  /** Inclusive. */
  to!: string;
  /** Of a district; of a point; both null: of the whole city. */
  district!: string | null;
  point!: string | null;
  createdBy!: string;
  createdAt!: string;
}

export class CreateCalendarEventDto {
  @IsIn(CALENDAR_EVENT_KINDS)
  kind!: CalendarEventKind;

  @IsString()
  @Length(1, 200)
  name!: string;

  @IsDay()
  from!: string;

  /** Inclusive. */
  @IsDay()
  to!: string;

  @Optional()
  @IsString()
  @Length(1, 200)
  district?: string;

  @Optional()
  @IsString()
  @MaxLength(64)
  point?: string;
}

export class DetectorRunListOptions extends ListOptions {}

export class DetectorRunDto {
  date!: string;
  version!: number;
  engineVersion!: string;
  settingsVersion!: number;
  inputHash!: string;
  stateHash!: string;
  reason!: string;
  ranAt!: string;
  loadMs!: number;
  engineMs!: number;
  points!: number;
  suspicions!: number;
  notes!: number;
}
