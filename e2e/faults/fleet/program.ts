import { setTimeout as sleep } from 'node:timers/promises';
import { businessDateOf, seededRandom, type Random } from '../../../libs/kernel/src/index.js';
import { openDatabase, proveDatabase } from '../../../libs/persistence/src/index.js';
import { eventually } from '../../../libs/testing/src/index.js';
import type { FaultTerminal } from '../fault-terminal.js';
import { acknowledgedAfter, HURRIED, provision, recovered, startLoad, waitForQuiet } from '../load.js';
import { MoneyLoad } from '../money-load.js';
import { judge, type Verdict } from '../verdict.js';
import { Fleet } from './fleet.js';
import { tell, type Fault } from './plan.js';
import { suffer } from './suffer.js';

export interface FleetRunOptions {
  /** What the terminals record, and the pauses between faults. */
  readonly seed: number;
  readonly faults: readonly Fault[];
  readonly terminals: number;
  /** Messages a second, of all terminals together. */
  readonly messagesPerSecond: number;
  /** A built checkout of an earlier version to begin with. */
  readonly from?: string | undefined;
  readonly say: (line: string) => void;
}

export interface FleetReport extends Verdict {
  readonly made: number;
  readonly acknowledged: number;
  readonly resendsAsked: number;
  /** Commands that were written for terminals; those that ran out unanswered, and those that were lost. */
  readonly commands: number;
  readonly commandsExpired: number;
  readonly commandsLost: number;
  /** From the end of a fault to the moment when every process was ready and every terminal heard again. */
  readonly recoverySeconds: readonly { readonly fault: string; readonly seconds: number }[];
  /** Processes that ended though nobody ended them. */
  readonly selfEnded: readonly string[];
}

/** A small disk holds them all. */
const FILE_ROWS = 500;
const BOOKS_MS_MAX = 120_000;
const COMMANDS_MS_MAX = 60_000;

/**
 * Runs two gateways, two workers and the API under load, lets everything of the plan go wrong, waits until the terminals
 * have nothing left to send, lets them send everything once more, and holds the system against what they know.
 */
export async function runFleet(options: FleetRunOptions): Promise<FleetReport> {
  const { say } = options;
  const random = seededRandom(options.seed);
  const fleet = await Fleet.start({ env: HURRIED, from: options.from });
  const terminals: FaultTerminal[] = [];
  try {
    if (!fleet.server.hasOwnDisk) say('no disk of its own could be mounted: disk-full is left out');
    terminals.push(...(await provision(fleet, options.terminals, random)));
    for (const terminal of terminals) terminal.start();
    const load = startLoad(terminals, options.messagesPerSecond, random.fork('load'));
    await acknowledgedAfter(terminals, Date.now());
    const deviceIds = terminals.map(({ deviceId }) => deviceId);
    const money = await MoneyLoad.start(fleet, { deviceIds, fileRows: FILE_ROWS }, random.fork('money'));
    const recoverySeconds = await sufferAll(fleet, terminals, options, random.fork('pauses'));
    load.stop();
    say(`quiet after ${(await waitForQuiet(terminals)).toFixed(1)} s`);
    await money.quiet();
    say(money.story);
    const faults = await replayed(fleet, terminals);
    const verdict = await judge(fleet, terminals);
    faults.push(...verdict.faults, ...(await money.judge()), ...(await judgeDays(fleet)));
    const commands = await judgeCommands(fleet, terminals);
    const sum = (of: (terminal: FaultTerminal) => number) => terminals.reduce((total, one) => total + of(one), 0);
    return {
      ...verdict,
      faults,
      made: sum(({ made }) => made.size),
      acknowledged: sum(({ acknowledged }) => acknowledged.size),
      resendsAsked: sum(({ resendsAsked }) => resendsAsked),
      ...commands,
      recoverySeconds,
      selfEnded: fleet.selfEnded,
    };
  } catch (error) {
    say(fleet.output);
    say(`gaps: ${JSON.stringify(await fleet.server.sql('SELECT * FROM journal_gaps LIMIT 20').catch(String))}`);
    throw error;
  } finally {
    for (const terminal of terminals) terminal.stop();
    await fleet.stop();
  }
}

