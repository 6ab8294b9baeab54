import { Type } from 'class-transformer';
import {
  IsArray,
  IsIn,
  IsInt,
  IsString,
  Length,
  Max,
  MaxLength,
  Min,
  ArrayMaxSize,
  ValidateNested,
} from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { WATERFALL_GROUPS, type WaterfallGroup } from '@app/persistence';
import { DayRangeOptions, FORMATS, ListOptions, type Format } from '../http/list-options.dto.js';
import { AmountSumDto } from '../http/sums.dto.js';
import { Flag, IsDay, IsInstant, Nullable, Optional } from '../http/validators.js';

const AMOUNT_MAX = 1_000_000_000_000;
const TEXT_MAX = 64;

export class WaterfallOptions {
  /** First business day (Asia/Jakarta), inclusive. */
  @IsDay()
  from!: string;

  /** Last business day, inclusive. */
  @IsDay()
  to!: string;

  @IsIn(WATERFALL_GROUPS)
  groupBy!: WaterfallGroup;

  @Optional()
  @IsIn(FORMATS)
  format: Format = 'json';
}

export class WaterfallSumsDto {
  /** What should have come, of the point-days for which that is known; null while there is none. */
  potential!: number | null;
  /** Its range, if all points err the same way. */
  potentialLow!: number | null;
  potentialHigh!: number | null;
  /** Point-days with income or potential, and those of them whose potential is known. */
  pointDays!: number;
  potentialPointDays!: number;
  /** Rupiah, gross, by the payment's own business day. */
  recorded!: number;
  /** Settled by acquirers (gross of fees), and cash as counted at shift close and collection. */
  settled!: number;
  /** In the treasury account, by its credit note. */
  deposited!: number;
  /** Potential less what was recorded on the same point-days: statistical, a suspicion. */
  unrecorded!: number | null;
  unsettled!: number;
  undeposited!: number;
}

export class WaterfallRowDto extends WaterfallSumsDto {
  key!: string;
  label!: string;
}

export class WaterfallDto {
  rows!: WaterfallRowDto[];
  total!: WaterfallSumsDto;
}

/** A list of business days, or of one point. */
export class PeriodOptions extends DayRangeOptions {
  /** Code of a point. */
  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  point?: string;
}

const EXCEPTION_STATES = ['expected', 'mismatched', 'resolved'] as const;

export class ExceptionListOptions extends PeriodOptions {
  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  pattern?: string;

  @Optional()
  @IsIn(EXCEPTION_STATES)
  state?: string;

  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  device?: string;

  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  attendant?: string;

  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  caseId?: string;
}

export class EvidenceDto {
  kind!: string;
  ref!: string;
}

export class ExceptionDto {
  id!: string;
  point!: string | null;
  device!: string | null;
  attendant!: string | null;
  pattern!: string;
  /** `expected`: one-sided but still in time. `resolved`: a later look no longer finds it. */
  @ApiProperty({ enum: EXCEPTION_STATES })
  state!: 'expected' | 'mismatched' | 'resolved';
  /** Rupiah at stake. */
  amount!: number;
  at!: string;
  /** `device/epoch/seq`: see `GET /records/{device}/{epoch}/{seq}`. */
  record!: string | null;
  settlement!: string | null;
  caseId!: string | null;
  subjectKind!: string;
  subject!: string;
  businessDate!: string;
  /** From then on it is mismatched. */
  dueAt!: string | null;
  firstSeenAt!: string;
  resolvedAt!: string | null;
  evidence!: EvidenceDto[];
  @ApiProperty({ type: 'object', additionalProperties: true })
  details!: Record<string, string | number>;
  ruleVersion!: string;
}

export class SlipListOptions extends PeriodOptions {
  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  payer?: string;
}

export class DepositListOptions extends SlipListOptions {
  /** Number on the paper. */
  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  number?: string;

  /** Number of a deposit slip: what it took on. */
  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  slip?: string;

  /** `true`: only what the treasurer has and no slip took to the bank. */
  @Optional()
  @Flag()
  open?: boolean;
}

export class SlipSumsDto extends AmountSumDto {
  credited!: number;
}

/** Cash that an attendant hands to an operator, and the operator to the treasurer, is in both sums. */
export class HandOverSumsDto {
  toTreasurer!: number;
  toOperators!: number;
}

export class HandOverDto {
  number!: string;
  point!: string | null;
  payerKind!: string;
  payer!: string;
  receiverKind!: string;
  receiver!: string;
  businessDate!: string;
  amount!: number;
  /** The amount where the treasurer received it, else null. */
  toTreasurer!: number | null;
  /** The amount where an operator received it, who brings it to the treasurer later; else null. */
  toOperators!: number | null;
  handedAt!: string;
  /** Number of the deposit slip that took it on. */
  slip!: string | null;
  /** Its slip has a credit note. */
  credited!: boolean;
  /** Until when a slip must take it to the bank; null where nothing is missing. */
  dueAt!: string | null;
  enteredBy!: string;
}

