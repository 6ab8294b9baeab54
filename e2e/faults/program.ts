import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom, type Random } from '../../libs/kernel/src/index.js';
import type { FaultTerminal } from './fault-terminal.js';
import { acknowledgedAfter, HURRIED, provision, recovered, startLoad, waitForQuiet } from './load.js';
import { Moments, type MomentCounts } from './moments.js';
import { MoneyLoad } from './money-load.js';
import { judge, type Verdict } from './verdict.js';
import { VictimSystem, type Victim } from './victims.js';

export interface FaultOptions {
  /** Decides who is killed when, and what the terminals record. */
  readonly seed: number;
  readonly kills: number;
  readonly terminals: number;
  /** Messages a second, of all terminals together. */
  readonly messagesPerSecond: number;
  /** Jobs in Redis, which is killed too. */
  readonly redis: boolean;
  readonly say: (line: string) => void;
}

export interface FaultReport extends Verdict {
  readonly made: number;
  readonly acknowledged: number;
  readonly kills: readonly { readonly victim: Victim; readonly recoverySeconds: number | null }[];
  readonly resendsAsked: number;
  readonly quietSeconds: number;
  /** Kills that cut off an import, a reconciliation of a day, a deposit in its middle. */
  readonly midWork: MomentCounts;
}

/**
 * Runs the whole system under load from real MQTT clients, kills its processes at random moments, waits until the
 * terminals have nothing left to send, and holds the system against what they know.
 */
export async function runFaults(options: FaultOptions): Promise<FaultReport> {
  const { say } = options;
  const random = seededRandom(options.seed);
  say(`seed ${options.seed}: ${options.kills} kills under the load of ${options.terminals} terminals`);
  const system = await VictimSystem.start({
    redis: options.redis,
    env: HURRIED,
  });
  const terminals: FaultTerminal[] = [];
  try {
    terminals.push(...(await provision(system, options.terminals, random)));
    for (const terminal of terminals) terminal.start();
    const load = startLoad(terminals, options.messagesPerSecond, random.fork('load'));
    await acknowledgedAfter(terminals, Date.now());
    const deviceIds = terminals.map(({ deviceId }) => deviceId);
    const money = await MoneyLoad.start(system, { deviceIds, fileRows: 3_000 }, random.fork('money'));
    const { kills, midWork } = await killAll(system, terminals, options, random.fork('kills'));
    load.stop();
    const quietSeconds = await waitForQuiet(terminals);
    await money.quiet();
    say(`${money.story}; kills in the middle of: ${JSON.stringify(midWork)}`);
    say(`quiet after ${quietSeconds.toFixed(1)} s`);
    const verdict = await judge(system, terminals);
    return {
      ...verdict,
      faults: [...verdict.faults, ...(await money.judge())],
      kills,
      midWork,
      quietSeconds,
      made: sum(terminals, ({ made }) => made.size),
      acknowledged: sum(terminals, ({ acknowledged }) => acknowledged.size),
      resendsAsked: sum(terminals, ({ resendsAsked }) => resendsAsked),
    };
  } catch (error) {
    say(`what the system printed:\n${system.output}`);
    throw error;
  } finally {
    for (const terminal of terminals) terminal.stop();
    await system.stop();
  }
}

async function killAll(
  system: VictimSystem,
  terminals: readonly FaultTerminal[],
  options: FaultOptions,
  random: Random,
) {
  const moments = new Moments(system);
  const kills: { victim: Victim; recoverySeconds: number | null }[] = [];
  // In turn, shuffled: each is killed as often as the others, whatever the seed.
  const order: Victim[] = [];
  while (order.length < options.kills) order.push(...shuffled(system.victims, random));
  for (const victim of order.slice(0, options.kills)) {
    await sleep(random.integer(100, 2_000));
    if (!(await moments.kill(victim))) continue;
    const killedAt = Date.now();
    // Now and then the next one dies while the last is still getting up.
    if (random.chance(0.25)) {
      kills.push({ victim, recoverySeconds: null });
      options.say(`killed ${victim}, and go on`);
      continue;
    }
    await recovered(system, terminals);
    const recoverySeconds = (Date.now() - killedAt) / 1000;
    await moments.settle();
    kills.push({ victim, recoverySeconds });
    options.say(`killed ${victim}, all well again after ${recoverySeconds.toFixed(1)} s`);
  }
  await recovered(system, terminals);
  await moments.settle();
  return { kills, midWork: moments.counts };
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const order = [...items];
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.integer(0, i);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
