import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../../libs/testing/src/index.js';
import type { Fleet } from './fleet.js';
import { SERVICES, type Fault, type Victim } from './plan.js';
import { signalAll, tellRedis, withChildren } from './signals.js';

const SLOW_COMMIT_MICROSECONDS = 100_000;

/** Lets it happen. @returns when it was over (a kill: when it happened), ms */
export async function suffer(fleet: Fleet, fault: Fault): Promise<number> {
  const { server, proxy } = fleet;
  const during = async (begin: () => unknown, end: () => unknown): Promise<number> => {
    await begin();
    await sleep('forMs' in fault ? fault.forMs : 0);
    await end();
    return Date.now();
  };
  switch (fault.kind) {
    case 'kill':
      return kill(fleet, fault.victim);
    case 'pause':
      return pause(fleet, fault.victim, fault.forMs, during);
    case 'link':
      return during(
        () => proxy.set(fault.link, fault.mode),
        () => proxy.set(fault.link, { kind: 'pass' }),
      );
    case 'deploy':
      return deploy(fleet);
    case 'migrate':
      return migrate(fleet);
    case 'disk-full':
      if (!server.hasOwnDisk) return Date.now();
      return during(
        () => server.fillDisk(),
        () => server.makeRoom(),
      );
    case 'slow-disk':
      return during(
        () => server.delayCommits(SLOW_COMMIT_MICROSECONDS),
        () => server.delayCommits(0),
      );
    case 'gateway-clock':
      return during(
        () => fleet.skew(fault.gateway, fault.byMs),
        () => fleet.skew(fault.gateway, 0),
      );
    case 'terminal-clocks':
      return during(
        () => void (fleet.terminalSkewMs = fault.byMs),
        () => void (fleet.terminalSkewMs = 0),
      );
  }
}

async function kill({ server, redis, again }: Fleet, victim: Victim): Promise<number> {
  const at = Date.now();
  if (victim === 'postgres') process.kill(server.pid, 'SIGKILL');
  else if (victim === 'redis') {
    await redis.crash();
    await sleep(500);
    await redis.restart();
  } else await again(victim, 'SIGKILL');
  return at;
}

type During = (begin: () => unknown, end: () => unknown) => Promise<number>;

async function pause(fleet: Fleet, victim: Victim, forMs: number, during: During): Promise<number> {
  if (victim === 'redis')
    return during(
      () => tellRedis(fleet.redis.url, `CLIENT PAUSE ${forMs} ALL`),
      () => undefined,
    );
  const pids = victim === 'postgres' ? withChildren(fleet.server.pid) : [fleet.pidOf(victim)];
  return during(
    () => signalAll(pids, 'SIGSTOP'),
    () => signalAll(pids, 'SIGCONT'),
  );
}

/** The setup of the version to go to, while the other one works; then each process by itself. */
async function deploy(fleet: Fleet): Promise<number> {
  fleet.goToThisVersion();
  await fleet.setUp();
  for (const id of SERVICES) await fleet.again(id, 'SIGTERM');
  return Date.now();
}

/** What migrations do: the setup with its rights anew, a column more in a table that is written all the time, an index. */
async function migrate({ setUp, server }: Fleet): Promise<number> {
  await setUp();
  await eventually(
    () =>
      server.sql(
        "SET lock_timeout = '2s'",
        'ALTER TABLE journal_records ADD COLUMN IF NOT EXISTS added_under_load text',
      ),
    { withinMs: 60_000, everyMs: 200 },
  );
  await server.sql(
    'DROP INDEX IF EXISTS made_under_load',
    'CREATE INDEX CONCURRENTLY made_under_load ON income_days (attendant)',
  );
  return Date.now();
}
