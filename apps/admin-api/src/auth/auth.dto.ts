import { IsString, MaxLength, MinLength } from 'class-validator';
import type { Role } from '@app/registry';
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
}

export class LoginAnswer {
  /** Send it as `Authorization: Bearer …`. */
  accessToken!: string;
  username!: string;
  displayName!: string;
  role!: Role;
}

export class MeDto {
  username!: string;
  displayName!: string;
  role!: Role;
  /** The operator whose clerk this is. */
  operator!: string | null;
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

export class SessionDto {
  /** Names the session; not its token. */
  id!: string;
  username!: string;
  createdAt!: string;
  lastSeenAt!: string;
  expiresAt!: string;
  address!: string;
  userAgent!: string;
}
