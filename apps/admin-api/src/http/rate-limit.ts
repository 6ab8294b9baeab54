import type { FastifyInstance } from 'fastify';
import type { Clock } from '@app/kernel';
import { networkOf } from '../auth/sign-in-throttle.js';
import { ApiError } from './errors.js';

const WINDOW_MS = 60_000;
/** Addresses that are remembered; past it the oldest counts are forgotten. */
const ADDRESSES_MAX = 50_000;
const NEVER_LIMITED = /^\/(health|metrics)/;

/** Answers 429 to an address that asks more often than `perMinuteMax` a minute, in this process. */
export function limitRate(fastify: FastifyInstance, clock: Clock, perMinuteMax: number): void {
  const counts = new Map<string, { since: number; count: number }>();
  fastify.addHook('onRequest', async (request) => {
    if (NEVER_LIMITED.test(request.url)) return;
    const now = clock.now();
    const address = networkOf(request.ip);
    let entry = counts.get(address);
    if (!entry || now - entry.since >= WINDOW_MS) {
      counts.delete(address);
      entry = { since: now, count: 0 };
      counts.set(address, entry);
      const oldest = counts.keys().next();
      if (counts.size > ADDRESSES_MAX && !oldest.done) counts.delete(oldest.value);
    }
    if (++entry.count <= perMinuteMax) return;
    const seconds = Math.max(1, Math.ceil((entry.since + WINDOW_MS - now) / 1000));
    throw new ApiError(
      429,
      { code: 'too-many-requests', message: 'Too many requests.', remedy: `Wait ${seconds} seconds.` },
      seconds,
    );
  });
}
