import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { invariant } from '@app/kernel';
import { sessionUser } from '@app/persistence';
import { secretHash, type Role } from '@app/registry';
import { forbidden, notSignedIn, passwordDue, totpDue } from '../http/errors.js';
import { Services } from '../services.js';
import { ALLOWED_ROLES, BEFORE_ALL_ELSE, mustEnrol, type ViewedRequest, type Viewer } from './viewer.js';

/** Lets a request in when its access token is good and its user's role may call the handler. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly services: Services,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const allowed = this.reflector.getAllAndOverride<Role[] | 'public' | undefined>(ALLOWED_ROLES, [
      context.getHandler(),
      context.getClass(),
    ]);
    invariant(allowed, `${context.getClass().name}.${context.getHandler().name} says nobody's role`);
    if (allowed === 'public') return true;
    const request = context.switchToHttp().getRequest<ViewedRequest>();
    const viewer = await this.viewerOf(request);
    if (!viewer) throw notSignedIn();
    if (!allowed.includes(viewer.role)) throw forbidden(viewer.role);
    if (!this.reflector.get(BEFORE_ALL_ELSE, context.getClass())) {
      if (viewer.passwordTemporary) throw passwordDue();
      if (mustEnrol(viewer, this.services.settings.totpRoles)) throw totpDue();
    }
    request.viewer = viewer;
    return true;
  }

  private async viewerOf(request: ViewedRequest): Promise<Viewer | undefined> {
    const token = /^Bearer ([A-Za-z0-9_-]{43})$/i.exec(request.headers.authorization ?? '')?.[1];
    if (!token) return undefined;
    const user = await sessionUser(this.services.database, secretHash(token), this.services.settings.session);
    if (!user) return undefined;
    const { operatorCode, ...rest } = user;
    return {
      ...rest,
      scope: operatorCode === null ? {} : { operatorCode },
      actor: { username: user.username, address: request.ip },
    };
  }
}
