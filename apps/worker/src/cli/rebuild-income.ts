import { addDays, businessDateOf, isBusinessDate, systemClock } from '@app/kernel';
import {
  foldRoad,
  incomeDifferences,
  journalFaults,
  mendRoad,
  openDatabase,
  rebuildIncome,
  roadDifferences,
} from '@app/persistence';
import { loadConfig, readCommandLine, requireDatabaseUrl } from '@app/platform';

/**
 * `npm run rebuild-income -- [--from YYYY-MM-DD] [--to YYYY-MM-DD] [--check]`
 *
 * Makes the income roll-ups of these business days what the journal says (all days when none are given); with --check
 * only tells where they differ. Safe while the system runs. Exit code 1 when something differed and was only checked,
 * or when the journal's own books contradict its records.
 */
const SHOWN_MAX = 50;
const { values } = readCommandLine({
  usage: 'npm run rebuild-income -- [--from YYYY-MM-DD] [--to YYYY-MM-DD] [--check]',
  options: { from: { type: 'string' }, to: { type: 'string' }, check: { type: 'boolean', default: false } },
});
const from = values.from ?? '2020-01-01';
const to = values.to ?? addDays(businessDateOf(systemClock.now()), 400);
for (const [name, date] of Object.entries({ from, to }))
  if (!isBusinessDate(date)) {
    console.error(`--${name} must be a day written YYYY-MM-DD, not ${date}`);
    process.exit(2);
  }

const url = requireDatabaseUrl(loadConfig());
const database = openDatabase({ url, applicationName: 'eparking-rebuild-income' });
try {
  const faults = await journalFaults(database, SHOWN_MAX);
  for (const fault of faults) console.log(JSON.stringify(fault));
  if (values.check) {
    const differences = [
      ...(await incomeDifferences(database, { from, to }, SHOWN_MAX)),
      ...(await roadDifferences(database, { from, to }, SHOWN_MAX)),
    ];
    for (const difference of differences) console.log(JSON.stringify(difference));
    console.log(differences.length === 0 ? 'Income equals the journal.' : 'Income differs from the journal.');
    process.exitCode = differences.length + faults.length === 0 ? 0 : 1;
  } else {
    const rebuilt = await rebuildIncome(database, { from, to });
    for (const { businessDate, pointId } of rebuilt) console.log(`rebuilt point ${pointId} on ${businessDate}`);
    const mended = await mendRoad(database, { from, to });
    for (const { businessDate, pointId } of mended) console.log(`sums of point ${pointId} on ${businessDate} mended`);
    await foldRoad(database);
    console.log(`${rebuilt.length + mended.length} points and days rebuilt, the rest was right.`);
    process.exitCode = faults.length === 0 ? 0 : 1;
  }
} finally {
  await database.close();
}
