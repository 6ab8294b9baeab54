import { IsIn, IsInt, IsString, Length, Matches, MaxLength, Min } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { DEVICE_ID_PATTERN, FLAGS, RECORD_TYPES, type Flag as RecordFlag, type RecordType } from '@app/protocol';
import { DEVICE_KINDS, PRESENCES, type DeviceKind, type Presence } from '@app/registry';
import { ImportDto } from '../http/csv.dto.js';
import { DayRangeOptions, ListOptions } from '../http/list-options.dto.js';
import { INTEGER_PAIR } from '../http/schemas.js';
import { Flag, Moment, Optional, WholeNumber } from '../http/validators.js';

const DEVICE_STATUSES = ['active', 'revoked'] as const;
type DeviceStatus = (typeof DEVICE_STATUSES)[number];

export class RegisterDeviceDto {
  @Matches(new RegExp(DEVICE_ID_PATTERN), {
    message: 'deviceId must be 3 to 32 lower-case letters, digits or dashes and begin with a letter or digit',
  })
  deviceId!: string;

  @IsIn(DEVICE_KINDS)
  kind!: DeviceKind;

  /** Code of the point where it works. Records from before the registration belong to it too. */
  @IsString()
  @Length(1, 64)
  point!: string;

  @Optional()
  @IsString()
  @MaxLength(100)
  model?: string;

  /** Ed25519 public key of a secure element: 32 bytes as base64url. Then there is no journal key. */
  @Optional()
  @IsString()
  publicKey?: string;
}

export class RotateDeviceDto {
  /** A new Ed25519 public key; without it a device with a secure element keeps the one it has. */
  @Optional()
  @IsString()
  publicKey?: string;
}

export class ProvisionOptions {
  /** `svg` adds the printable code to the answer. */
  @Optional()
  @IsIn(['svg'])
  qr?: 'svg';
}

/** Shown once: nothing in the system can tell them again. */
export class CredentialsDto {
  deviceId!: string;
  mqttPassword!: string;
  /** 32 bytes, base64url; null where the device signs with its own key. */
  journalKey!: string | null;
  epoch!: number;
  /** The text of the printable QR code that a terminal's setup screen reads. */
  qrText!: string;
  /** The QR code itself, as SVG, when it was asked for (`?qr=svg`). */
  qrSvg?: string;
}

export class BatchDto extends ImportDto {
  /** Empty for a trial (`dryRun`). */
  devices!: CredentialsDto[];
}

export class DeviceListOptions extends ListOptions {
  /** Code of the point where they work now. */
  @Optional()
  @IsString()
  point?: string;

  @Optional()
  @IsIn(DEVICE_KINDS)
  kind?: DeviceKind;

  @Optional()
  @IsIn(DEVICE_STATUSES)
  status?: DeviceStatus;

  /** Part of the id or the model. */
  @Optional()
  @IsString()
  @MaxLength(100)
  search?: string;

  /** `quiet`: every presence but `online`. */
  @Optional()
  @IsIn([...PRESENCES, 'quiet'])
  presence?: Presence | 'quiet';

  @Optional()
  @IsString()
  @MaxLength(100)
  firmware?: string;

  /** Only those whose charge was last below so many percent. */
  @Optional()
  @WholeNumber(1, 101)
  batteryBelow?: number;

  /** Whether records of the current epoch have not come. */
  @Optional()
  @Flag()
  missing?: boolean;

  /** Whether messages wait in the terminal. */
  @Optional()
  @Flag()
  queued?: boolean;
}

