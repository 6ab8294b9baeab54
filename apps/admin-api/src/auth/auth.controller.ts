import { Body, Controller, Delete, Get, HttpCode, Ip, Param, Post, Query, Headers } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  closeSession,
  findUser,
  openSession,
  passwordHashOf,
  revokeSession,
  sessionsQuery,
  setPassword,
  type ListQuery,
} from '@app/persistence';
import { FieldError, newSecret, NotFoundError, secretHash } from '@app/registry';
import { ListOf } from '../http/list.js';
import { ListOptions } from '../http/list-options.dto.js';
import { wrongPassword } from '../http/errors.js';
import { Services } from '../services.js';
import { ChangePasswordDto, LoginAnswer, LoginDto, MeDto, SessionDto } from './auth.dto.js';
import { hashPassword, passwordMatches } from './passwords.js';
import { SignInThrottle } from './sign-in-throttle.js';
import { Allow, CurrentViewer, EVERYONE, Public, type Viewer } from './viewer.js';

@ApiTags('sign-in')
@Controller('auth')
@Allow(...EVERYONE)
export class AuthController {
  readonly #throttle: SignInThrottle;

  constructor(private readonly services: Services) {
    this.#throttle = new SignInThrottle(services.clock);
  }

  /** Signs in. After ten wrong passwords the pair of user name and address must wait (429, `Retry-After`). */
  @Post('login')
  @Public()
  @HttpCode(200)
  async login(
    @Body() { username, password }: LoginDto,
    @Ip() address: string,
    @Headers('user-agent') userAgent = '',
  ): Promise<LoginAnswer> {
    const { database, settings } = this.services;
    const user = await passwordHashOf(database, username);
    const right = await this.#throttle.guard(username, address, () => passwordMatches(user?.passwordHash, password));
    if (!right || !user) throw wrongPassword();
    const accessToken = newSecret();
    const session = {
      userId: user.userId,
      tokenHash: secretHash(accessToken),
      address,
      userAgent: userAgent.slice(0, 300),
    };
    await this.services.write({ username, address }, (tx) => openSession(tx, session, settings.session));
    const { displayName, role } = await findUser(database, username);
    return { accessToken, username, displayName, role };
  }

  /** Ends the session of this token. */
  @Post('logout')
  @HttpCode(204)
  async logout(@CurrentViewer() viewer: Viewer): Promise<void> {
    await this.services.write(viewer.actor, (tx) => closeSession(tx, viewer.tokenHash));
  }

  /** Who this token belongs to. */
  @Get('me')
  me(@CurrentViewer() { username, displayName, role, scope }: Viewer): MeDto {
    return { username, displayName, role, operator: scope.operatorCode ?? null };
  }

  /** Changes the own password and ends all other sessions. */
  @Post('password')
  @HttpCode(204)
  async changePassword(@Body() change: ChangePasswordDto, @CurrentViewer() viewer: Viewer): Promise<void> {
    const { username, actor, tokenHash } = viewer;
    const user = await passwordHashOf(this.services.database, username);
    const right = await this.#throttle.guard(username, actor.address, () =>
      passwordMatches(user?.passwordHash, change.oldPassword),
    );
    if (!right) throw new FieldError('oldPassword', 'The old password is wrong.');
    const passwordHash = await hashPassword(change.newPassword);
    await this.services.write(actor, (tx) => setPassword(tx, username, passwordHash, tokenHash));
  }

  /** The own sessions. */
  @Get('sessions')
  @ListOf(SessionDto, 'sessions')
  sessions(@Query() _: ListOptions, @CurrentViewer() viewer: Viewer): ListQuery<SessionDto> {
    return sessionsQuery(viewer.username);
  }

  /** Ends one of the own sessions. */
  @Delete('sessions/:id')
  @HttpCode(204)
  async endSession(@Param('id') id: string, @CurrentViewer() viewer: Viewer): Promise<void> {
    const ended = await this.services.write(viewer.actor, (tx) => revokeSession(tx, id, viewer.username));
    if (!ended) throw new NotFoundError('session', id);
  }
}
