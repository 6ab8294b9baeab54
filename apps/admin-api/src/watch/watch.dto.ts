import { IsIn, IsString } from 'class-validator';
import { ListOptions } from '../http/list-options.dto.js';
import { Flag, Moment, Optional } from '../http/validators.js';

const SEVERITIES = ['critical', 'major', 'minor', 'warning', 'indeterminate'] as const;

class OfDevice extends ListOptions {
  @Optional()
  @IsString()
  deviceId?: string;

  @Optional()
  @IsString()
  point?: string;

  /** `true`: only those that are not cleared. */
  @Optional()
  @Flag()
  open?: boolean;
}

export class FindingListOptions extends OfDevice {
  @Optional()
  @IsString()
  pattern?: string;
}

export class FindingDto {
  id!: number;
  pattern!: string;
  deviceId!: string | null;
  point!: string | null;
  epoch!: number | null;
  seq!: number | null;
  businessDate!: string | null;
  /** Evidence. */
  detail!: Record<string, unknown>;
  foundAt!: string;
  clearedAt!: string | null;
}

export class AlarmListOptions extends OfDevice {
  @Optional()
  @IsString()
  kind?: string;

  @Optional()
  @IsIn(SEVERITIES)
  severity?: (typeof SEVERITIES)[number];
}

export class AlarmDto {
  id!: number;
  kind!: string;
  severity!: string;
  deviceId!: string | null;
  point!: string | null;
  detail!: Record<string, unknown>;
  /** How often it was raised while it was open. */
  times!: number;
  openedAt!: string;
  lastAt!: string;
  acknowledgedAt!: string | null;
  acknowledgedBy!: string | null;
  clearedAt!: string | null;
}

export class AuditListOptions extends ListOptions {
  @Optional()
  @IsString()
  actor?: string;

  /** The action, or its kind: `device` stands for `device.register`, `device.rotate` and so on. */
  @Optional()
  @IsString()
  action?: string;

  @Optional()
  @IsString()
  subject?: string;

  @Optional()
  @Moment()
  from?: string;

  /** Exclusive. */
  @Optional()
  @Moment()
  to?: string;
}

export class AccessListOptions extends ListOptions {
  @Optional()
  @IsString()
  actor?: string;

  /** The kind of personal data: attendant, record, quarantine, plate, attachment. */
  @Optional()
  @IsString()
  what?: string;

  @Optional()
  @IsString()
  subject?: string;

  @Optional()
  @Moment()
  from?: string;

  /** Exclusive. */
  @Optional()
  @Moment()
  to?: string;
}

export class AccessDto {
  id!: number;
  at!: string;
  actor!: string;
  what!: string;
  subject!: string;
  address!: string;
}

/** A place of the audit log's hash chain. */
export class AuditHeadDto {
  /** Number of the newest link. */
  n!: number;
  /** SHA-256, hex. */
  hash!: string;
}

export class AuditDto {
  id!: number;
  at!: string;
  actor!: string;
  action!: string;
  subject!: string;
  detail!: Record<string, unknown>;
  address!: string;
}
