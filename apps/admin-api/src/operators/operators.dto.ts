import { IsInt, IsString, Length, Max, MaxLength, Min } from 'class-validator';
import { ListOptions } from '../http/list-options.dto.js';
import { IsCode, IsDay, IsRupiah, Nullable, Optional } from '../http/validators.js';

export class OperatorDto {
  code!: string;
  name!: string;
  contact!: string;
  /** Points it runs today. */
  points!: number;
  createdAt!: string;
}

export class CreateOperatorDto {
  @IsCode()
  code!: string;

  @IsString()
  @Length(1, 200)
  name!: string;

  @Optional()
  @IsString()
  @MaxLength(500)
  contact?: string;
}

export class ChangeOperatorDto {
  @Optional()
  @IsString()
  @Length(1, 200)
  name?: string;

  @Optional()
  @IsString()
  @MaxLength(500)
  contact?: string;
}

export class ContractListOptions extends ListOptions {
  @Optional()
  @IsString()
  operator?: string;

  /** Day on which they are in force. */
  @Optional()
  @IsDay()
  on?: string;
}

export class ContractDto {
  number!: string;
  operator!: string;
  streetClass!: string | null;
  /** Shares of the gross in basis points (1/10,000). */
  cityShareBp!: number;
  attendantShareBp!: number;
  operatorShareBp!: number;
  /** Rupiah a business day. */
  dailyMinimumDeposit!: number;
  /** Rupiah. */
  securityDeposit!: number;
  validFrom!: string;
  /** The day after the last one. */
  validTo!: string | null;
  createdAt!: string;
}

const SUM_MAX = 1_000_000_000_000;

export class CreateContractDto {
  @IsString()
  @Length(1, 100)
  number!: string;

  @IsString()
  operator!: string;

  @Nullable()
  @IsString()
  @Length(1, 20)
  streetClass?: string | null;

  @IsInt()
  @Min(0)
  @Max(10_000)
  cityShareBp!: number;

  @IsInt()
  @Min(0)
  @Max(10_000)
  attendantShareBp!: number;

  @IsInt()
  @Min(0)
  @Max(10_000)
  operatorShareBp!: number;

  /** Rupiah a business day. */
  @Optional()
  @IsRupiah(SUM_MAX)
  dailyMinimumDeposit: number = 0;

  /** Rupiah. */
  @Optional()
  @IsRupiah(SUM_MAX)
  securityDeposit: number = 0;

  @IsDay()
  validFrom!: string;

  /** The day after the last one. */
  @Optional()
  @IsDay()
  validTo?: string;
}
