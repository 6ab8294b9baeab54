import { applyDecorators, createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Actor, Role, Scope } from '@app/registry';

/** Who asks: the user behind the access token. */
export interface Viewer {
  readonly userId: number;
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
  /** What of the city this user may see. */
  readonly scope: Scope;
  readonly actor: Actor;
  readonly sessionId: string;
  /** Signs in with codes of an authenticator. */
  readonly totp: boolean;
  /** Somebody else gave the password: nothing else is open until it is changed. */
  readonly passwordTemporary: boolean;
}

export type ViewedRequest = FastifyRequest & { viewer?: Viewer };

export const ALLOWED_ROLES = 'eparking:allowed-roles';

/** The roles that may call this. A handler without it (or `Public`) is open to nobody. */
export const Allow = (...roles: Role[]): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(ALLOWED_ROLES, roles), ApiBearerAuth());

/** Needs no sign-in. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(ALLOWED_ROLES, 'public');

export const BEFORE_ALL_ELSE = 'eparking:before-all-else';

/** Open also to those who must change their password or set up an authenticator first. */
export const BeforeAllElse = (): ClassDecorator => SetMetadata(BEFORE_ALL_ELSE, true);

/** Whether somebody must set up an authenticator before anything else. */
export function mustEnrol({ role, totp }: { role: Role; totp: boolean }, totpRoles: readonly Role[]): boolean {
  return !totp && totpRoles.includes(role);
}

export const ADMINISTRATORS: Role[] = ['administrator'];
/** Who runs the registry. */
export const OFFICERS: Role[] = ['administrator', 'revenue-officer'];
/** Who sees the whole city. */
export const CITY: Role[] = [...OFFICERS, 'auditor'];
/** Everyone who can sign in; an operator's clerk sees what is the operator's. */
export const EVERYONE: Role[] = [...CITY, 'operator-clerk'];

/** The signed-in user, as a handler's argument. */
export const CurrentViewer = createParamDecorator(
  (_: unknown, context: ExecutionContext): Viewer => context.switchToHttp().getRequest<ViewedRequest>().viewer!,
);