export class DeviceDto {
  deviceId!: string;
  kind!: DeviceKind;
  model!: string;
  status!: DeviceStatus;
  locked!: boolean;
  epoch!: number;
  /** Code of the point where it works now. */
  point!: string | null;
  pointName!: string | null;
  registeredAt!: string;
  /** never: it never connected; offline: not now; late: connected, but unheard for too long; silent: heard, but no journal record for too long in operating hours; online. */
  presence!: Presence;
  connected!: boolean;
  /** When anything last came from it. */
  lastSeenAt!: string | null;
  lastJournalAt!: string | null;
  /** How many sequence numbers of the current epoch have not come. */
  missingCount!: number;
  /** Charge in percent, as it last told. */
  battery!: number | null;
  /** Messages that waited in the terminal when it last told. */
  queued!: number | null;
  /** The program of the terminal, as it last told. */
  firmware!: string | null;
}

export class DeviceDetailDto extends DeviceDto {
  /** Everything of the current epoch up to here has come. */
  contiguous!: number;
  /** The highest sequence number of the current epoch that came. */
  maxSeq!: number;
  /** Inclusive ranges of the current epoch that have not come, at most 1,000. */
  @ApiProperty({ type: 'array', items: INTEGER_PAIR })
  missing!: [number, number][];
  /** The last telemetry message. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  telemetry!: Record<string, unknown> | null;
  telemetryAt!: string | null;
}

export class ChangePlaceDto {
  /** Code of the point where it works from then on. */
  @IsString()
  @Length(1, 64)
  point!: string;

  /** Records from this moment on belong to the new point. */
  @Moment()
  from!: string;
}

export class LockDto {
  /** Shown to the attendant. */
  @Optional()
  @IsString()
  @Length(1, 200)
  reason?: string;
}

export class MessageDto {
  /** Shown to the attendant. */
  @IsString()
  @Length(1, 200)
  text!: string;
}

export class ResendDto {
  @IsInt()
  @Min(1)
  epoch!: number;

  /** First sequence number. */
  @IsInt()
  @Min(1)
  from!: number;

  /** Last sequence number, inclusive. */
  @IsInt()
  @Min(1)
  to!: number;
}

export class CommandIdDto {
  /** The command; `GET …/commands` tells what became of it. */
  id!: string;
}

export class CommandDto {
  id!: string;
  name!: string;
  args!: Record<string, unknown>;
  createdAt!: string;
  createdBy!: string;
  expiresAt!: string;
  sentAt!: string | null;
  sends!: number;
  answeredAt!: string | null;
  ok!: boolean | null;
  code!: string | null;
}

export class DeviceAssignmentDto {
  id!: number;
  point!: string;
  pointName!: string;
  /** Null: since ever. */
  validFrom!: string | null;
  validTo!: string | null;
}

export class GapListOptions extends ListOptions {
  @Optional()
  @WholeNumber(1)
  epoch?: number;
}

export class GapDto {
  epoch!: number;
  from!: number;
  to!: number;
  openedAt!: string;
  /** How often it was asked for. */
  asks!: number;
  findingAt!: string | null;
}

export class JournalListOptions extends DayRangeOptions {
  @Optional()
  @WholeNumber(1)
  epoch?: number;

  @Optional()
  @IsIn(RECORD_TYPES)
  type?: RecordType;

  @Optional()
  @IsIn(FLAGS)
  flag?: RecordFlag;

  @Optional()
  @WholeNumber(1)
  fromSeq?: number;

  @Optional()
  @WholeNumber(1)
  toSeq?: number;
}

export class JournalRowDto {
  epoch!: number;
  seq!: number;
  type!: string;
  /** The terminal's own time. */
  at!: string;
  receivedAt!: string;
  businessDate!: string;
  point!: string;
  vehicleClass!: string | null;
  method!: string | null;
  amount!: number | null;
  attendant!: string | null;
  shift!: string | null;
  flags!: string[];
  /** Why its body could not be accepted. */
  bodyFault!: string | null;
  /** A void took this payment off. */
  voided!: boolean;
  reprocessedAt!: string | null;
}

export class JournalRecordDto extends JournalRowDto {
  /** The whole record as the terminal sealed it. */
  record!: Record<string, unknown>;
  /** Other authentic content that came for the same place. */
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } })
  conflicts!: Record<string, unknown>[];
}
