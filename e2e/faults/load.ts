import type { Random } from '../../libs/kernel/src/index.js';
import { eventually } from '../../libs/testing/src/index.js';
import { Admin } from '../support/admin.js';
import { FaultTerminal, type TerminalPlace } from './fault-terminal.js';
import { pointOf, type JudgedSystem } from './verdict.js';

/** Settings of a system under faults: its jobs run often enough for a test, and ask for a gap at once. */
export const HURRIED = {
  EPARKING_GAP_ASK_AFTER: '2s',
  EPARKING_GAP_FINDING_AFTER: '1h',
  EPARKING_JOB_LOCK: '5s',
  EPARKING_RELAY_PAUSE: '1s',
  EPARKING_BOOKS_PAUSE: '1s',
  EPARKING_RECONCILE_PAUSE: '1s',
};

/** A system that terminals work on. */
export interface LoadedSystem extends JudgedSystem, TerminalPlace {
  /** Whether every process says that it does its work. */
  isReady(): Promise<boolean>;
}

const TICK_MS = 20;
const RECOVERY_MS_MAX = 240_000;
const QUIET_MS_MAX = 300_000;

/** Makes points and devices over REST, and the terminals that play them. */
export async function provision(system: LoadedSystem, count: number, random: Random): Promise<FaultTerminal[]> {
  const admin = await Admin.signIn(system);
  const terminals: FaultTerminal[] = [];
  for (let i = 1; i <= count; i++) {
    const deviceId = `hh-${String(i).padStart(4, '0')}`;
    await admin.point(pointOf(deviceId));
    const device = await admin.device(deviceId, pointOf(deviceId));
    terminals.push(new FaultTerminal(device, random.fork(deviceId), system));
  }
  return terminals;
}

/** Lets terminals record by themselves, `messagesPerSecond` of all together, until `stop`. */
export function startLoad(terminals: readonly FaultTerminal[], messagesPerSecond: number, random: Random) {
  const startedAt = Date.now();
  let sent = 0;
  const timer = setInterval(() => {
    for (const due = ((Date.now() - startedAt) * messagesPerSecond) / 1000; sent < due; sent++)
      random.pick(terminals).work(random.chance(0.2) ? random.integer(2, 20) : 1);
  }, TICK_MS);
  return {
    stop: () => {
      clearInterval(timer);
      for (const terminal of terminals) terminal.conclude();
    },
  };
}

/** Every process says that it works, and from then on the records of every terminal are acknowledged. */
export async function recovered(system: LoadedSystem, terminals: readonly FaultTerminal[]): Promise<void> {
  await eventually(
    async () => {
      if (!(await system.isReady())) throw new Error('not all processes are ready');
    },
    { withinMs: RECOVERY_MS_MAX, everyMs: 50 },
  );
  await acknowledgedAfter(terminals, Date.now());
}

/** Every terminal has been heard again since then. */
export async function acknowledgedAfter(terminals: readonly FaultTerminal[], sinceMs: number): Promise<void> {
  await eventually(
    () => {
      const deaf = terminals.filter(({ heardAt }) => heardAt <= sinceMs);
      if (deaf.length > 0) throw new Error(`no PUBACK since then: ${deaf.map(({ pending }) => pending).join('; ')}`);
    },
    { withinMs: RECOVERY_MS_MAX, everyMs: 20 },
  );
}

/** Waits until no terminal has anything left to send. @returns after how many seconds */
export async function waitForQuiet(terminals: readonly FaultTerminal[]): Promise<number> {
  const startedAt = Date.now();
  await eventually(
    () => {
      const busy = terminals.filter(({ isQuiet }) => !isQuiet);
      if (busy.length > 0) throw new Error(`not quiet: ${busy.map(({ pending }) => pending).join('; ')}`);
    },
    { withinMs: QUIET_MS_MAX, everyMs: 50 },
  );
  return (Date.now() - startedAt) / 1000;
}
