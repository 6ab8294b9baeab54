import type { FastifyInstance } from 'fastify';
import { Histogram } from '@app/platform';
import type { ViewedRequest } from '../auth/viewer.js';
import type { Services } from '../services.js';

const QUIET = /^\/(health|metrics)/;

/** A line and a measurement for every answered request; the request's id goes back in `x-request-id`. */
export function observe(fastify: FastifyInstance, { log, metrics }: Services): void {
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [metrics],
  });
  fastify.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id).header('cache-control', 'no-store');
  });
  fastify.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    duration.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    if (QUIET.test(route)) return;
    const { method, id: requestId, ip } = request;
    const user = (request as ViewedRequest).viewer?.username;
    log.info(
      { requestId, method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime), user, ip },
      'request',
    );
  });
}