export class PartyDto {
  @IsString()
  kind!: string;

  @IsString()
  @Length(1, TEXT_MAX)
  id!: string;
}

export class PayerDto extends PartyDto {
  @IsIn(['attendant', 'collector', 'operator'])
  declare kind: 'attendant' | 'collector' | 'operator';
}

export class ReceiverDto extends PartyDto {
  @IsIn(['treasurer', 'operator'])
  declare kind: 'treasurer' | 'operator';
}

/** Cash handed over for a business day (TBP). */
export class CreateDepositDto {
  /** Number of the proof of payment. The same again changes nothing; with other content it is a conflict. */
  @IsString()
  @Length(1, TEXT_MAX)
  number!: string;

  /** Code of the point; left out where an operator brings the cash of all its points as one sum. */
  @Nullable()
  @IsString()
  @MaxLength(TEXT_MAX)
  point?: string | null;

  @ValidateNested()
  @Type(() => PayerDto)
  payer!: PayerDto;

  @ValidateNested()
  @Type(() => ReceiverDto)
  receiver!: ReceiverDto;

  /** The business day whose cash it is. */
  @IsDay()
  businessDate!: string;

  /** Rupiah. */
  @IsInt()
  @Min(1)
  @Max(AMOUNT_MAX)
  amount!: number;

  /** Absent: now. */
  @Optional()
  @IsInstant()
  handedAt?: string;
}

export class SlipDto {
  number!: string;
  fromKind!: string;
  from!: string;
  businessDate!: string;
  amount!: number;
  writtenAt!: string;
  handOvers!: number;
  /** `acquirer/batch` of the payouts it takes on. */
  batches!: string[];
  creditNote!: string | null;
  /** Rupiah on the credit note. */
  credited!: number | null;
  /** Until when the credit note must come; null where it came. */
  dueAt!: string | null;
  enteredBy!: string;
}

export class SettledBatchDto {
  @IsString()
  @Length(1, TEXT_MAX)
  acquirer!: string;

  @IsString()
  @Length(1, TEXT_MAX)
  batch!: string;
}

/** A deposit slip (STS): from a treasurer, or from a collecting bank account. */
export class CreateSlipDto {
  @IsString()
  @Length(1, TEXT_MAX)
  number!: string;

  @IsIn(['treasurer', 'bank'])
  fromKind!: 'treasurer' | 'bank';

  /** The treasurer, or the account. */
  @IsString()
  @Length(1, TEXT_MAX)
  from!: string;

  @IsDay()
  businessDate!: string;

  @IsInt()
  @Min(1)
  @Max(AMOUNT_MAX)
  amount!: number;

  @Optional()
  @IsInstant()
  writtenAt?: string;

  /** Numbers of the hand-overs it takes on. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(1_000)
  @IsString({ each: true })
  @MaxLength(TEXT_MAX, { each: true })
  handOvers: string[] = [];

  /** Acquirers' batches whose payout it takes on. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(1_000)
  @ValidateNested({ each: true })
  @Type(() => SettledBatchDto)
  batches: SettledBatchDto[] = [];
}

/** What the bank's credit note (nota kredit) says. */
export class CreditNoteDto {
  /** The treasury account. */
  @IsString()
  @Length(1, 34)
  account!: string;

  /** The bank's number of the entry. */
  @IsString()
  @Length(1, TEXT_MAX)
  entryId!: string;

  @IsDay()
  valueDate!: string;

  @IsInt()
  @Min(1)
  @Max(AMOUNT_MAX)
  amount!: number;

  @Optional()
  @IsString()
  @MaxLength(200)
  description: string = '';
}

export class LedgerOptions extends ListOptions {
  /** What the books knew at this instant; absent: now. */
  @Optional()
  @IsInstant()
  at?: string;

  /** Business days up to this one only. */
  @Optional()
  @IsDay()
  until?: string;

  /** An account or its beginning, e.g. `receivable` or `cash-in-hand/MDN-001`. */
  @Optional()
  @IsString()
  @MaxLength(300)
  account?: string;
}

export class BalanceDto {
  account!: string;
  /** Rupiah, debit positive. */
  amount!: number;
}

export class RawRecordDto {
  device!: string;
  epoch!: number;
  seq!: number;
  point!: string;
  type!: string;
  at!: string;
  receivedAt!: string;
  businessDate!: string;
  bodyFault!: string | null;
  flags!: string[];
  voided!: boolean;
  /** The whole record in canonical form, mac included. */
  record!: string;
}
