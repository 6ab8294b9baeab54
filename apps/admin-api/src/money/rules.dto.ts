import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { IsDay, Optional } from '../http/validators.js';
import { ExceptionFindingDto } from './finding.dto.js';

const TOLERANCE_MAX = 10_000_000;
const DAYS_MAX = 60;
const MATCH_KEYS = ['orderId', 'rrn', 'card'] as const;

const bounded = (max: number): PropertyDecorator => {
  const rules = [IsInt(), Min(0), Max(max)];
  return (target, property) => rules.forEach((decorate) => decorate(target, property));
};
/** Rupiah still called equal. */
const Tolerance = (): PropertyDecorator => bounded(TOLERANCE_MAX);
const Days = (): PropertyDecorator => bounded(DAYS_MAX);
const Hours = (): PropertyDecorator => bounded(24 * DAYS_MAX);

function Part(type: () => new () => object): PropertyDecorator {
  const rules = [IsObject(), ValidateNested(), Type(type)];
  return (target, property) => rules.forEach((decorate) => decorate(target, property));
}

export class ChannelRuleDto {
  /** What joins a record and a settlement line. */
  @ApiProperty({ enum: MATCH_KEYS, isArray: true })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(3)
  @IsIn(MATCH_KEYS, { each: true })
  keys!: (typeof MATCH_KEYS)[number][];

  /** Rupiah still called equal, per group. */
  @Tolerance()
  toleranceRupiah!: number;

  /** Calendar days within which the acquirer settles. */
  @Days()
  settlementDaysMax!: number;

  /** Calendar days within which a settled payment's record may still come. */
  @Days()
  recordDaysMax!: number;

  /** Calendar days within which a void's refund may still come. */
  @Days()
  refundDaysMax!: number;
}

export class ChannelRulesDto {
  @Part(() => ChannelRuleDto)
  qris!: ChannelRuleDto;

  @Part(() => ChannelRuleDto)
  card!: ChannelRuleDto;
}

export class PayoutRuleDto {
  /** An acquirer's code, or `*` for the others. */
  @IsString()
  @Matches(/^(\*|[a-z0-9][a-z0-9-]{0,31})$/, { message: 'acquirer must be a code or *' })
  acquirer!: string;

  @Tolerance()
  toleranceRupiah!: number;

  /** Calendar days within which the bank credits. */
  @Days()
  creditDaysMax!: number;
}

export class CashRuleDto {
  @Tolerance()
  shiftToleranceRupiah!: number;

  /** Attendants count the float in. */
  @IsBoolean()
  floatInDeclared!: boolean;

  @Hours()
  shiftHoursMax!: number;

  @Tolerance()
  collectionToleranceRupiah!: number;

  @Tolerance()
  depositToleranceRupiah!: number;

  /** Working days within which cash must reach the treasurer, and then the bank. */
  @Days()
  depositWorkingDaysMax!: number;

  /** Working days within which the credit note must come. */
  @Days()
  creditNoteWorkingDaysMax!: number;
}

export class IntegrityRuleDto {
  /** A younger gap may still be filled. */
  @Hours()
  gapHoursMax!: number;
}

/** Every rule of reconciliation as data. */
export class RulesDto {
  /** A name nobody used before; it stands on every match and exception. */
  @IsString()
  @Length(1, 40)
  version!: string;

  @Part(() => ChannelRulesDto)
  channels!: ChannelRulesDto;

  /** One row must be for `*`. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => PayoutRuleDto)
  payouts!: PayoutRuleDto[];

  @Part(() => CashRuleDto)
  cash!: CashRuleDto;

  @Part(() => IntegrityRuleDto)
  integrity!: IntegrityRuleDto;
}

export class RuleBookDto {
  version!: string;
  /** The one that days are reconciled by from now on. */
  inForce!: boolean;
  rules!: RulesDto;
  enteredBy!: string;
  /** null for the one to begin with. */
  enteredAt!: string | null;
}

export class AdoptRulesDto {
  @Part(() => RulesDto)
  rules!: RulesDto;

  /** Days from here on that were reconciled by earlier rules are looked at again; left out: none. */
  @Optional()
  @IsDay()
  lookAgainFrom?: string;
}

export class DryRunOptions {
  @Part(() => RulesDto)
  rules!: RulesDto;

  /** First business day, inclusive. */
  @IsDay()
  from!: string;

  /** Last business day, inclusive. */
  @IsDay()
  to!: string;
}

export class DryRunSumDto {
  count!: number;
  /** Rupiah at stake. */
  amount!: number;
}

export class DryRunPatternDto {
  pattern!: string;
  appeared!: number;
  gone!: number;
  changed!: number;
}

export class DryRunDto {
  /** Version of the rules in force. */
  against!: string;
  days!: number;
  before!: DryRunSumDto;
  after!: DryRunSumDto;
  /** How many of each pattern would change. */
  patterns!: DryRunPatternDto[];
  /** The first of each kind; `patterns` counts all. */
  appeared!: ExceptionFindingDto[];
  gone!: ExceptionFindingDto[];
  /** As they would be. */
  changed!: ExceptionFindingDto[];
}
