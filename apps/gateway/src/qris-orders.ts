import { randomBytes, randomInt } from 'node:crypto';
import type { Database } from '@app/persistence';
import type { Config, Logger } from '@app/platform';
import type { Sealer } from '@app/registry';
import type { GatewayLimits } from './limits.js';
import type { GatewayMetrics } from './metrics.js';
import { OrderDesk } from './orders/order-desk.js';

/** The way of a request for a code to an order, with real clocks, chance and network. */
export function qrisOrders(parts: {
  database: Database;
  sealer: Sealer;
  config: Config;
  limits: GatewayLimits;
  metrics: GatewayMetrics;
  log: Logger;
  now: () => number;
}): OrderDesk {
  const { database, sealer, config, limits, metrics, log, now } = parts;
  return new OrderDesk({
    database,
    sealer,
    now,
    validMs: config.qrisValidMs,
    providerMsMax: config.qrisProviderMsMax,
    limits: limits.orders,
    sender: { fetch, now, externalId: () => `${now()}${randomInt(1e12, 1e13 - 1)}` },
    newOrderId: () => newOrderId(now()),
    onOutcome: (outcome) => metrics.orders.inc({ outcome }),
    onFailure: (error) => {
      metrics.faults.inc();
      log.warn({ err: error }, 'failed: making a QRIS order');
    },
  });
}

/** 22 characters, for EMVCo gives a reference 25: the time, so that ids sort, and 66 bits nobody can guess. */
export function newOrderId(nowMs: number): string {
  const chance = BigInt(`0x${randomBytes(9).toString('hex')}`)
    .toString(36)
    .toUpperCase()
    .padStart(13, '0');
  return `Q${nowMs.toString(36).toUpperCase().padStart(8, '0')}${chance.slice(-13)}`;
}
