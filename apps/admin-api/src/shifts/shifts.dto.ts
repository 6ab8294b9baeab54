import { IsString, MaxLength } from 'class-validator';
import { DayRangeOptions } from '../http/list-options.dto.js';
import { Flag, Optional } from '../http/validators.js';

const TEXT_MAX = 64;

export class CashLineListOptions extends DayRangeOptions {
  /** Code of a point. */
  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  point?: string;

  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  district?: string;

  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  operator?: string;

  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  device?: string;

  /** `true`: only where what was counted differs from what was recorded. */
  @Optional()
  @Flag()
  differencesOnly?: boolean;
}

export class ShiftListOptions extends CashLineListOptions {
  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  attendant?: string;
}

export class CollectionListOptions extends CashLineListOptions {
  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  collector?: string;
}

export class CashLineDto {
  businessDate!: string;
  point!: string;
  district!: string;
  /** Who ran the point that day; null: the city itself. */
  operator!: string | null;
  device!: string;
  /** What the terminal recorded, in rupiah. */
  terminalAmount!: number;
  /** What was counted, less the float; null while nobody has. */
  countedAmount!: number | null;
  /** Counted less recorded: negative is short. */
  difference!: number | null;
}

export class ShiftDto extends CashLineDto {
  shift!: string;
  attendant!: string;
  openedAt!: string;
  closedAt!: string | null;
  floatAmount!: number;
  /** What the attendant declared, as declared. */
  declaredAmount!: number | null;
  /** No record of the terminal is missing. */
  complete!: boolean;
}

export class CollectionDto extends CashLineDto {
  number!: number;
  collector!: string;
  at!: string;
  /** `device/epoch/seq`. */
  record!: string;
}

export class CashSumsDto {
  terminalAmount!: number;
  countedAmount!: number;
  difference!: number;
}
