import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jest } from '@jest/globals';
import { context, trace } from '@opentelemetry/api';
import { loadConfig } from './config.js';
import type { Logger } from './logger.js';
import { startTracing } from './tracing.js';

const warn = jest.fn();
const log = { warn } as unknown as Logger;
const span = (name: string): void => trace.getTracer('test').startSpan(name).end();

afterEach(() => {
  trace.disable();
  context.disable();
  warn.mockClear();
});

it('does nothing without a collector', async () => {
  expect(await startTracing(loadConfig({}), 'gateway', log)).toBeNull();
  const nothing = trace.getTracer('test').startSpan('x');
  expect(nothing.isRecording()).toBe(false);
});

it('sends what is left at the end, under the name of the process', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  let body = '';
  server.on('request', (request, response) => {
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => response.end('{}'));
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const tracing = await startTracing(loadConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }), 'worker', log);
  span('the last one');
  await tracing!.close();
  server.close();
  expect(body).toContain('eparking-worker');
  expect(body).toContain('the last one');
  expect(warn).not.toHaveBeenCalled();
});

it('drops spans when nobody takes them, says so once, and ends all the same', async () => {
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', EPARKING_TRACE_PERCENT: '100' };
  const tracing = await startTracing(loadConfig(env), 'worker', log);
  const startedAt = performance.now();
  span('lost');
  await tracing!.close();
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  expect(warn).toHaveBeenCalledTimes(1);
});

it('follows none of a hundred when told so', async () => {
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', EPARKING_TRACE_PERCENT: '0' };
  const tracing = await startTracing(loadConfig(env), 'worker', log);
  expect(trace.getTracer('test').startSpan('x').isRecording()).toBe(false);
  await tracing!.close();
});
