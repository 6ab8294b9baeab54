import { systemClock } from '@app/kernel';
import { loadConfig, readCommandLine, requireDatabaseUrl } from '@app/platform';
import { openQueues } from '@app/queue';
import { jobTypes } from '../job-types.js';

/**
 * `npm run jobs`: how many jobs of each kind wait, run, pause or are dead. `npm run jobs -- dead NAME` lists dead ones
 * with their reasons, `npm run jobs -- retry NAME [ID]` gives one, or all of that kind, their attempts again.
 */
const usage = `npm run jobs -- [dead NAME | retry NAME [ID]], NAME one of: ${jobTypes.map((each) => each.name).join(', ')}`;
const { positionals } = readCommandLine({ usage, allowPositionals: true });
const [action = 'depth', name, id] = positionals;
const config = loadConfig();
const queues = await openQueues({
  postgresUrl: requireDatabaseUrl(config),
  redisUrl: config.redisUrl,
  poolSizeMax: 2,
  onError: (error) => console.error(error.message),
});
try {
  const type = jobTypes.find((candidate) => candidate.name === name);
  if (action === 'depth')
    for (const each of jobTypes) console.log(each.name.padEnd(20), JSON.stringify(await queues.depth(each)));
  else if (!type || !['dead', 'retry'].includes(action)) {
    console.error(usage);
    process.exitCode = 2;
  } else {
    const dead = (await queues.dead(type, 1_000)).filter((job) => id === undefined || job.id === id);
    for (const job of dead) {
      if (action === 'retry') await queues.retry(type, job.id);
      const failedAt = new Date(job.failedAtMs ?? systemClock.now()).toISOString();
      console.log(
        `${action === 'retry' ? 'retried ' : ''}${job.id} ${failedAt} after ${job.attempts} runs: ${job.reason}`,
      );
    }
    console.log(`${dead.length} jobs`);
  }
} finally {
  await queues.close(0);
}
