import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';

/** One thing a process needs to do its work. Resolves when it is there, rejects with the reason when it is not. */
export type ReadyChecks = Readonly<Record<string, () => Promise<void>>>;

/** What readiness answers: `ok`, or which checks failed and why. */
export interface Readiness {
  readonly ok: boolean;
  /** `'ok'`, or the reason in words, by the check's name. */
  readonly checks: Record<string, string>;
}

const CHECK_MS_MAX = 2_000;

/** What went wrong, in words; connection errors of Node's carry only a code. */
function messageOf(error: unknown): string {
  const { message, code } = (error ?? {}) as { message?: string; code?: string };
  return message || code || 'failed';
}

async function outcomeOf(check: () => Promise<void>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${CHECK_MS_MAX} ms`), CHECK_MS_MAX);
  });
  const checked = check().then(() => 'ok', messageOf);
  return Promise.race([checked, late]).finally(() => clearTimeout(timer));
}

/** Runs all checks at once, each for at most two seconds. */
export async function readinessOf(checks: ReadyChecks): Promise<Readiness> {
  const entries = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await outcomeOf(check)] as const),
  );
  return { ok: entries.every(([, outcome]) => outcome === 'ok'), checks: Object.fromEntries(entries) };
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

async function answer(path: string, response: ServerResponse, checks: ReadyChecks, metrics: Registry): Promise<void> {
  if (path === '/health/live') return sendJson(response, 200, { status: 'ok' });
  if (path === '/health/ready') {
    const readiness = await readinessOf(checks);
    return sendJson(response, readiness.ok ? 200 : 503, readiness);
  }
  if (path === '/metrics') {
    response.writeHead(200, { 'content-type': metrics.contentType });
    response.end(await metrics.metrics());
    return;
  }
  sendJson(response, 404, { error: 'not found: /health/live, /health/ready and /metrics are here' });
}

/** A listening health server. `server` is Node's own, for what else shares the port (the gateway's WebSocket). */
export interface HealthServer {
  readonly server: Server;
  /** The port it really has, also when 0 was asked for. */
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves `/health/live` (the process runs), `/health/ready` (503 until every check passes) and `/metrics`.
 * @throws the listen error (EADDRINUSE, EACCES) when the port cannot be had
 */
export async function startHealthServer(options: {
  host: string;
  port: number;
  checks: ReadyChecks;
  metrics: Registry;
}): Promise<HealthServer> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0]!;
    answer(path, response, options.checks, options.metrics).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, { error: messageOf(error) });
    });
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    server,
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
