import { IsIn, IsInt, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { ListOptions } from '../http/list-options.dto.js';
import { Flag, IsDay, Optional, WholeNumber } from '../http/validators.js';

const TEXT_MAX = 64;

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
