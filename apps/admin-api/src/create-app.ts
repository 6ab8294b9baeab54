import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Server as SecureServer } from 'node:https';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { defaultFileLimits } from '@app/settlement';
import { AppModule } from './app.module.js';
import { serveDashboard } from './dashboard.js';
import { CSV_BYTES_MAX } from './http/csv.js';
import { ErrorFilter } from './http/error.filter.js';
import { helmetOptions, restrictFeatures } from './http/headers.js';
import { NestLogger } from './http/nest-logger.js';
import { wordFaults } from './indonesian/indonesian.js';
import { observe, traceRequests } from './http/observe.js';
import { limitRate } from './http/rate-limit.js';
import { uploadLimits } from './http/upload.js';
import { readHttps, renewWhenChanged } from './http/tls.js';
import { validation } from './http/validation.js';
import { publishOpenApi } from './openapi.js';
import type { Services } from './services.js';
import { snapRoutes } from './snap/snap-routes.js';

export const BODY_BYTES_MAX = 1_048_576;
const REQUEST_MS_MAX = 60_000;
const CONNECTIONS_MAX = 1_000;

/**
 * The API as a Nest application, ready to listen. Without CORS headers no other origin's page may call it from a
 * browser; the dashboard is served from here.
 */
export async function createApp(services: Services): Promise<NestFastifyApplication> {
  const { https, requestsPerMinuteMax } = services.settings;
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_MS_MAX,
    trustProxy: (_address: string, hop: number) => hop < services.settings.trustedProxies,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 200 },
    ...(https && { https: readHttps(https) }),
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(services), adapter, {
    logger: new NestLogger(services.log),
    abortOnError: false,
    bufferLogs: false,
  });
  app.setGlobalPrefix('api/v1', { exclude: ['health/live', 'health/ready', 'metrics'] });
  app.useGlobalPipes(validation());
  app.useGlobalFilters(new ErrorFilter(services.log));
  const fastify = adapter.getInstance();
  fastify.server.maxConnections = CONNECTIONS_MAX;
  fastify.addContentTypeParser('text/csv', { parseAs: 'string', bodyLimit: CSV_BYTES_MAX }, (_request, body, done) =>
    done(null, body),
  );
  await app.register(multipart as never, { limits: uploadLimits(defaultFileLimits.bytesMax) });
  observe(fastify as never, services);
  wordFaults(fastify as never);
  traceRequests(fastify as never);
  limitRate(fastify as never, services.clock, requestsPerMinuteMax);
  restrictFeatures(fastify as never);
  await app.register(helmet as never, helmetOptions(services.settings.map?.tiles));
  if (https) renewWhenChanged(fastify.server as unknown as SecureServer, https);
  await snapRoutes(fastify as never, services);
  const { pages } = services.settings;
  publishOpenApi(app, pages !== undefined);
  if (pages && existsSync(pages.dashboardDir)) await serveDashboard(app, pages.dashboardDir);
  await app.init();
  await fastify.ready();
  return app;
}
