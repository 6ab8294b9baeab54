import { systemClock } from '@app/kernel';
import { ReadReplica, type Database } from '@app/persistence';
import { Gauge, type Config, type Logger, type Registry } from '@app/platform';

/** The replica for reports, where one is configured; says in a figure how far it is behind, and in the log when it is left. */
export function readingOf(config: Config, primary: Database, log: Logger, metrics: Registry): ReadReplica | undefined {
  if (config.readDatabaseUrl === undefined) return undefined;
  let told = '';
  const replica = new ReadReplica(primary, {
    url: config.readDatabaseUrl,
    oneCoreEach: true,
    lagMsMax: config.readLagMsMax,
    applicationName: 'eparking-admin-api-reports',
    clock: systemClock,
    onFault: (error) => {
      if (error.message !== told) log.warn({ err: error }, 'the replica for reports cannot be read: the primary is');
      told = error.message;
    },
  });
  new Gauge({
    name: 'eparking_read_replica_lag_seconds',
    help: 'How far the replica for reports lies behind; -1 while nobody knows and the primary is read.',
    registers: [metrics],
    collect() {
      const { lagMs } = replica.state;
      this.set(lagMs === null ? -1 : lagMs / 1000);
    },
  });
  return replica;
}
