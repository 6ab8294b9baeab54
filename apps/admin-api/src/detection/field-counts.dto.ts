import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Length,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  type ValidationOptions,
} from 'class-validator';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { VEHICLE_CLASSES } from '@app/protocol';
import { DayRangeOptions } from '../http/list-options.dto.js';
import { IsDay, IsInstant, Optional, WholeNumber } from '../http/validators.js';

const FIELDS = ['arrivals', 'exempt', 'departures', 'occupied'];
const VEHICLES_MAX = 100_000;
const TEAM_MAX = 64;

const IsClassCounts = (): PropertyDecorator => {
  const isEntries = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const validate = (value: unknown): boolean =>
    isEntries(value) &&
    Object.keys(value).length > 0 &&
    Object.entries(value).every(
      ([name, seen]) =>
        VEHICLE_CLASSES.includes(name as never) &&
        isEntries(seen) &&
        Object.entries(seen).every(
          ([field, n]) => FIELDS.includes(field) && Number.isInteger(n) && Number(n) >= 0 && Number(n) <= VEHICLES_MAX,
        ),
    );
  const options: ValidationOptions = {
    message:
      `$property must give, per vehicle class (${VEHICLE_CLASSES.join(', ')}), whole numbers of vehicles ` +
      `(${FIELDS.join(', ')}), 0 to ${VEHICLES_MAX.toLocaleString('en')}`,
  };
  return ValidateBy({ name: 'isClassCounts', validator: { validate } }, options);
};

export class ClassCountDto {
  arrivals?: number;
  /** Of the arrivals: vehicles that owe nothing (subscribers, free). */
  exempt?: number;
  departures?: number;
  /** Spaces taken at the end. */
  occupied?: number;
}

const CLASS_COUNTS = {
  type: 'object' as const,
  additionalProperties: {
    type: 'object' as const,
    properties: Object.fromEntries(FIELDS.map((field) => [field, { type: 'integer' as const, minimum: 0 }])),
  },
};

export class FieldCountDto {
  id!: string;
  /** Give it back with a correction. */
  revision!: number;
  point!: string;
  businessDate!: string;
  from!: string;
  to!: string;
  /** Vehicles seen, per vehicle class. */
  @ApiProperty(CLASS_COUNTS)
  classes!: Record<string, ClassCountDto>;
  /** `device`: of a sensor, or of an officer who counted on a terminal. */
  source!: 'officer' | 'import' | 'device';
  team!: string;
  plan!: number | null;
  note!: string;
  withdrawn!: boolean;
  /** Why it was corrected or withdrawn. */
  reason!: string;
  /** `device/epoch/seq`: see `GET /records/{device}/{epoch}/{seq}`. */
  record!: string | null;
  enteredBy!: string;
  enteredAt!: string;
}

export class PeriodListOptions extends DayRangeOptions {
  /** Code of a point. */
  @Optional()
  @IsString()
  @MaxLength(64)
  point?: string;
}

export class FieldCountListOptions extends PeriodListOptions {
  @Optional()
  @IsIn(['officer', 'import', 'device'])
  source?: string;

  @Optional()
  @WholeNumber(1)
  plan?: number;
}

class CountedFacts {
  @IsInstant()
  from!: string;

  /** Exclusive; at most 24 hours after `from`. */
  @IsInstant()
  to!: string;

  /** Vehicles seen, per vehicle class. A class that is left out was not counted; one that was looked for and did not come is 0. */
  @IsObject()
  @IsClassCounts()
  @ApiProperty(CLASS_COUNTS)
  classes!: Record<string, ClassCountDto>;

  /** Who counted. */
  @Optional()
  @IsString()
  @MaxLength(TEAM_MAX)
  team?: string;

  @Optional()
  @IsString()
  @MaxLength(1000)
  note?: string;
}

export class CreateFieldCountDto extends CountedFacts {
  /** Code of the point. */
  @IsString()
  @MaxLength(64)
  point!: string;

  /** The plan it was made for. */
  @Optional()
  @IsInt()
  @Min(1)
  plan?: number;
}

export class ReviseFieldCountDto {
  /** The revision that is corrected; 409 when there is a newer one. */
  @IsInt()
  @Min(1)
  revision!: number;

  /** Why. */
  @IsString()
  @Length(1, 500)
  reason!: string;

  /** Takes the count back; its history stays. */
  @Optional()
  @IsBoolean()
  withdrawn?: boolean;

  @Optional()
  @IsInstant()
  from?: string;

  @Optional()
  @IsInstant()
  to?: string;

  @Optional()
  @IsObject()
  @IsClassCounts()
  @ApiPropertyOptional(CLASS_COUNTS)
  classes?: Record<string, ClassCountDto>;

  @Optional()
  @IsString()
  @MaxLength(TEAM_MAX)
  team?: string;

  @Optional()
  @IsString()
  @MaxLength(1000)
  note?: string;
}

export class FieldCountIdDto {
  id!: string;
}

export class FieldCountPlanDto {
  id!: number;
  point!: string;
  pointName!: string;
  date!: string;
  /** Hours of the day, `toHour` exclusive. */
  fromHour!: number;
  toHour!: number;
  people!: number;
  team!: string;
  /** Why this point: the planner's words, or the officer's. */
  reason!: string;
  @ApiProperty({ enum: ['planned', 'counted', 'missed', 'cancelled'] })
  state!: 'planned' | 'counted' | 'missed' | 'cancelled';
  /** Counts that were entered for it. */
  counts!: number;
  createdBy!: string;
  createdAt!: string;
}

export class FieldCountPlanListOptions extends PeriodListOptions {
  @Optional()
  @IsIn(['planned', 'counted', 'missed', 'cancelled'])
  state?: string;
}

export class CreateFieldCountPlanDto {
  @IsString()
  @MaxLength(64)
  point!: string;

  @IsDay()
  date!: string;

  @IsInt()
  @Min(0)
  @Max(23)
  fromHour!: number;

  /** Exclusive. */
  @IsInt()
  @Min(1)
  @Max(24)
  toHour!: number;

  @IsInt()
  @Min(1)
  @Max(20)
  people!: number;

  @Optional()
  @IsString()
  @MaxLength(TEAM_MAX)
  team?: string;

  @Optional()
  @IsString()
  @MaxLength(500)
  reason?: string;
}

export class ProposalOptions {
  /** Day of the counts; tomorrow when left out. */
  @Optional()
  @IsDay()
  date?: string;

  /** Points at most. */
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(50)
  teams: number = 5;

  /** People who can go out, in all; a point takes two or more, as its busiest hour needs. */
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(2)
  @Max(200)
  people: number = 10;
}

export class BothLanguagesDto {
  /** Indonesian. */
  id!: string;
  en!: string;
}

export class ProposalRowDto {
  rank!: number;
  point!: string;
  pointName!: string;
  fromHour!: number;
  toHour!: number;
  /** Who must go: one who leads, and one for each 60 vehicles of the busiest hour. */
  people!: number;
  /** Rupiah a month that the count is expected to make certain or bring back. */
  value!: number;
  /** The parts of the value. */
  uncertainty!: number;
  suspicion!: number;
  /** Days since the last count; null when there never was one. */
  lastCountDays!: number | null;
  reason!: BothLanguagesDto;
}

export class ProposalDto {
  date!: string;
  teams!: number;
  people!: number;
  rows!: ProposalRowDto[];
}
