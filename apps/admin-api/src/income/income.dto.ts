import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsIn, IsString, Matches, MaxLength } from 'class-validator';
import { INCOME_DIMENSIONS, type IncomeDimension } from '@app/persistence';
import { METHODS, VEHICLE_CLASSES } from '@app/protocol';
import { FORMATS, type Format } from '../http/list-options.dto.js';
import { IsDay, Optional } from '../http/validators.js';

/** A filter given once or several times (`point=A&point=B`). */
const Several = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (value === undefined || Array.isArray(value) ? value : [value]));

/** The keys that a filter lets through. */
function Keys(...rules: PropertyDecorator[]): PropertyDecorator {
  const all = [
    Optional(),
    Several(),
    ArrayMaxSize(1000),
    IsString({ each: true }),
    MaxLength(200, { each: true }),
    ...rules,
  ];
  return (target, property) => all.forEach((decorate) => decorate(target, property));
}

export class IncomeOptions {
  /** First business day (Asia/Jakarta), inclusive. */
  @IsDay()
  from!: string;

  /** Last business day, inclusive. */
  @IsDay()
  to!: string;

  @IsIn(INCOME_DIMENSIONS)
  groupBy!: IncomeDimension;

  /** Codes of points. */
  @Keys()
  point?: string[];

  @Keys()
  district?: string[];

  @Keys()
  street?: string[];

  /** Codes of operators; empty text for points that the city runs itself. */
  @Keys()
  operator?: string[];

  @Keys(IsIn(VEHICLE_CLASSES, { each: true }))
  vehicleClass?: string[];

  @Keys(IsIn(METHODS, { each: true }))
  method?: string[];

  /** Codes of attendants. */
  @Keys()
  attendant?: string[];

  @Keys(Matches(/^20\d\d-\d\d-\d\dT([01]\d|2[0-3])$/, { each: true, message: 'hour must be written YYYY-MM-DDTHH' }))
  hour?: string[];

  @Keys(Matches(/^20\d\d-\d\d-\d\d$/, { each: true, message: 'day must be written YYYY-MM-DD' }))
  day?: string[];

  @Keys(Matches(/^20\d\d-(0[1-9]|1[0-2])$/, { each: true, message: 'month must be written YYYY-MM' }))
  month?: string[];

  @Optional()
  @IsIn(FORMATS)
  format: Format = 'json';
}

export class IncomeSum {
  /** Payments not voided, free ones included. */
  count!: number;
  /** Rupiah, gross. */
  amount!: number;
}

export class IncomeRowDto extends IncomeSum {
  /** Code, name, day, hour … that the row is about; empty where there is none. */
  key!: string;
  /** The key in words. */
  label!: string;
  /** Of `amount`, paid in cash. */
  cashAmount!: number;
  /** Of `amount`, paid by QRIS or card. */
  cashlessAmount!: number;
}

export class IncomeDto {
  rows!: IncomeRowDto[];
  /** Of the rows. */
  total!: IncomeSum;
}
