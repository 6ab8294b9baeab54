import { IsBoolean, IsIn, IsInt, IsObject, IsString, Length, Max, MaxLength, Min } from 'class-validator';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { SPACES, WEEKLY_HOURS } from '../http/schemas.js';
import { ListOptions } from '../http/list-options.dto.js';
import { IsCode, IsDay, IsMicrodegrees, IsSpaces, Nullable, Optional, IsWeeklyHours } from '../http/validators.js';

const COORDINATE_SOURCES = ['none', 'illustrative', 'surveyed'] as const;
type CoordinateSource = (typeof COORDINATE_SOURCES)[number];

/** What can be said and changed of a point. */
export class PointFacts {
  @Optional()
  @IsString()
  @MaxLength(200)
  street?: string;

  /** Kecamatan. */
  @Optional()
  @IsString()
  @MaxLength(200)
  district?: string;

  /** Kelurahan. */
  @Optional()
  @IsString()
  @MaxLength(200)
  subdistrict?: string;

  /** Class of the street, where a tariff or contract asks for it: `I` or `II` until 2024. */
  @Nullable()
  @IsString()
  @Length(1, 20)
  streetClass?: string | null;

  @Nullable()
  @IsMicrodegrees(90)
  latitudeMicrodegrees?: number | null;

  @Nullable()
  @IsMicrodegrees(180)
  longitudeMicrodegrees?: number | null;

  @Optional()
  @IsIn(COORDINATE_SOURCES)
  coordinatesSource?: CoordinateSource;

  /** A payment further away than this is flagged `outside-geofence`. */
  @Nullable()
  @IsInt()
  @Min(10)
  @Max(10_000)
  geofenceRadiusMetres?: number | null;

  /** Parking spaces (SRP) per vehicle class. */
  @Optional()
  @IsObject()
  @IsSpaces()
  @ApiPropertyOptional(SPACES)
  spaces?: Record<string, number>;
}

export class CreatePointDto extends PointFacts {
  @IsCode()
  code!: string;

  @IsString()
  @Length(1, 200)
  name!: string;

  /** Minutes since midnight (Asia/Jakarta) per weekday, 0 = Sunday: `{"1": [420, 1320]}`. */
  @Optional()
  @IsObject()
  @IsWeeklyHours()
  @ApiPropertyOptional(WEEKLY_HOURS)
  hours?: Record<string, [number, number]>;

  /** Code of the operator that runs it; absent: the city itself. */
  @Optional()
  @IsString()
  operator?: string;
}

export class ChangePointDto extends PointFacts {
  @Optional()
  @IsString()
  @Length(1, 200)
  name?: string;

  /** First business day of `streetClass`; today when absent. What was said of later days goes. */
  @Optional()
  @IsDay()
  streetClassFrom?: string;

  /** A closed point stays in the books and takes no new devices. */
  @Optional()
  @IsBoolean()
  closed?: boolean;
}

export class PointListOptions extends ListOptions {
  @Optional()
  @IsString()
  district?: string;

  @Optional()
  @IsString()
  street?: string;

  /** Code of the operator that runs it today. */
  @Optional()
  @IsString()
  operator?: string;

  @Optional()
  @IsString()
  streetClass?: string;

  /** Part of code, name or street. */
  @Optional()
  @IsString()
  @MaxLength(100)
  search?: string;
}

export class StreetClassDto {
  id!: number;
  point!: string;
  streetClass!: string;
  validFrom!: string;
  /** Exclusive. */
  validTo!: string | null;
}

export class PointDto {
  code!: string;
  name!: string;
  street!: string;
  district!: string;
  subdistrict!: string;
  streetClass!: string | null;
  latitudeMicrodegrees!: number | null;
  longitudeMicrodegrees!: number | null;
  coordinatesSource!: CoordinateSource;
  geofenceRadiusMetres!: number | null;
  /** Parking spaces (SRP) per vehicle class. */
  @ApiProperty(SPACES)
  spaces!: Record<string, number>;
  /** Operating hours in force today. */
  @ApiProperty({ ...WEEKLY_HOURS, nullable: true })
  hours!: Record<string, [number, number]> | null;
  /** Code of the operator that runs it today; null: the city itself. */
  operator!: string | null;
  operatorName!: string | null;
  /** Devices that work there now. */
  devices!: number;
  createdAt!: string;
  closedAt!: string | null;
}

export class HoursDto {
  id!: number;
  point!: string;
  /** Minutes since midnight per weekday, 0 = Sunday; a missing weekday is closed. */
  @ApiProperty(WEEKLY_HOURS)
  hours!: Record<string, [number, number]>;
  /** First day. */
  validFrom!: string;
  /** The day after the last one. */
  validTo!: string | null;
}

export class SetHoursDto {
  @IsObject()
  @IsWeeklyHours()
  @ApiProperty(WEEKLY_HOURS)
  hours!: Record<string, [number, number]>;

  @IsDay()
  validFrom!: string;
}

export class PointOperatorDto {
  id!: number;
  point!: string;
  operator!: string;
  operatorName!: string;
  contract!: string | null;
  validFrom!: string;
  /** The day after the last one. */
  validTo!: string | null;
}

export class SetPointOperatorDto {
  @IsString()
  operator!: string;

  /** Number of the contract. */
  @Optional()
  @IsString()
  contract?: string;

  @IsDay()
  validFrom!: string;

  /** The day after the last one. */
  @Optional()
  @IsDay()
  validTo?: string;
}

export class EndOnDayDto {
  /** The day after the last one. */
  @IsDay()
  validTo!: string;
}

export class PointOperatorListOptions extends ListOptions {
  @Optional()
  @IsString()
  point?: string;

  @Optional()
  @IsString()
  operator?: string;

  @Optional()
  @IsString()
  contract?: string;
}
