import { IsIn, IsString, Length, MaxLength } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { SETTLEMENT_ADAPTERS } from '@app/persistence';
import { DayRangeOptions, ListOptions } from '../http/list-options.dto.js';
import { Flag, Optional, WholeNumber } from '../http/validators.js';

const TEXT_MAX = 64;
const STATES = ['received', 'importing', 'imported', 'refused'] as const;

/** How a file is taken. `adapter` and `dryRun` may as well be fields of the form. */
export class UploadOptions {
  /** Format of a settlement file. */
  @Optional()
  @IsIn(SETTLEMENT_ADAPTERS)
  adapter?: string;

  /** Only tells what would happen; nothing is kept. */
  @Optional()
  @Flag()
  dryRun?: boolean;

  /** Seconds to wait for the import's end before answering 202; 0 answers at once. */
  @Optional()
  @WholeNumber(0, 50)
  wait: number = 25;
}

/** The form. */
export class SettlementUploadDto {
  @ApiProperty({ type: 'string', format: 'binary' })
  file!: unknown;
  @ApiProperty({ enum: SETTLEMENT_ADAPTERS })
  adapter!: string;
  dryRun?: boolean;
}

export class BankUploadDto {
  @ApiProperty({ type: 'string', format: 'binary' })
  file!: unknown;
  dryRun?: boolean;
}

export class FileErrorDto {
  /** Counted from 1, the header included; 0 for the whole file. */
  line!: number;
  /** Column; empty when the whole line is wrong. */
  field!: string;
  code!: string;
  /** What is wrong, and what would help. */
  message!: string;
}

class FileCountsDto {
  /** Lines after the header. */
  lines!: number;
  /** Lines that were new and are booked. */
  accepted!: number;
  /** Lines known before with the same content: they change nothing. */
  duplicates!: number;
  /** Lines that are wrong or in conflict with a known one: not booked. */
  errors!: number;
  /** What was new, added up, in rupiah. */
  summary!: object;
  /** Why nothing of the file was taken. */
  refusal!: string | null;
}

export class ReceivedFileDto extends FileCountsDto {
  id!: number;
  /** Format; `bank` for a bank statement. */
  adapter!: string;
  name!: string;
  /** Of the bytes, hex. */
  sha256!: string;
  /** Bytes. */
  size!: number;
  @ApiProperty({ enum: ['upload', 'inbox'] })
  source!: 'upload' | 'inbox';
  @ApiProperty({ enum: STATES })
  state!: (typeof STATES)[number];
  /** Percent. */
  progress!: number;
  receivedAt!: string;
  receivedBy!: string;
  endedAt!: string | null;
}

/** What became of an upload. */
export class UploadedDto extends ReceivedFileDto {
  /** This very file had come before: nothing was changed by it now. */
  repeated!: boolean;
  /** The first 100 errors; all: `GET …/{id}/errors`. */
  firstErrors!: FileErrorDto[];
}

/** What an import would do. */
export class PreviewDto extends FileCountsDto {
  @ApiProperty({ enum: ['imported', 'refused'] })
  state!: 'imported' | 'refused';
  firstErrors!: FileErrorDto[];
  dryRun!: boolean;
}

export class FileListOptions extends ListOptions {
  @Optional()
  @IsIn(STATES)
  state?: string;

  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  adapter?: string;
}

export class SettlementLineDto {
  id!: string;
  fileId!: number;
  line!: number;
  acquirer!: string;
  channel!: string;
  kind!: string;
  transactionId!: string;
  batchId!: string;
  orderId!: string | null;
  rrn!: string | null;
  nmid!: string | null;
  terminal!: string | null;
  /** Rupiah; the kind says which way. */
  amount!: number;
  fee!: number;
  net!: number;
  transactionAt!: string;
  businessDate!: string;
  settlementDate!: string;
  point!: string | null;
  device!: string | null;
}

class PeriodOptions extends DayRangeOptions {
  /** Of this file only. */
  @Optional()
  @WholeNumber(1)
  fileId?: number;
}

export class SettlementLineOptions extends PeriodOptions {
  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  acquirer?: string;

  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  batchId?: string;

  @Optional()
  @IsIn(['payment', 'refund', 'cancel', 'fee'])
  kind?: string;

  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  orderId?: string;

  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  rrn?: string;

  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  transactionId?: string;

  /** Code of a point. */
  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  point?: string;
}

/** Refunds, cancellations and fees subtracted. */
export class SettlementSumsDto {
  amount!: number;
  fee!: number;
  net!: number;
}

export class SettlementBatchDto extends SettlementSumsDto {
  acquirer!: string;
  batchId!: string;
  settlementDate!: string;
  lines!: number;
  /** Has the bank credited its payout? */
  paidOut!: boolean;
  /** Deposit slip that takes the payout to the treasury account. */
  slip!: string | null;
}

export class SettlementBatchSumsDto extends SettlementSumsDto {
  lines!: number;
}

export class SettlementBatchOptions extends DayRangeOptions {
  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  acquirer?: string;

  /** `true`: only those that stand on no deposit slip. */
  @Optional()
  @Flag()
  open?: boolean;
}

/** Credits less debits. */
export class BankEntrySumsDto {
  amount!: number;
}

export class BankEntryDto {
  id!: string;
  account!: string;
  entryId!: string;
  direction!: string;
  valueDate!: string;
  amount!: number;
  reference!: string | null;
  description!: string;
  fileId!: number | null;
  line!: number | null;
  /** Deposit slip whose credit note it is. */
  slip!: string | null;
  /** Acquirers' batches whose payout it is. */
  batches!: string[];
  enteredBy!: string;
}

export class BankEntryOptions extends PeriodOptions {
  @Optional()
  @IsString()
  @MaxLength(34)
  account?: string;

  @Optional()
  @IsIn(['credit', 'debit'])
  direction?: string;

  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  reference?: string;

  /** Explained by a deposit slip or by acquirers' batches. */
  @Optional()
  @Flag()
  matched?: boolean;
}

export class BankAccountDto {
  @IsString()
  @Length(1, 34)
  account!: string;

  /** Money on a treasury account (RKUD) is final. */
  @IsIn(['collecting', 'treasury'])
  kind!: 'collecting' | 'treasury';

  @Optional()
  @IsString()
  @MaxLength(100)
  name: string = '';
}
