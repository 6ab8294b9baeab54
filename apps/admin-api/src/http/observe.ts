import { context, SpanKind, SpanStatusCode, trace, type Span } from '@opentelemetry/api';
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

/**
 * A span for every request, under which its handler runs: what it writes down for the worker carries the trace. What a
 * caller says in `traceparent` is not believed: anybody could have everything followed.
 */
export function traceRequests(fastify: FastifyInstance): void {
  const tracer = trace.getTracer('eparking-admin-api');
  const spans = new WeakMap<object, Span>();
  // After the body is read, whose events would lose the context.
  fastify.addHook('preHandler', (request, _reply, done) => {
    const { url: route = 'unknown' } = request.routeOptions;
    if (QUIET.test(route)) return done();
    const attributes = { 'http.request.method': request.method, 'http.route': route, 'eparking.request': request.id };
    const span = tracer.startSpan(`${request.method} ${route}`, { kind: SpanKind.SERVER, attributes });
    spans.set(request, span);
    context.with(trace.setSpan(context.active(), span), done);
  });
  fastify.addHook('onResponse', async (request, { statusCode }) => {
    const span = spans.get(request);
    span?.setAttribute('http.response.status_code', statusCode);
    if (statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
  });
}