async function sufferAll(fleet: Fleet, terminals: readonly FaultTerminal[], options: FleetRunOptions, random: Random) {
  const recoveries: { fault: string; seconds: number }[] = [];
  for (const [i, fault] of options.faults.entries()) {
    await sleep(random.integer(100, 1_500));
    const overAt = await suffer(fleet, fault);
    // Now and then the next comes while the last is still felt.
    if (random.chance(0.2) && i < options.faults.length - 1) {
      options.say(`${tell(fault)}, and go on`);
      continue;
    }
    await recovered(fleet, terminals);
    const seconds = (Date.now() - overAt) / 1000;
    recoveries.push({ fault: tell(fault), seconds });
    options.say(`${tell(fault)}: all well again ${seconds.toFixed(1)} s after it`);
  }
  return recoveries;
}

/** What must not change when everything is sent once more: rows, and what they add up to. */
const STATE = `SELECT (SELECT count(*) FROM journal_records) AS records, (SELECT count(*) FROM voids) AS voids,
  (SELECT count(*) FROM journal_flags) AS flags, (SELECT count(*) FROM journal_conflicts) AS conflicts,
  (SELECT count(*) FROM quarantine) AS quarantined, (SELECT count(*) FROM journal_gaps) AS gaps,
  (SELECT md5(string_agg(i::text, ',' ORDER BY i::text)) FROM income_hours i) AS hours,
  (SELECT md5(string_agg(i::text, ',' ORDER BY i::text)) FROM income_days i) AS days`;

/** Every terminal sends all it ever made once more. @returns what changed by it */
async function replayed(fleet: Fleet, terminals: readonly FaultTerminal[]): Promise<string[]> {
  const [before] = await fleet.server.sql(STATE);
  for (const terminal of terminals) terminal.replay();
  await waitForQuiet(terminals);
  const [after] = await fleet.server.sql(STATE);
  return Object.entries(before!)
    .filter(([name, value]) => value !== after![name])
    .map(([name, value]) => `sending all again changed ${name} from ${value} to ${after![name]}`);
}

/** The days are posted by themselves, and the books equal what lies under them. */
async function judgeDays(fleet: Fleet): Promise<string[]> {
  const work = `SELECT (SELECT count(*) FROM outbox WHERE topic = 'day-changed') +
    (SELECT count(*) FROM book_work WHERE kind = 'post-day') AS waiting`;
  await eventually(
    async () => {
      const [row] = await fleet.server.sql<{ waiting: string }>(work);
      if (row!.waiting !== '0') throw new Error(`${row!.waiting} days wait to be posted`);
    },
    { withinMs: BOOKS_MS_MAX, everyMs: 500 },
  );
  const database = openDatabase({ url: fleet.databaseUrl, poolSizeMax: 2 });
  try {
    const { totals, faults } = await proveDatabase(database, businessDateOf(Date.now()));
    if (!totals['ledger entries']) return [...faults, 'no day was posted to the books'];
    return [...faults];
  } finally {
    await database.close();
  }
}

/**
 * Each command came to its terminal and was answered, whichever gateway held it. One that ran out while its terminal was
 * away is written anew by the worker: that nothing is missing in the end is seen in the sequences.
 */
async function judgeCommands(fleet: Fleet, terminals: readonly FaultTerminal[]) {
  const open = 'SELECT id FROM device_commands WHERE answered_at IS NULL AND expires_at > now()';
  const waiting = async (): Promise<number> => (await fleet.server.sql(open)).length;
  await eventually(
    async () => {
      if ((await waiting()) > 0) throw new Error('commands wait');
    },
    { withinMs: COMMANDS_MS_MAX, everyMs: 500 },
  ).catch(() => undefined);
  const rows = await fleet.server.sql<{ id: string; answered: boolean }>(
    'SELECT id, answered_at IS NOT NULL AS answered FROM device_commands',
  );
  const heard = new Set(terminals.flatMap(({ commands }) => [...commands.keys()]));
  const unheard = rows.filter(({ id, answered }) => answered && !heard.has(id)).length;
  const commandsExpired = rows.filter(({ answered }) => !answered).length;
  return { commands: rows.length, commandsExpired, commandsLost: unheard + (await waiting()) };
}
