import { answerReprocessRequests, JournalWriter, type Database } from '@app/persistence';
import type { Config } from '@app/platform';
import type { Sealer } from '@app/registry';
import type { IngestPort } from './ingest-port.js';
import { IngestLanes, type BatchWriter } from './ingest/ingest-lanes.js';
import { tracedIngest } from './ingest/traced-ingest.js';
import type { GatewayMetrics } from './metrics.js';

/** The way of the journal into the database: gathered in lanes, written in batches, measured, and traced where that is asked for. */
export function journalIngest(database: Database, sealer: Sealer, config: Config, metrics: GatewayMetrics): IngestPort {
  const writer = new JournalWriter(database, sealer, config);
  const measured: BatchWriter = {
    write: async (messages) => {
      metrics.batchMessages.observe(messages.length);
      const stop = metrics.commitSeconds.startTimer();
      try {
        return await writer.write(messages);
      } finally {
        stop();
      }
    },
  };
  const lanesOver = (batches: BatchWriter): IngestPort => new IngestLanes(batches);
  return config.otlpEndpoint === undefined ? lanesOver(measured) : tracedIngest(lanesOver, measured);
}

/** Takes quarantined bytes again when an officer asks for it. */
export function journalReprocessing(
  database: Database,
  sealer: Sealer,
  config: Config,
): (now: number) => Promise<void> {
  const writer = new JournalWriter(database, sealer, config);
  return (now) => answerReprocessRequests(database, writer, now);
}
