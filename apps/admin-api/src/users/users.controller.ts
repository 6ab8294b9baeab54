import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  changeUser,
  createUser,
  findUser,
  removeTotp,
  revokeSession,
  sessionsQuery,
  setPassword,
  usersQuery,
  type ListQuery,
} from '@app/persistence';
import { NotFoundError } from '@app/registry';
import { SessionDto } from '../auth/auth.dto.js';
import { hashPassword, temporaryPassword, TEMPORARY_PASSWORD_MS_MAX } from '../auth/passwords.js';
import { ADMINISTRATORS, Allow, CurrentViewer, type Viewer } from '../auth/viewer.js';
import { ListOf } from '../http/list.js';
import { ListOptions } from '../http/list-options.dto.js';
import { Services } from '../services.js';
import {
  ChangeUserDto,
  CreatedUserDto,
  CreateUserDto,
  SessionListOptions,
  TemporaryPasswordDto,
  UserDto,
} from './users.dto.js';

/** Whoever hands a password over knows it. */
const TEMPORARY = { withinMs: TEMPORARY_PASSWORD_MS_MAX };

@ApiTags('users')
@Controller()
@Allow(...ADMINISTRATORS)
export class UsersController {
  constructor(private readonly services: Services) {}

  @Get('users')
  @Allow(...ADMINISTRATORS, 'auditor')
  @ListOf(UserDto, 'users')
  list(@Query() _: ListOptions): ListQuery<UserDto> {
    return usersQuery();
  }

  /** A new user, with a password made here, which signs in for three days and must be changed first of all. */
  @Post('users')
  async create(@Body() user: CreateUserDto, @CurrentViewer() { actor }: Viewer): Promise<CreatedUserDto> {
    const password = temporaryPassword();
    const passwordHash = await hashPassword(password);
    await this.services.write(actor, (tx) => createUser(tx, { ...user, passwordHash, temporary: TEMPORARY }));
    return { ...(await findUser(this.services.database, user.username)), temporaryPassword: password };
  }

  /** Changes a user. A change of role or operator, or disabling, ends the user's sessions. */
  @Patch('users/:username')
  async change(
    @Param('username') username: string,
    @Body() change: ChangeUserDto,
    @CurrentViewer() { actor }: Viewer,
  ): Promise<UserDto> {
    await this.services.write(actor, (tx) => changeUser(tx, username, change));
    return findUser(this.services.database, username);
  }

  /** Gives a user a new password, made and temporary as the first one is, and ends the user's sessions. */
  @Post('users/:username/password')
  @HttpCode(200)
  async resetPassword(
    @Param('username') username: string,
    @CurrentViewer() { actor }: Viewer,
  ): Promise<TemporaryPasswordDto> {
    const password = temporaryPassword();
    const passwordHash = await hashPassword(password);
    await this.services.write(actor, (tx) => setPassword(tx, username, passwordHash, { temporary: TEMPORARY }));
    return { temporaryPassword: password };
  }

  /** Removes the authenticator of a user who lost it and the recovery codes too. Ends the user's sessions. */
  @Delete('users/:username/totp')
  @HttpCode(204)
  async removeTotp(@Param('username') username: string, @CurrentViewer() { actor }: Viewer): Promise<void> {
    await this.services.write(actor, (tx) => removeTotp(tx, username));
  }

  /** The sessions of all users, or of one. */
  @Get('sessions')
  @ListOf(SessionDto, 'sessions')
  sessions(@Query() { username }: SessionListOptions, @CurrentViewer() { sessionId }: Viewer): ListQuery<SessionDto> {
    return sessionsQuery(sessionId, username);
  }

  @Delete('sessions/:id')
  @HttpCode(204)
  async endSession(@Param('id') id: string, @CurrentViewer() { actor }: Viewer): Promise<void> {
    const ended = await this.services.write(actor, (tx) => revokeSession(tx, id));
    if (!ended) throw new NotFoundError('session', id);
  }
}
