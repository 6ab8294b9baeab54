import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { checkReady } from '@app/persistence';
import { readinessOf, type Readiness } from '@app/platform';
import { Public } from '../auth/viewer.js';
import { Services } from '../services.js';

@ApiTags('operation')
@Controller()
@Public()
export class HealthController {
  constructor(private readonly services: Services) {}

  /** The process runs. */
  @Get('health/live')
  live(): { status: string } {
    return { status: 'ok' };
  }

  /** 200 when requests can be served: the database answers and has the schema this program knows; else 503. */
  @Get('health/ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const readiness = await readinessOf({ database: () => checkReady(this.services.database) });
    void reply.status(readiness.ok ? 200 : 503);
    return readiness;
  }

  /** Figures for Prometheus. */
  @Get('metrics')
  async metrics(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const { metrics } = this.services;
    void reply.header('content-type', metrics.contentType);
    return metrics.metrics();
  }
}
