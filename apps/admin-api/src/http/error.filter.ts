import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '@app/platform';
import { httpErrorOf } from './errors.js';

/** Answers every error in the one form, and logs those nobody foresaw. */
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
    void reply.status(known?.status ?? 500).send({
      error: known?.body ?? {
        code: 'internal',
        message: 'Something went wrong here.',
        remedy: `Tell the administrator the request id ${request.id}.`,
      },
    });
  }
}
