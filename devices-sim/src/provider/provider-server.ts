import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Random } from '@app/kernel';
import type { Log } from '../log.js';
import { Notifier } from './notifier.js';
import { ProviderBook } from './provider-book.js';
import type { ProviderSettings } from './provider-settings.js';
import { cutOffBefore, settleBefore } from './settlement.js';
import { isHmacSignature, isRsaSignature, isTokenSignature } from './signing.js';
import { reply, SERVICES, SnapService, type ServiceName, type SnapReply } from './snap-service.js';

export interface ProviderOptions {
  readonly settings: ProviderSettings;
  /** Its memory is in `provider/`, its settlement files in `acquirer/<code>/`. */
  readonly folder: string;
  readonly random: Random;
  readonly now: () => number;
  readonly log: Log;
}

const BODY_BYTES_MAX = 65_536;
const SETTLE_EVERY_MS = 10_000;
const SKEW_MS_MAX = 300_000;
const TOKEN_SECONDS = 900;
const TOKENS_MAX = 100;
const SNAP_PATH = /^\/v1\.0\/qr\/(qr-mpm-[a-z]+)$/;

/** A simulated QRIS provider over HTTP: SNAP BI for the system, a counter for simulated drivers, settlement files. */
export class ProviderServer {
  readonly book: ProviderBook;
  readonly service: SnapService;
  readonly notifier: Notifier;
  readonly #server: Server;
  readonly #tokens = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: ProviderOptions) {
    const { settings, folder, random, now, log } = options;
    this.book = new ProviderBook(join(folder, 'provider', settings.code));
    this.notifier = new Notifier(settings, random.fork('notices'), now, log);
    this.service = new SnapService(settings, this.book, this.notifier, random.fork('payments'), now);
    this.#server = createServer((request, response) => {
      this.answer(request)
        .catch((error: Error) => {
          log.error(error.message, { path: request.url });
          return reply(500, '00', '00', 'General Error');
        })
        .then(({ status, body }) => {
          response.writeHead(status, { 'content-type': 'application/json', 'x-simulated': 'true' });
          response.end(JSON.stringify(body));
        }, log.error);
    });
  }

  /** Listens on loopback. @returns the port */
  async start(): Promise<number> {
    const { settings, log } = this.options;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(settings.port, '127.0.0.1', resolve);
    });
    const { port } = this.#server.address() as AddressInfo;
    this.settle(cutOffBefore(settings.cutOffs, this.options.now()));
    this.#timer = setInterval(() => this.settle(cutOffBefore(settings.cutOffs, this.options.now())), SETTLE_EVERY_MS);
    log.info('simulated provider', { code: settings.code, port, mishaps: settings.mishaps });
    return port;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.notifier.stop();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Writes the settlement file of what was paid before an instant. @returns its batch */
  settle(before: number): string | null {
    const { settings, folder, log } = this.options;
    const batch = settleBefore(this.book, settings, before, join(folder, 'acquirer'));
    if (batch !== null) log.info('simulated settlement', { batch });
    return batch;
  }

  private async answer(request: IncomingMessage): Promise<SnapReply> {
    const path = (request.url ?? '').split('?')[0]!;
    if (path === '/health/ready') return { status: 200, body: { simulated: true } };
    const body = await readBody(request);
    if (request.method !== 'POST' || body === null) return reply(400, '00', '00', 'Bad Request');
    if (path.startsWith('/simulated/')) return this.counter(path, request, parse(body));
    if (path === '/v1.0/access-token/b2b') return this.token(request);
    const name = SNAP_PATH.exec(path)?.[1] as ServiceName | undefined;
    if (!name || !(name in SERVICES)) return reply(404, '00', '00', 'Not Found');
    const service = SERVICES[name];
    if (!this.isCaller(request, path, body)) return reply(401, service, '00', 'Unauthorized. Signature');
    const parsed = parse(body);
    return parsed ? this.service.call(name, parsed) : reply(400, service, '00', 'Bad Request');
  }

  private isCaller(request: IncomingMessage, path: string, body: string): boolean {
    const { partnerId, signature, secret, clientKey } = this.options.settings;
    const [timestamp, given] = [header(request, 'x-timestamp'), header(request, 'x-signature')];
    if (header(request, 'x-partner-id') !== partnerId || !this.isNow(timestamp)) return false;
    if (!/^\d{1,36}$/.test(header(request, 'x-external-id'))) return false;
    const token = header(request, 'authorization').replace(/^Bearer /, '');
    const signed = { method: 'POST', path, token, body, timestamp };
    if (signature === 'asymmetric') return isRsaSignature(clientKey, signed, given);
    if (clientKey !== '' && !this.#tokens.has(token)) return false;
    return isHmacSignature(secret, signed, given);
  }

  private isNow(timestamp: string): boolean {
    return Math.abs(Date.parse(timestamp) - this.options.now()) <= SKEW_MS_MAX;
  }

  private token(request: IncomingMessage): SnapReply {
    const { partnerId, clientKey } = this.options.settings;
    const timestamp = header(request, 'x-timestamp');
    const isTheirs =
      header(request, 'x-client-key') === partnerId &&
      this.isNow(timestamp) &&
      clientKey !== '' &&
      isTokenSignature(clientKey, partnerId, timestamp, header(request, 'x-signature'));
    if (!isTheirs) return reply(401, '73', '00', 'Unauthorized. Signature');
    const accessToken = randomBytes(24).toString('base64url');
    if (this.#tokens.size >= TOKENS_MAX) this.#tokens.clear();
    this.#tokens.add(accessToken);
    return reply(200, '73', '00', 'Successful', { accessToken, tokenType: 'Bearer', expiresIn: String(TOKEN_SECONDS) });
  }

  /** Where simulated drivers pay, and a test directs what happens. No part of SNAP. */
  private counter(path: string, request: IncomingMessage, body: Readonly<Record<string, unknown>> | null): SnapReply {
    if (header(request, 'authorization') !== `Bearer ${this.options.settings.driverToken}`)
      return { status: 401, body: { simulated: true } };
    if (path === '/simulated/pay') {
      const notices = typeof body?.notices === 'number' ? body.notices : undefined;
      const payment = this.service.pay(String(body?.qr ?? ''), notices);
      if (typeof payment === 'string') return { status: 409, body: { simulated: true, why: payment } };
      return { status: 200, body: { simulated: true, referenceNo: payment.referenceNo, rrn: payment.rrn } };
    }
    if (path === '/simulated/settle')
      return { status: 200, body: { simulated: true, batch: this.settle(this.options.now() + 1) } };
    return { status: 404, body: { simulated: true } };
  }
}

function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}

function parse(body: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_BYTES_MAX) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
