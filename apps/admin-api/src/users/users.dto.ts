import { IsBoolean, IsIn, IsString, Length, Matches } from 'class-validator';
import { ROLES, type Role } from '@app/registry';
import { ListOptions } from '../http/list-options.dto.js';
import { Nullable, Optional } from '../http/validators.js';

export class UserDto {
  username!: string;
  displayName!: string;
  role!: Role;
  /** Of an operator's clerk. */
  operator!: string | null;
  disabledAt!: string | null;
  createdAt!: string;
  /** Signs in with codes of an authenticator. */
  totp!: boolean;
  /** Has not changed the password yet that was given. */
  passwordTemporary!: boolean;
}

/** Told once, to be handed to the person. */
export class TemporaryPasswordDto {
  /** Random; signs in for three days and must be changed first of all. */
  temporaryPassword!: string;
}

export class CreatedUserDto extends UserDto {
  /** Told once, to be handed to the person: random, signs in for three days and must be changed first of all. */
  temporaryPassword!: string;
}

export class CreateUserDto {
  @Matches(/^[a-z0-9][a-z0-9._-]{1,63}$/, {
    message: 'username must be 2 to 64 lower-case letters, digits, dots, dashes or underscores',
  })
  username!: string;

  @Optional()
  @IsString()
  @Length(0, 200)
  displayName?: string;

  @IsIn(ROLES)
  role!: Role;

  /** Code of the operator whose clerk this is. */
  @Optional()
  @IsString()
  operator?: string;
}

export class ChangeUserDto {
  @Optional()
  @IsString()
  @Length(0, 200)
  displayName?: string;

  @Optional()
  @IsIn(ROLES)
  role?: Role;

  @Nullable()
  @IsString()
  operator?: string | null;

  /** Disabling ends the sessions. */
  @Optional()
  @IsBoolean()
  disabled?: boolean;
}

export class SessionListOptions extends ListOptions {
  @Optional()
  @IsString()
  username?: string;
}
