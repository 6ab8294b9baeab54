import { IsIn, IsString, Length, MaxLength } from 'class-validator';
import { ListOptions } from '../http/list-options.dto.js';
import { IsCode, Moment, Nullable, Optional } from '../http/validators.js';

const STATUSES = ['active', 'withdrawn'] as const;
type Status = (typeof STATUSES)[number];

export class AttendantDto {
  code!: string;
  name!: string;
  badgeNumber!: string;
  operator!: string | null;
  /** `withdrawn`: the badge was taken. */
  status!: Status;
  /** Codes of the points where the attendant works now. */
  points!: string[];
  createdAt!: string;
}

export class AttendantListOptions extends ListOptions {
  @Optional()
  @IsString()
  operator?: string;

  @Optional()
  @IsIn(STATUSES)
  status?: Status;

  /** Code of a point where they work now. */
  @Optional()
  @IsString()
  point?: string;

  /** Part of code, name or badge number. */
  @Optional()
  @IsString()
  @MaxLength(100)
  search?: string;
}

export class CreateAttendantDto {
  @IsCode()
  code!: string;

  @IsString()
  @Length(1, 200)
  name!: string;

  @IsString()
  @Length(1, 64)
  badgeNumber!: string;

  /** Code of the operator; absent: of the city. */
  @Optional()
  @IsString()
  operator?: string;
}

export class ChangeAttendantDto {
  @Optional()
  @IsString()
  @Length(1, 200)
  name?: string;

  @Optional()
  @IsString()
  @Length(1, 64)
  badgeNumber?: string;

  @Nullable()
  @IsString()
  operator?: string | null;

  /** `withdrawn` ends the assignments. */
  @Optional()
  @IsIn(STATUSES)
  status?: Status;
}

export class AssignmentDto {
  id!: number;
  attendant!: string;
  attendantName!: string;
  point!: string;
  pointName!: string;
  /** Number of the assignment order (SPT). */
  assignmentOrder!: string;
  validFrom!: string | null;
  validTo!: string | null;
}

export class AssignmentListOptions extends ListOptions {
  @Optional()
  @IsString()
  attendant?: string;

  @Optional()
  @IsString()
  point?: string;

  /** Moment at which they are in force. */
  @Optional()
  @Moment()
  at?: string;
}

export class CreateAssignmentDto {
  @IsString()
  attendant!: string;

  @IsString()
  point!: string;

  /** Number of the assignment order (SPT). */
  @Optional()
  @IsString()
  @MaxLength(100)
  assignmentOrder?: string;

  @Moment()
  validFrom!: string;

  /** Exclusive. */
  @Optional()
  @Moment()
  validTo?: string;
}

export class EndAtMomentDto {
  /** Exclusive. */
  @Moment()
  validTo!: string;
}

/** The number that the database gave. */
export class IdDto {
  id!: number;
}
