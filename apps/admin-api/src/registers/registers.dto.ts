import { IsIn, IsInt, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { TICKET_STATES, type TicketState } from '@app/persistence';
import { DayRangeOptions, FORMATS, ListOptions, type Format } from '../http/list-options.dto.js';
import { Flag, IsDay, IsRupiah, Nullable, Optional, WholeNumber } from '../http/validators.js';

const SUM_MAX = 1_000_000_000_000_000;
const TEXT_MAX = 64;

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

export class TicketListOptions extends ListOptions {
  @Optional()
  @IsIn(TICKET_STATES)
  state?: TicketState;

  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  attendant?: string;

  @Optional()
  @IsString()
  @MaxLength(40)
  prefix?: string;

  /** Ranges that hold this number. */
  @Optional()
  @WholeNumber(0)
  number?: number;
}

export class TicketRangeDto {
  id!: number;
  /** What stands before the number on every ticket. */
  prefix!: string;
  from!: number;
  to!: number;
  @ApiProperty({ enum: TICKET_STATES })
  state!: TicketState;
  /** Who may use them; null: anybody. */
  attendant!: string | null;
  issuedOn!: string;
  /** Day on which they were returned or voided. */
  closedOn!: string | null;
  tickets!: number;
  /** Tickets on payments that were not voided. */
  used!: number;
}

export class TicketSumsDto {
  tickets!: number;
  used!: number;
}

export class IssueTicketsDto {
  @IsString()
  @MaxLength(40)
  prefix!: string;

  @IsInt()
  @Min(0)
  @Max(999_999_999_999_999)
  from!: number;

  @IsInt()
  @Min(0)
  @Max(999_999_999_999_999)
  to!: number;

  /** Code; null: anybody may use them. */
  @Nullable()
  @IsString()
  @MaxLength(TEXT_MAX)
  attendant?: string | null;

  @IsDay()
  issuedOn!: string;
}

export class ChangeTicketsDto {
  /** First number of the part; left out: of the range. */
  @Optional()
  @IsInt()
  @Min(0)
  from?: number;

  /** Last number of the part; left out: of the range. */
  @Optional()
  @IsInt()
  @Min(0)
  to?: number;

  /** The day it happened on. */
  @IsDay()
  on!: string;

  @Optional()
  @IsString()
  @MaxLength(500)
  reason: string = '';
}

export class ReissueTicketsDto extends ChangeTicketsDto {
  /** Who gets them; null: anybody may use them. */
  @Nullable()
  @IsString()
  @MaxLength(TEXT_MAX)
  attendant?: string | null;
}

export class TicketEventDto {
  id!: number;
  at!: string;
  actor!: string;
  /** `issued`, `returned`, `voided`, or `split` into parts. */
  change!: string;
  @ApiProperty({ type: 'object', additionalProperties: true })
  detail!: Record<string, unknown>;
}

export class HolidayListOptions extends DayRangeOptions {}

export class HolidayDto {
  @IsDay()
  day!: string;

  @IsString()
  @Length(1, 200)
  name!: string;
}

export const MONTH = /^20\d\d-(0[1-9]|1[0-2])$/;

export class StatementListOptions extends ListOptions {
  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  operator?: string;

  @Optional()
  @Matches(MONTH, { message: 'month must be written YYYY-MM' })
  month?: string;

  /** `true`: only the revision that counts. */
  @Optional()
  @Flag()
  newest?: boolean;
}

export class StatementDto {
  operator!: string;
  month!: string;
  /** 0 for the first, then one more with each correction. */
  revision!: number;
  newest!: boolean;
  /** Rupiah, recorded at the points the operator ran. */
  gross!: number;
  city!: number;
  attendant!: number;
  operatorShare!: number;
  /** Gross that no contract covers: shared with nobody. */
  withoutTerms!: number;
  madeAt!: string;
}

/** Of the newest revisions. */
export class StatementSumsDto {
  gross!: number;
  city!: number;
  attendant!: number;
  operatorShare!: number;
  withoutTerms!: number;
}

export class ShareLineDto {
  point!: string;
  streetClass!: string;
  /** First day of the terms. */
  termsFrom!: string;
  gross!: number;
  city!: number;
  attendant!: number;
  operator!: number;
}

export class StatementDetailDto extends StatementDto {
  lines!: ShareLineDto[];
}

export class RequestStatementDto {
  @IsString()
  @MaxLength(TEXT_MAX)
  operator!: string;

  @Matches(MONTH, { message: 'month must be written YYYY-MM' })
  month!: string;
}

export class MadeStatementDto {
  /** The new revision; null where the newest says the same already. */
  revision!: number | null;
}

const PAPER_FORMATS = ['json', 'csv', 'xlsx', 'pdf'] as const;

export class StatementOptions {
  /** Left out: the newest. */
  @Optional()
  @WholeNumber(0, 100_000)
  revision?: number;

  @Optional()
  @IsIn(PAPER_FORMATS)
  format: (typeof PAPER_FORMATS)[number] = 'json';
}

export class SecurityDepositListOptions extends ListOptions {
  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  operator?: string;
}

export class CreateSecurityDepositDto {
  @IsString()
  @MaxLength(TEXT_MAX)
  operator!: string;

  /** Number on the paper. */
  @IsString()
  @Length(1, TEXT_MAX)
  reference!: string;

  /** From this day on it covers shortfalls. */
  @IsDay()
  businessDate!: string;

  /** Rupiah. */
  @IsInt()
  @Min(1)
  @Max(1_000_000_000_000)
  amount!: number;

  @IsString()
  @Length(1, TEXT_MAX)
  treasuryAccount!: string;
}

export class SecurityDepositDto extends CreateSecurityDepositDto {
  enteredBy!: string;
  enteredAt!: string;
}

const DEBTORS = ['attendant', 'operator', 'collector', 'treasurer'] as const;

export class ArrearsListOptions extends ListOptions {
  @Optional()
  @IsIn(DEBTORS)
  debtorKind?: string;
}

export class ArrearsDto {
  @ApiProperty({ enum: DEBTORS })
  debtorKind!: string;
  debtor!: string;
  name!: string | null;
  /** What is owed, in rupiah; negative where more was paid than owed. */
  amount!: number;
  /** What is left of an operator's security deposit. */
  securityDeposit!: number;
  /** Business day of the oldest entry that stands. */
  since!: string;
}

export class CashLineListOptions extends HolidayListOptions {
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
