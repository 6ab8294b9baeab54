import { IsIn, IsInt, IsString, Length, Max, MaxLength, Min } from 'class-validator';
import { FORMATS, ListOptions, type Format } from '../http/list-options.dto.js';
import { Flag, IsRupiah, Nullable, Optional, WholeNumber } from '../http/validators.js';

const SUM_MAX = 1_000_000_000_000_000;

export class TargetListOptions extends ListOptions {
  @Optional()
  @WholeNumber(2000, 2099)
  year?: number;

  @Optional()
  @IsString()
  @MaxLength(200)
  source?: string;

  /** `true`: only the newest revision of each. */
  @Optional()
  @Flag()
  newest?: boolean;
}

export class CreateTargetDto {
  @IsInt()
  @Min(2000)
  @Max(2099)
  year!: number;

  /** 1 to 12; left out or null for the whole year. */
  @Nullable()
  @IsInt()
  @Min(1)
  @Max(12)
  month?: number | null;

  /** Which office, by which paper. */
  @IsString()
  @Length(1, 200)
  source!: string;

  /** Rupiah, gross. */
  @IsRupiah(SUM_MAX)
  amount!: number;

  @Optional()
  @IsString()
  @MaxLength(1000)
  note: string = '';
}

export class TargetDto {
  id!: number;
  year!: number;
  /** null for the whole year. */
  month!: number | null;
  source!: string;
  /** 1 for the first; a change is the next revision. */
  revision!: number;
  amount!: number;
  note!: string;
  newest!: boolean;
  enteredBy!: string;
  enteredAt!: string;
}

export class RealisationOptions {
  @WholeNumber(2000, 2099)
  year!: number;

  @Optional()
  @IsIn(FORMATS)
  format: Format = 'json';
}

export class TargetRealisedDto {
  source!: string;
  revision!: number;
  /** What was wanted, in rupiah. */
  amount!: number;
  /** What came in of it, in hundredths of a percent (10,000 = all); null for a target of 0. */
  recordedBp!: number | null;
  settledBp!: number | null;
  depositedBp!: number | null;
}

export class RealisationRowDto {
  /** null for the whole year. */
  month!: number | null;
  /** Rupiah, gross, by the payment's own business day, as the waterfall says. */
  recorded!: number;
  settled!: number;
  deposited!: number;
  targets!: TargetRealisedDto[];
}

export class RealisationDto {
  year!: number;
  /** The whole year, then its months. */
  rows!: RealisationRowDto[];
}
