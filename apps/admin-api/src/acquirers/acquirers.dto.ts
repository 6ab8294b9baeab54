import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { ACQUIRER_KINDS, QRIS_ORDER_STATES, type AcquirerKind, type QrisOrderState } from '@app/settlement';
import { DayRangeOptions } from '../http/list-options.dto.js';
import { Flag, Nullable, Optional } from '../http/validators.js';

const CHANNELS = ['qris', 'card'] as const;
const SCHEMES = ['symmetric', 'asymmetric'] as const;
const ENCODINGS = ['base64', 'hex'] as const;
const TEXT_MAX = 64;
const PEM_MAX = 8_192;

export class PayeeDto {
  id!: string;
  point!: string | null;
  name!: string;
}

export class AcquirerDto {
  code!: string;
  name!: string;
  @ApiProperty({ enum: CHANNELS })
  channel!: 'qris' | 'card';
  /** `snap` makes codes and answers for them; for `local` we make the code; `file` sends settlement files only. */
  @ApiProperty({ enum: ACQUIRER_KINDS })
  kind!: AcquirerKind;
  /** Format of its settlement files. */
  adapter!: string;
  active!: boolean;
  partnerId!: string;
  channelId!: string;
  baseUrl!: string;
  pathPrefix!: string;
  merchantId!: string;
  merchantName!: string;
  merchantCity!: string;
  @ApiProperty({ enum: SCHEMES })
  signature!: 'symmetric' | 'asymmetric';
  @ApiProperty({ enum: ENCODINGS })
  encoding!: 'base64' | 'hex';
  /** Its RSA key (PEM). */
  publicKey!: string;
  /** Its fee in basis points (1/10,000). */
  feeBp!: number;
  /** Cut-offs of a day, `HH:MM` in Jakarta; empty: at midnight. */
  cutOffs!: string[];
  /** Days from the cut-off's day to the payout. */
  settlementDays!: number;
  collectingAccount!: string;
  /** Merchant ids of ours (NMID, MID). */
  payees!: PayeeDto[];
  /** Secrets are kept sealed and never shown. */
  hasSecrets!: boolean;
  createdAt!: string;
  changedAt!: string;
}

export class GivePayeeDto {
  @IsString()
  @Length(1, TEXT_MAX)
  id!: string;

  /** Code of the point whose codes pay it; absent or null: any point's. */
  @Nullable()
  @IsString()
  @MaxLength(TEXT_MAX)
  point?: string | null;

  @Optional()
  @IsString()
  @MaxLength(200)
  name?: string;
}

/** What of an acquirer may change; what is left out stays. */
export class ChangeAcquirerDto {
  @Optional()
  @IsString()
  @Length(1, 200)
  name?: string;

  @Optional()
  @IsIn(CHANNELS)
  channel?: 'qris' | 'card';

  @Optional()
  @IsIn(ACQUIRER_KINDS)
  kind?: AcquirerKind;

  /** Format of its settlement files: dana, canonical, synthetic-card. */
  @Optional()
  @IsString()
  @Length(1, 32)
  adapter?: string;

  @Optional()
  @IsBoolean()
  active?: boolean;

  /** X-PARTNER-ID, in both directions. */
  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  partnerId?: string;

  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  channelId?: string;

  /** Scheme, host and port of its API. */
  @Optional()
  @IsString()
  @MaxLength(200)
  baseUrl?: string;

  @Optional()
  @Matches(/^(\/[A-Za-z0-9._-]{1,32}){0,6}$/, { message: 'pathPrefix must be a path such as /v1.0' })
  pathPrefix?: string;

  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  merchantId?: string;

  /** In codes that we make (EMVCo tag 59). */
  @Optional()
  @Matches(/^[\x20-\x7e]{0,25}$/, { message: 'merchantName must have at most 25 characters of plain ASCII' })
  merchantName?: string;

  @Optional()
  @Matches(/^[\x20-\x7e]{0,15}$/, { message: 'merchantCity must have at most 15 characters of plain ASCII' })
  merchantCity?: string;

  @Optional()
  @IsIn(SCHEMES)
  signature?: 'symmetric' | 'asymmetric';

  @Optional()
  @IsIn(ENCODINGS)
  encoding?: 'base64' | 'hex';

  @Optional()
  @IsString()
  @MaxLength(PEM_MAX)
  publicKey?: string;

  @Optional()
  @IsInt()
  @Min(0)
  @Max(10_000)
  feeBp?: number;

  @Optional()
  @IsArray()
  @ArrayMaxSize(24)
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/, { each: true, message: 'cutOffs must be times of day such as 15:00' })
  cutOffs?: string[];

  @Optional()
  @IsInt()
  @Min(0)
  @Max(30)
  settlementDays?: number;

  @Optional()
  @IsString()
  @MaxLength(34)
  collectingAccount?: string;

  /** Added to those that are there. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(1_000)
  @ValidateNested({ each: true })
  @Type(() => GivePayeeDto)
  payees?: GivePayeeDto[];

  /** Shared secret of the symmetric scheme. Goes in, never comes out. */
  @Optional()
  @IsString()
  @Length(16, 512)
  secret?: string;

  /** Our RSA key (PEM). Goes in, never comes out. */
  @Optional()
  @IsString()
  @Length(1, PEM_MAX)
  privateKey?: string;
}

export class CreateAcquirerDto extends ChangeAcquirerDto {
  @Matches(/^[a-z0-9][a-z0-9-]{0,31}$/, {
    message: 'code must be 1 to 32 lower-case letters, digits or dashes and begin with a letter or digit',
  })
  code!: string;
}

class PeriodOptions extends DayRangeOptions {
  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  acquirer?: string;

  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  orderId?: string;
}

export class QrisOrderListOptions extends PeriodOptions {
  @Optional()
  @IsIn(QRIS_ORDER_STATES)
  state?: QrisOrderState;

  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  device?: string;

  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  point?: string;
}

export class QrisOrderDto {
  orderId!: string;
  device!: string;
  point!: string;
  acquirer!: string;
  vehicleClass!: string;
  /** Rupiah. */
  amount!: number;
  /** `unavailable`: no code was to be had. `refunded`: paid, and given back. */
  @ApiProperty({ enum: QRIS_ORDER_STATES })
  state!: QrisOrderState;
  createdAt!: string;
  expiresAt!: string;
  /** When its code was there. */
  offeredAt!: string | null;
  paidAt!: string | null;
  endedAt!: string | null;
  /** When the terminal was last told of it. */
  toldAt!: string | null;
  /** The provider's transaction. */
  referenceNo!: string | null;
  rrn!: string | null;
  /** How often the provider was asked what became of it. */
  queries!: number;
  /** Why it ended without money. */
  why!: string | null;
}

export class SnapNoticeListOptions extends PeriodOptions {
  /** Only those that were turned down, or only the others. */
  @Optional()
  @Flag()
  refused?: boolean;
}

export class SnapNoticeDto {
  /** `n…` was authentic, `r…` was turned down before anything in it was believed. */
  id!: string;
  acquirer!: string | null;
  receivedAt!: string;
  externalId!: string | null;
  /** What it said, or why it was turned down. */
  outcome!: string;
  /** The SNAP code of our answer. */
  responseCode!: string;
  orderId!: string | null;
  flag!: string | null;
  /** How often the same refused bytes came that day. */
  times!: number;
}
