import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '@app/platform';
import { errorInIndonesian, readsIndonesian } from '../indonesian/indonesian.js';
import { httpErrorOf } from './errors.js';

/** Answers every error in the one form, in Indonesian to who asks for it, and logs those nobody foresaw. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const known = httpErrorOf(error);
    if (!known || known.status >= 500)
      this.log.error({ err: error, requestId: request.id, route: request.routeOptions.url }, 'request failed');
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    if (known?.retryAfterSeconds !== undefined) void reply.header('retry-after', String(known.retryAfterSeconds));
    const body = known?.body ?? {
      code: 'internal',
      message: 'Something went wrong here.',
      remedy: `Tell the administrator the request id ${request.id}.`,
    };
    const wanted = readsIndonesian(request.headers['accept-language']) ? errorInIndonesian(body) : body;
    void reply.status(known?.status ?? 500).send({ error: wanted });
  }
}
