import { IsString, Length, Matches, MaxLength } from 'class-validator';
import { ListOptions } from '../http/list-options.dto.js';
import { IsDay, Optional } from '../http/validators.js';

/** A base map from elsewhere. */
export class MapTilesDto {
  /** Address of a raster tile, with `{z}`, `{x}` and `{y}` in it. */
  tiles!: string;
  /** Who made the map; may be empty. */
  credit!: string;
}

export class AboutDto {
  /** Of the city. */
  name!: string;
  /** The registry is the demo city's: terminals and payments are simulated, coordinates illustrative. */
  simulated!: boolean;
  /** null: points are drawn on plain ground. */
  map!: MapTilesDto | null;
}

export class PointOverviewOptions extends ListOptions {
  /** First business day, inclusive. */
  @IsDay()
  from!: string;

  /** Last business day, inclusive. */
  @IsDay()
  to!: string;

  @Optional()
  @IsString()
  @MaxLength(200)
  district?: string;

  @Optional()
  @IsString()
  @MaxLength(200)
  street?: string;

  @Optional()
  @IsString()
  @MaxLength(64)
  operator?: string;

  @Optional()
  @IsString()
  @MaxLength(64)
  streetClass?: string;

  /** Part of the code, the name or the street. */
  @Optional()
  @IsString()
  @MaxLength(200)
  search?: string;
}

export class PointOverviewDto {
  code!: string;
  name!: string;
  street!: string;
  district!: string;
  streetClass!: string | null;
  operator!: string | null;
  latitudeMicrodegrees!: number | null;
  longitudeMicrodegrees!: number | null;
  coordinatesSource!: 'none' | 'illustrative' | 'surveyed';
  count!: number;
  /** Rupiah of the period, as the waterfall counts them. */
  recorded!: number;
  cashRecorded!: number;
  potential!: number | null;
  settled!: number;
  deposited!: number;
  unrecorded!: number | null;
  unsettled!: number;
  undeposited!: number;
  openCases!: number;
  devices!: number;
  lastJournalAt!: string | null;
}

export class PointOverviewSumsDto {
  points!: number;
  count!: number;
  recorded!: number;
  potential!: number | null;
  unrecorded!: number | null;
  settled!: number;
  deposited!: number;
  unsettled!: number;
  undeposited!: number;
  openCases!: number;
}

export class HoursOptions {
  @IsString()
  @Length(1, 64)
  point!: string;

  @IsDay()
  from!: string;

  @IsDay()
  to!: string;
}

export class HourDto {
  date!: string;
  hour!: number;
  count!: number;
  amount!: number;
}

export class SavedViewListOptions extends ListOptions {
  @Optional()
  @IsString()
  @MaxLength(64)
  screen?: string;
}

export class SaveViewDto {
  @Matches(/^[a-z][a-z-]*(\/[a-z-]+)?$/, { message: 'screen must be the address of a screen, in lower case' })
  @MaxLength(64)
  screen!: string;

  @IsString()
  @Length(1, 100)
  name!: string;

  /** What stands behind the `?` of the screen's address. */
  @IsString()
  @MaxLength(2_000)
  search!: string;
}

export class SavedViewDto extends SaveViewDto {
  id!: number;
  savedAt!: string;
}
