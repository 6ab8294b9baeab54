import type { Database } from '@app/persistence';
import type { Config, Logger, Registry } from '@app/platform';
import type { IngestPort } from './ingest-port.js';
import type { GatewayLimits } from './limits.js';
import type { GatewayMetrics } from './metrics.js';
import type { QrisPort } from './qris-port.js';

/** What the gateway is made of and does not make itself: main hands it in, or a test. */
export class GatewaySetup {
  constructor(
    readonly parts: {
      readonly config: Config;
      readonly databaseUrl: string;
      /** For everything but the journal, which has its own behind `ingest`. */
      readonly database: Database;
      readonly ingest: IngestPort;
      /** Answers officers' requests to take quarantined bytes again. */
      readonly reprocess: (now: number) => Promise<void>;
      readonly qris: QrisPort;
      readonly log: Logger;
      readonly registry: Registry;
      readonly metrics: GatewayMetrics;
      readonly limits: GatewayLimits;
      /** A UUID: which gateway this is, for as long as it runs. */
      readonly gatewayId: string;
      /** Milliseconds since 1970. */
      readonly now: () => number;
      /** Milliseconds of a clock that does not run backwards. */
      readonly monotonicMs: () => number;
    },
  ) {}

  /** Notes a fault that no client waits for: it is told, counted, and what failed is tried again by who does it. */
  failing(doing: string): (error: unknown) => void {
    const { log, metrics } = this.parts;
    return (error) => {
      metrics.faults.inc();
      log.warn({ err: error }, `failed: ${doing}`);
    };
  }
}
