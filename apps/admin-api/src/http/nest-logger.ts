import type { LoggerService } from '@nestjs/common';
import type { Logger } from '@app/platform';

/** Nest's own lines into the process's log: its start-up chatter at debug, its troubles as they are. */
export class NestLogger implements LoggerService {
  constructor(private readonly pino: Logger) {}

  log(message: unknown, context?: string): void {
    this.pino.debug({ context }, String(message));
  }

  debug = this.log.bind(this);
  verbose = this.log.bind(this);

  warn(message: unknown, context?: string): void {
    this.pino.warn({ context }, String(message));
  }

  error(message: unknown, stack?: string, context?: string): void {
    this.pino.error({ context, stack }, String(message));
  }

  fatal(message: unknown, stack?: string, context?: string): void {
    this.pino.fatal({ context, stack }, String(message));
  }
}
