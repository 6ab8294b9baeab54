import { Counter, Gauge, Histogram, type Registry } from '@app/platform';
import type { Receipt } from '@app/protocol';

const PREFIX = 'eparking_gateway_';

/** What the gateway tells of itself (docs/GATEWAY.md says what to watch). */
export class GatewayMetrics {
  readonly ackDelay: Histogram;
  readonly batchMessages: Histogram;
  readonly commitSeconds: Histogram;
  readonly closed: Counter<'reason'>;
  readonly messages: Counter<'channel'>;
  readonly records: Counter<'outcome'>;
  readonly quarantined: Counter<'code'>;
  readonly malformed: Counter<'channel'>;
  readonly faults: Counter;
  readonly strangers: Counter;
  readonly orders: Counter<'outcome'>;

  constructor(private readonly registry: Registry) {
    const registers = [registry];
    this.ackDelay = new Histogram({
      name: `${PREFIX}ack_delay_seconds`,
      help: 'From a publish of QoS 1 or 2 to its acknowledgement.',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    });
    this.batchMessages = new Histogram({
      name: `${PREFIX}batch_messages`,
      help: 'Journal messages of one commit.',
      buckets: [1, 2, 5, 10, 25, 50, 100, 250, 500],
      registers,
    });
    this.commitSeconds = new Histogram({
      name: `${PREFIX}commit_seconds`,
      help: 'Duration of one commit of journal messages.',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    });
    const counter = <L extends string>(name: string, help: string, ...labelNames: L[]): Counter<L> =>
      new Counter({ name: PREFIX + name, help, labelNames, registers });
    this.closed = counter('closed_connections_total', 'Connections refused or closed, by reason.', 'reason');
    this.messages = counter('messages_total', 'Messages taken, by channel.', 'channel');
    this.records = counter('records_total', 'Journal records by what became of them.', 'outcome');
    this.quarantined = counter('quarantined_total', 'Quarantined records and messages by code.', 'code');
    this.malformed = counter('malformed_messages_total', 'Messages beside the journal that were dropped.', 'channel');
    this.orders = counter('qris_orders_total', 'Requests for QRIS codes by what became of them.', 'outcome');
    this.strangers = counter('strangers_total', 'Messages of the broker of others that nobody registered sent.');
    this.faults = counter('faults_total', 'Faults of the gateway that no client waits for.');
  }

  /** A figure that is read when somebody asks. */
  gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name: PREFIX + name,
      help,
      registers: [this.registry],
      collect() {
        this.set(read());
      },
    });
  }

  receipts(receipts: readonly Receipt[]): void {
    let accepted = 0;
    for (const { results } of receipts)
      for (const { outcome, code } of results) {
        if (outcome === 'accepted') accepted++;
        else this.records.inc({ outcome });
        if (code) this.quarantined.inc({ code });
      }
    // Nearly all are, and to count one takes as long as to look at a dozen.
    if (accepted > 0) this.records.inc({ outcome: 'accepted' }, accepted);
  }
}
