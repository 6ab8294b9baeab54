import { IsIn, IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { TICKET_STATES, type TicketState } from '@app/persistence';
import { ListOptions } from '../http/list-options.dto.js';
import { IsDay, Nullable, Optional, WholeNumber } from '../http/validators.js';

const TEXT_MAX = 64;

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
