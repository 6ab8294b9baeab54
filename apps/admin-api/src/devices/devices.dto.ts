import { IsIn, IsString, Length, Matches, MaxLength } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { DEVICE_ID_PATTERN } from '@app/protocol';
import { DEVICE_KINDS, type DeviceKind, type Presence } from '@app/registry';
import { ListOptions } from '../http/list-options.js';
import { INTEGER_PAIR } from '../http/schemas.js';
import { Optional } from '../http/validators.js';

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
