import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsObject, IsString, Length, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import { VEHICLE_CLASSES, type VehicleClass } from '@app/protocol';
import { ListOptions } from '../http/list-options.dto.js';
import { IsRupiah, Moment, Optional } from '../http/validators.js';

const STATES = ['past', 'current', 'future'] as const;
type State = (typeof STATES)[number];
const FEE_MAX = 10_000_000;

/** Progressive: the amount covers the first minutes, each further period begun adds a step, up to the maximum. */
export class TariffRuleDto {
  @IsInt()
  @Min(1)
  @Max(1_440)
  firstMinutes!: number;

  @IsInt()
  @Min(1)
  @Max(1_440)
  stepMinutes!: number;

  @IsRupiah(FEE_MAX)
  stepAmount!: number;

  @Optional()
  @IsRupiah(FEE_MAX)
  maxAmount?: number;
}

export class TariffDto {
  code!: string;
  vehicleClass!: string;
  /** Holds for streets of this class; null: for the whole city. */
  streetClass!: string | null;
  /** Holds for this point only. The most specific tariff in force applies. */
  point!: string | null;
  kind!: 'flat' | 'progressive';
  /** Rupiah: the flat fee, or the fee of the first minutes. */
  amount!: number;
  @ApiProperty({ type: () => TariffRuleDto, nullable: true })
  rule!: TariffRuleDto | null;
  legalBasis!: string;
  validFrom!: string;
  /** Exclusive. */
  validTo!: string | null;
  state!: State;
  createdAt!: string;
}

export class TariffListOptions extends ListOptions {
  @Optional()
  @IsIn(VEHICLE_CLASSES)
  vehicleClass?: VehicleClass;

  @Optional()
  @IsString()
  streetClass?: string;

  @Optional()
  @IsString()
  point?: string;

  @Optional()
  @IsIn(STATES)
  state?: State;
}

export class CreateTariffDto {
  /** Stands in the payments that were charged by it. */
  @IsString()
  @Length(1, 64)
  code!: string;

  @IsIn(VEHICLE_CLASSES)
  vehicleClass!: VehicleClass;

  /** For streets of this class only. */
  @Optional()
  @IsString()
  @Length(1, 20)
  streetClass?: string;

  /** For this point only. */
  @Optional()
  @IsString()
  point?: string;

  /** Rupiah. */
  @IsRupiah(FEE_MAX)
  amount!: number;

  /** Makes it progressive. */
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => TariffRuleDto)
  @ApiPropertyOptional({ type: () => TariffRuleDto })
  rule?: TariffRuleDto;

  /** Regulation it rests on. */
  @Optional()
  @IsString()
  @MaxLength(500)
  legalBasis?: string;

  @Moment()
  validFrom!: string;

  /** Exclusive. */
  @Optional()
  @Moment()
  validTo?: string;
}
