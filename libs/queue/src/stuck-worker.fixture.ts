import { defineJob, openQueues } from './index.js';

/**
 * A worker process for queues.medium.spec.ts, to be killed: it takes one job, says so, and never ends it.
 * Arguments: the store's address and the job's name.
 */
const [url, name] = process.argv.slice(2) as [string, string];
const queues = await openQueues({
  ...(url.startsWith('redis') ? { redisUrl: url, postgresUrl: '' } : { postgresUrl: url }),
  lockMs: 1_000,
  onError: (error) => process.stderr.write(`${error.message}\n`),
});
queues.work(defineJob<number>({ name }), async () => {
  process.send?.('taken');
  await new Promise(() => undefined);
});
