import {
  applyDecorators,
  Injectable,
  SetMetadata,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { from, mergeMap, type Observable } from 'rxjs';
import { noteAccess } from '@app/persistence';
import type { ViewedRequest } from '../auth/viewer.js';
import { Services } from '../services.js';

const DISCLOSED = 'eparking:disclosed';
const SUBJECT_LENGTH_MAX = 200;

/** The answer holds personal data of this kind: who asked for it is noted in the access log before it is given. */
export const Discloses = (what: string): MethodDecorator =>
  applyDecorators(SetMetadata(DISCLOSED, what), UseInterceptors(DisclosureInterceptor));

@Injectable()
export class DisclosureInterceptor implements NestInterceptor {
  constructor(
    private readonly services: Services,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { viewer, params } = context.switchToHttp().getRequest<ViewedRequest>();
    const what = this.reflector.get<string>(DISCLOSED, context.getHandler());
    // From the path alone: what was searched for may itself be personal.
    const subject = Object.values(params as Record<string, string>)
      .join('/')
      .slice(0, SUBJECT_LENGTH_MAX);
    const noted = async (answer: unknown): Promise<unknown> => {
      await noteAccess(this.services.database, viewer!.actor, what, subject);
      return answer;
    };
    return next.handle().pipe(mergeMap((answer) => from(noted(answer))));
  }
}
