import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { ListOptions } from '../http/list-options.dto.js';
import { Optional } from '../http/validators.js';

const AMOUNT_MAX = 1_000_000_000_000;
const TEXT_MAX = 64;

export class CaseListOptions extends ListOptions {
  /** `unresolved`: any but `resolved`. */
  @Optional()
  @IsIn(['open', 'assigned', 'under-review', 'resolved', 'unresolved'])
  state?: string;

  @Optional()
  @IsIn(['critical', 'major', 'minor', 'warning', 'indeterminate'])
  severity?: string;

  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  pattern?: string;

  /** Exact exceptions, or statistical suspicions. */
  @Optional()
  @IsIn(['exception', 'suspicion'])
  kind?: string;

  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  point?: string;

  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  assignee?: string;

  /** Past its due time, now or once before. */
  @Optional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  overdue?: boolean;
}

export class CaseDto {
  id!: string;
  kind!: 'exception' | 'suspicion';
  pattern!: string;
  subjectKind!: string;
  subject!: string;
  episode!: number;
  state!: string;
  outcome!: string | null;
  severity!: string;
  assignee!: string | null;
  openedAt!: string;
  dueAt!: string;
  overdue!: boolean;
  resolvedAt!: string | null;
  escalations!: number;
  amount!: number;
  recovered!: number;
  findings!: number;
  from!: string;
  to!: string;
  point!: string | null;
  operator!: string | null;
  /** Give it back with a move. */
  version!: number;
}

export class AssigneeDto {
  username!: string;
  displayName!: string;
}

export class CaseSumsDto {
  amount!: number;
  recovered!: number;
}

export class CaseEventDto {
  number!: number;
  /** ms since 1970. */
  at!: number;
  /** User name, or `system`. */
  actor!: string;
  /** `type` and what belongs to it (docs/CASES.md). */
  @ApiProperty({ type: 'object', additionalProperties: true })
  change!: object;
}

export class AttachmentDto {
  sha256!: string;
  name!: string;
  contentType!: string;
  bytes!: number;
  attachedAt!: string;
  attachedBy!: string;
}

export class CaseDetailDto extends CaseDto {
  /** Waits for a second person. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  writeOff!: object | null;
  history!: CaseEventDto[];
  attachments!: AttachmentDto[];
}

export const MOVES = [
  'assign',
  'start-review',
  'comment',
  'record-recovery',
  'request-write-off',
  'approve-write-off',
  'reject-write-off',
  'resolve',
  'reopen',
] as const;

/** A move of docs/CASES.md; which fields it needs, its type says. */
export class CaseMoveDto {
  /** Of the case as you saw it: another one is 409, but for a comment. */
  @IsInt()
  @Min(1)
  version!: number;

  @IsIn(MOVES)
  type!: (typeof MOVES)[number];

  /** assign: user name. */
  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  to?: string;

  /** comment. */
  @Optional()
  @IsString()
  @MaxLength(4_000)
  text?: string;

  /** request-write-off, reject-write-off, resolve, reopen. */
  @Optional()
  @IsString()
  @MaxLength(1_000)
  reason?: string;

  /** resolve. */
  @Optional()
  @IsIn(['explained', 'recovered', 'device-fault', 'confirmed'])
  outcome?: 'explained' | 'recovered' | 'device-fault' | 'confirmed';

  /** record-recovery: rupiah. */
  @Optional()
  @IsInt()
  @Min(1)
  @Max(AMOUNT_MAX)
  amount?: number;

  /** record-recovery: the account that received it, e.g. `treasurer/bp-1`. */
  @Optional()
  @IsString()
  @MaxLength(200)
  into?: string;

  /** record-recovery: number of the paper. */
  @Optional()
  @IsString()
  @MaxLength(TEXT_MAX)
  reference?: string;
}

export class AttachDto {
  @IsInt()
  @Min(1)
  version!: number;

  @IsString()
  @Length(1, 200)
  name!: string;

  @IsString()
  @Matches(/^[\w.+-]{1,60}\/[\w.+-]{1,60}$/)
  contentType!: string;

  /** The file in base64. */
  @IsString()
  @Length(1, 1_000_000)
  @Matches(/^[A-Za-z0-9+/]+={0,2}$/, { message: 'content must be base64' })
  content!: string;
}
