import { Type } from 'class-transformer';
import { IsIn, IsInt, Matches, Max, Min } from 'class-validator';
import { IsDay, Optional } from './validators.js';

export const LIMIT_MAX = 1_000;
export const FORMATS = ['json', 'csv', 'xlsx'] as const;
export type Format = (typeof FORMATS)[number];

/** The parameters of every list. */
export class ListOptions {
  /** Rows at most. */
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LIMIT_MAX)
  limit: number = 100;

  /** Rows to skip. */
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(10_000_000)
  offset: number = 0;

  /** A column to sort by, `-` before it for descending; by the list's own order when absent. */
  @Optional()
  @Matches(/^-?[A-Za-z]{1,40}$/, { message: 'sort must be the name of a column, with - before it for descending' })
  sort?: string;

  /** `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
  @Optional()
  @IsIn(FORMATS)
  format: Format = 'json';
}

/** A list of days, Asia/Jakarta. */
export class DayRangeOptions extends ListOptions {
  /** First day, inclusive. */
  @Optional()
  @IsDay()
  from?: string;

  /** Last day, inclusive. */
  @Optional()
  @IsDay()
  to?: string;
}
