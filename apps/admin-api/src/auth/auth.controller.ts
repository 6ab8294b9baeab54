import { Body, Controller, Delete, Get, Headers, HttpCode, Ip, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  closeSession,
  endReusedSession,
  findUser,
  noteNoticesSeen,
  noticesQuery,
  openSession,
  recoveryCodesLeft,
  refreshSession,
  revokeSession,
  sessionsQuery,
  setPassword,
  type ListQuery,
  type SessionTokens,
} from '@app/persistence';
import { FieldError, NotFoundError } from '@app/registry';
import { sessionOver } from '../http/errors.js';
import { ListOf } from '../http/list.js';
import { ListOptions } from '../http/list-options.dto.js';
import { Services } from '../services.js';
import {
  ChangePasswordDto,
  LoginAnswer,
  LoginDto,
  MeDto,
  NoticeDto,
  NoticeListOptions,
  NoticesSeenDto,
  SessionDto,
} from './auth.dto.js';
import { hashChosenPassword } from './passwords.js';
import { readRefreshCookie, refuseOtherOrigin, writeRefreshCookie } from './refresh-cookie.js';
import { SignIn } from './sign-in.js';
import { Allow, BeforeAllElse, CurrentViewer, EVERYONE, mustEnrol, Public, type Viewer } from './viewer.js';

@ApiTags('sign-in')
@Controller('auth')
@Allow(...EVERYONE)
@BeforeAllElse()
export class AuthController {
  constructor(
    private readonly services: Services,
    private readonly signIn: SignIn,
  ) {}

  /**
   * Signs in: an access token in the answer, and a refresh token in an HttpOnly cookie. Who has an authenticator sends
   * its code too (401 `totp-required` without). After ten wrong tries the pair of user name and address must wait (429,
   * `Retry-After`).
   */
  @Post('login')
  @Public()
  @HttpCode(200)
  async login(
    @Body() { username, ...secrets }: LoginDto,
    @Ip() address: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('user-agent') userAgent = '',
  ): Promise<LoginAnswer> {
    const { session: limits } = this.services.settings;
    const tokens = await this.signIn.withPasswordAndCode({ username, address }, secrets, (tx, userId) =>
      openSession(tx, { userId, address, userAgent: userAgent.slice(0, 300) }, limits),
    );
    return this.answer(username, tokens, request, reply);
  }

  /**
   * A new access token for the refresh token in the cookie, which is replaced. A refresh token that was used up before
   * ends the session.
   */
  @Post('refresh')
  @Public()
  @HttpCode(200)
  async refresh(
    @Ip() address: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoginAnswer> {
    refuseOtherOrigin(request);
    const { database, settings } = this.services;
    const cookie = readRefreshCookie(request);
    const refreshed = cookie && (await database.transaction((sql) => refreshSession(sql, cookie, settings.session)));
    if (refreshed && refreshed.outcome === 'refreshed')
      return this.answer(refreshed.username, refreshed, request, reply);
    if (refreshed) {
      const { username, sessionId } = refreshed;
      this.services.log.warn({ username, ip: address }, 'a used-up refresh token came again: the session is ended');
      await this.services.write({ username, address }, (tx) => endReusedSession(tx, sessionId, username));
    }
    writeRefreshCookie(request, reply, undefined, 0);
    throw sessionOver();
  }

  /** Ends the session of this token. */
  @Post('logout')
  @HttpCode(204)
  async logout(
    @CurrentViewer() viewer: Viewer,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.services.write(viewer.actor, (tx) => closeSession(tx, viewer.sessionId));
    writeRefreshCookie(request, reply, undefined, 0);
  }

  /** Who this token belongs to. */
  @Get('me')
  async me(@CurrentViewer() viewer: Viewer): Promise<MeDto> {
    const { userId, username, displayName, role, scope, totp, passwordTemporary } = viewer;
    return {
      username,
      displayName,
      role,
      operator: scope.operatorCode ?? null,
      totp,
      passwordDue: passwordTemporary,
      totpDue: mustEnrol(viewer, this.services.settings.totpRoles),
      recoveryCodesLeft: await recoveryCodesLeft(this.services.database, userId),
    };
  }

  /** Changes the own password and ends all other sessions. */
  @Post('password')
  @HttpCode(204)
  async changePassword(
    @Body() { oldPassword, newPassword }: ChangePasswordDto,
    @CurrentViewer() { username, actor, sessionId }: Viewer,
  ): Promise<void> {
    await this.signIn.confirmPassword(actor, oldPassword, 'oldPassword');
    if (newPassword === oldPassword) throw new FieldError('newPassword', 'This is the old password.');
    const passwordHash = await hashChosenPassword(newPassword, 'newPassword');
    await this.services.write(actor, (tx) => setPassword(tx, username, passwordHash, { session: sessionId }));
  }

  /** What happened to the own password, authenticator, role and sessions, newest first; sign-ins from new addresses. */
  @Get('notices')
  @ListOf(NoticeDto, 'notices')
  notices(@Query() { unseen = false }: NoticeListOptions, @CurrentViewer() { userId }: Viewer): ListQuery<NoticeDto> {
    return noticesQuery(userId, unseen);
  }

  /** These notices were seen. */
  @Post('notices/seen')
  @HttpCode(204)
  async noticesSeen(@Body() { upTo }: NoticesSeenDto, @CurrentViewer() { userId, actor }: Viewer): Promise<void> {
    await this.services.write(actor, (tx) => noteNoticesSeen(tx, userId, upTo));
  }

  /** The own sessions. */
  @Get('sessions')
  @ListOf(SessionDto, 'sessions')
  sessions(@Query() _: ListOptions, @CurrentViewer() { sessionId, username }: Viewer): ListQuery<SessionDto> {
    return sessionsQuery(sessionId, username);
  }

  /** Ends one of the own sessions. */
  @Delete('sessions/:id')
  @HttpCode(204)
  async endSession(@Param('id') id: string, @CurrentViewer() viewer: Viewer): Promise<void> {
    const ended = await this.services.write(viewer.actor, (tx) => revokeSession(tx, id, viewer.username));
    if (!ended) throw new NotFoundError('session', id);
  }

  private async answer(
    username: string,
    tokens: SessionTokens,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<LoginAnswer> {
    const { database, settings } = this.services;
    const { displayName, role, totp, passwordTemporary } = await findUser(database, username);
    writeRefreshCookie(request, reply, tokens.refreshToken, settings.session.ageMsMax);
    const { accessToken } = tokens;
    const expiresInSeconds = Math.floor(settings.session.accessMsMax / 1000);
    return {
      accessToken,
      expiresInSeconds,
      username,
      displayName,
      role,
      passwordDue: passwordTemporary,
      totpDue: mustEnrol({ role, totp }, settings.totpRoles),
    };
  }
}
