import { IsInt, IsString, Length, Matches, Max, MaxLength, Min, MinLength } from 'class-validator';
import { NOTICES } from '@app/persistence';
import type { Role } from '@app/registry';
import { ListOptions } from '../http/list-options.dto.js';
import { Flag, Optional } from '../http/validators.js';
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from './passwords.js';

export class LoginDto {
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  username!: string;

  @IsString()
  @MinLength(1)
  @MaxLength(PASSWORD_LENGTH_MAX)
  password!: string;

  /** The code of the authenticator, or a recovery code. */
  @Optional()
  @IsString()
  @Length(6, 60)
  totp?: string;
}

export class LoginAnswer {
  /** Send it as `Authorization: Bearer …`. */
  accessToken!: string;
  /** Refresh it before that. */
  expiresInSeconds!: number;
  username!: string;
  displayName!: string;
  role!: Role;
  /** Somebody else gave the password: it must be changed before anything else is open. */
  passwordDue!: boolean;
  /** An authenticator must be set up before anything else is open. */
  totpDue!: boolean;
}

export class MeDto {
  username!: string;
  displayName!: string;
  role!: Role;
  /** The operator whose clerk this is. */
  operator!: string | null;
  /** Signs in with codes of an authenticator. */
  totp!: boolean;
  /** Somebody else gave the password: it must be changed before anything else is open. */
  passwordDue!: boolean;
  /** An authenticator must be set up before anything else is open. */
  totpDue!: boolean;
  recoveryCodesLeft!: number;
}

export class PasswordConfirmation {
  /** The own password. */
  @IsString()
  @MaxLength(PASSWORD_LENGTH_MAX)
  password!: string;
}

export class TotpOfferDto {
  /** Base32, to be typed where the QR cannot be scanned. */
  secret!: string;
  uri!: string;
  qrSvg!: string;
}

export class TotpCodeDto {
  @Matches(/^\d{6}$/, { message: 'code must be the six digits which the authenticator shows' })
  code!: string;
}

export class RecoveryCodesDto {
  /** Each is good for one sign-in without the authenticator. Shown only now. */
  recoveryCodes!: string[];
}

export class TotpRemovalDto extends PasswordConfirmation {
  /** The code of the authenticator, or a recovery code. */
  @IsString()
  @Length(6, 60)
  totp!: string;
}

export class ChangePasswordDto {
  @IsString()
  @MaxLength(PASSWORD_LENGTH_MAX)
  oldPassword!: string;

  @IsString()
  @MinLength(PASSWORD_LENGTH_MIN)
  @MaxLength(PASSWORD_LENGTH_MAX)
  newPassword!: string;
}

export class NoticeDto {
  id!: number;
  at!: string;
  /** As the audit log names it. */
  what!: (typeof NOTICES)[number];
  /** Who did it. */
  by!: string;
  address!: string;
  seen!: boolean;
}

export class NoticeListOptions extends ListOptions {
  /** Only those that the user has not marked as seen. */
  @Optional()
  @Flag()
  unseen?: boolean;
}

export class NoticesSeenDto {
  /** The newest notice that was shown; those before it count as seen too. */
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  upTo!: number;
}

export class SessionDto {
  /** Names the session; not its token. */
  id!: string;
  username!: string;
  createdAt!: string;
  lastSeenAt!: string;
  expiresAt!: string;
  address!: string;
  userAgent!: string;
  /** The session of the token that asks. */
  current!: boolean;
}
