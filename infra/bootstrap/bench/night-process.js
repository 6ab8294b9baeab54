import { createInterface } from 'node:readline';
import { peakMiB, spentOn } from './cpu.js';
import { assess, decidePayouts, persistenceOf, reconcile } from './night.js';

/**
 * A process that does a night's work and nothing else, so that its CPU and memory are that work's. Each line on its
 * standard input is a {@link Step}; what it took comes out as one line of JSON ({@link Cost}).
 *
 * @typedef {{what: 'payouts', dates: string[]} | {what: 'reconcile', dates: string[]} | {what: 'assess', nights: number}} Step
 *
 * @typedef {object} Cost
 * @property {number} seconds
 * @property {number} node CPU seconds of this process
 * @property {number} postgres CPU seconds of PostgreSQL meanwhile
 * @property {number} peakMiB of this process since it began
 */

const [url = '', postgresPid = ''] = process.argv.slice(2);
const { openDatabase } = await persistenceOf();
const database = openDatabase({ url, poolSizeMax: 2 });

console.log('ready');
for await (const line of createInterface({ input: process.stdin })) {
  /** @type {Step} */
  const step = JSON.parse(line);
  // Payouts ask that days around theirs be looked at again, which is not what is measured here.
  await database.query('DELETE FROM book_work');
  const spent = await spentOn(Number(postgresPid), async () => {
    if (step.what === 'payouts') await decidePayouts(database, step.dates);
    else if (step.what === 'reconcile') await reconcile(database, step.dates);
    else if ((await assess(database, step.nights)) !== step.nights) throw new Error('There are fewer days to assess');
  });
  /** @type {Cost} */
  const cost = { ...spent, peakMiB: peakMiB() };
  console.log(JSON.stringify(cost));
}
await database.close();
