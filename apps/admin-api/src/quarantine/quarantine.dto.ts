import { IsIn, IsString, MaxLength } from 'class-validator';
import { QUARANTINE_CODES, type QuarantineCode } from '@app/protocol';
import { ListOptions } from '../http/list-options.dto.js';
import { Optional } from '../http/validators.js';

export class QuarantineOptions extends ListOptions {
  @Optional()
  @IsString()
  @MaxLength(32)
  deviceId?: string;

  @Optional()
  @IsIn(QUARANTINE_CODES)
  code?: QuarantineCode;
}

export class QuarantineDto {
  id!: number;
  deviceId!: string;
  /** When it first came. */
  at!: string;
  lastAt!: string;
  code!: string;
  reason!: string;
  topic!: string;
  epoch!: number | null;
  seq!: number | null;
  /** Bytes. */
  size!: number;
  /** How often the same bytes came. */
  times!: number;
  /** The first bytes as text. */
  preview!: string;
  reprocessedAt!: string | null;
  outcome!: string | null;
}

export class ReprocessedRecordDto {
  seq!: number | null;
  outcome!: string;
  code!: string | null;
}

export class ReprocessedDto {
  /** What became of the records. */
  results!: ReprocessedRecordDto[];
}
