import { Type } from 'class-transformer';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { Optional } from './validators.js';

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

  /** `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
  @Optional()
  @IsIn(FORMATS)
  format: Format = 'json';
}
