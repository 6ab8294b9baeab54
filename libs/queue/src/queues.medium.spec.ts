import { setTimeout as sleep } from 'node:timers/promises';
import {
  createTestDatabase,
  eventually,
  restartTestPostgres,
  spawnTypeScript,
  startRedis,
  startTestPostgres,
  type TestRedis,
} from '@app/testing';
import { defineJob, openQueues, PermanentJobError, type JobRun, type Queues, type QueuesOptions } from './index.js';

/** One store of each kind, each of its own; both must pass the same suite. */
interface Store {
  readonly options: Pick<QueuesOptions, 'postgresUrl' | 'redisUrl'>;
  /** Ends the server as a crash would, and starts it again on the same data and port. */
  crash(pauseMs: number): Promise<void>;
  stop(): Promise<void>;
}

async function postgresStore(): Promise<Store> {
  let server = await startTestPostgres({ durable: true });
  return {
    options: { postgresUrl: server.url },
    crash: async (pauseMs) => {
      process.kill(server.pid, 'SIGKILL');
      await server.exited;
      await sleep(pauseMs);
      server = await restartTestPostgres(server);
    },
    stop: () => server.stop(),
  };
}

async function redisStore(): Promise<Store> {
  const redis: TestRedis = await startRedis();
  return {
    options: { postgresUrl: 'postgres://127.0.0.1:1/unused', redisUrl: redis.url },
    crash: async (pauseMs) => {
      await redis.crash();
      await sleep(pauseMs);
      await redis.restart();
    },
    stop: () => redis.stop(),
  };
}

describe.each([
  ['PostgreSQL', postgresStore],
  ['Redis', redisStore],
])('queues on %s', (_name, startStore) => {
  let store: Store;
  const open: Queues[] = [];
  let errors: Error[] = [];
  let count = 0;

  async function openOne(options: Partial<QueuesOptions> = {}): Promise<Queues> {
    const queues = await openQueues({
      ...store.options,
      lockMs: 1_000,
      onError: (error) => void errors.push(error),
      ...options,
    });
    open.push(queues);
    return queues;
  }
  /** Each test has a queue of its own. */
  const job = (settings: Partial<Parameters<typeof defineJob<number>>[0]> = {}) =>
    defineJob<number>({ name: `job-${++count}`, backoffMs: 20, ...settings });

  beforeAll(async () => {
    store = await startStore();
  }, 60_000);
  afterEach(async () => {
    await Promise.all(open.splice(0).map((queues) => queues.close(0)));
    errors = [];
  });
  afterAll(() => store.stop());

  it('runs every job once, with its payload, no more at once than the kind allows', async () => {
    const queues = await openOne();
    const type = job({ concurrency: 3 });
    const ran: number[] = [];
    let atOnce = 0;
    let atOnceMax = 0;
    queues.work(type, async (payload) => {
      atOnceMax = Math.max(atOnceMax, ++atOnce);
      await sleep(5);
      atOnce--;
      ran.push(payload);
    });
    await queues.addMany(
      type,
      Array.from({ length: 50 }, (_, payload) => ({ payload })),
    );
    await eventually(() => expect(ran).toHaveLength(50));
    expect([...ran].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(atOnceMax).toBe(3);
  });

  it('shares the jobs among workers: each runs in one of them', async () => {
    const [one, two] = [await openOne(), await openOne()];
    const type = job({ concurrency: 2 });
    const ran: string[] = [];
    for (const [name, queues] of Object.entries({ one, two }))
      queues.work(type, async (payload) => {
        await sleep(20);
        ran.push(`${name} ${payload}`);
      });
    await one.addMany(
      type,
      Array.from({ length: 40 }, (_, payload) => ({ payload })),
    );
    await eventually(() => expect(ran.length).toBeGreaterThanOrEqual(40));
    await sleep(100);
    expect(new Set(ran.map((line) => line.split(' ')[1])).size).toBe(40);
    expect(ran).toHaveLength(40);
    expect(new Set(ran.map((line) => line.split(' ')[0]))).toEqual(new Set(['one', 'two']));
  });

  it('adds a job of a known id once', async () => {
    const queues = await openOne();
    const type = job();
    for (const payload of [1, 2, 3]) await queues.add(type, { payload, id: 'day:12:2026-11-21' });
    expect(await queues.depth(type)).toEqual({ waiting: 1, active: 0, delayed: 0, dead: 0 });
  });

  it('holds a delayed job back until it is due', async () => {
    const queues = await openOne();
    const type = job();
    let ranAt = 0;
    queues.work(type, async () => void (ranAt = Date.now()));
    const addedAt = Date.now();
    await queues.add(type, { payload: 1, delayMs: 400 });
    await eventually(() => expect(ranAt).toBeGreaterThan(0));
    expect(ranAt - addedAt).toBeGreaterThanOrEqual(390);
  });

  it('tries a failing job again, lays it aside after its last attempt, and runs it anew on demand', async () => {
    const dead: string[] = [];
    const queues = await openOne({ onDead: (name, _id, reason) => void dead.push(`${name}: ${reason}`) });
    const type = job({ attemptsMax: 3 });
    const runs: Pick<JobRun, 'attempt' | 'lastAttempt'>[] = [];
    let broken = true;
    queues.work(type, async (_payload, { attempt, lastAttempt }) => {
      runs.push({ attempt, lastAttempt });
      if (broken) throw new Error('the printer is on fire');
    });
    await queues.add(type, { payload: 7 });
    await eventually(async () => expect((await queues.depth(type)).dead).toBe(1));
    expect(runs).toEqual([
      { attempt: 1, lastAttempt: false },
      { attempt: 2, lastAttempt: false },
      { attempt: 3, lastAttempt: true },
    ]);
    // The notice comes after the job is laid aside.
    await eventually(() => expect(dead).toEqual([`${type.name}: the printer is on fire`]));
    const [laidAside] = await queues.dead(type);
    expect(laidAside).toMatchObject({ payload: 7, reason: 'the printer is on fire', attempts: 3 });

    broken = false;
    expect(await queues.retry(type, laidAside!.id)).toBe(true);
    await eventually(async () => expect((await queues.depth(type)).dead).toBe(0));
    await eventually(() => expect(runs[3]).toEqual({ attempt: 1, lastAttempt: false }));
    expect(await queues.retry(type, laidAside!.id)).toBe(false);
  });

  it('lays a job aside at once when another run would not help', async () => {
    const queues = await openOne();
    const type = job({ attemptsMax: 5 });
    let runs = 0;
    queues.work(type, async () => {
      runs++;
      throw new PermanentJobError('there is no such point');
    });
    await queues.add(type, { payload: 1 });
    await eventually(async () => expect((await queues.depth(type)).dead).toBe(1));
    expect(runs).toBe(1);
  });

  it('tells a run that its time is up and counts it as failed', async () => {
    const queues = await openOne();
    const type = job({ attemptsMax: 1, timeoutMs: 50 });
    let told = false;
    queues.work(type, async (_payload, { signal }) => {
      signal.addEventListener('abort', () => (told = true));
      await new Promise(() => undefined);
    });
    await queues.add(type, { payload: 1 });
    await eventually(async () => expect((await queues.dead(type))[0]?.reason).toMatch(/longer than 50 ms/));
    expect(told).toBe(true);
  });

  it('lets a run end when it closes, and gives one that does not end back without counting an attempt', async () => {
    const [first, second] = [await openOne(), await openOne()];
    const type = job({ concurrency: 2, attemptsMax: 1 });
    const ended: string[] = [];
    first.work(type, async (payload) => {
      if (payload === 1) await sleep(150);
      else await new Promise(() => undefined);
      ended.push(`first ${payload}`);
    });
    await first.addMany(type, [{ payload: 1 }, { payload: 2 }]);
    await eventually(async () => expect((await first.depth(type)).active).toBe(2));
    await first.close(400);
    expect(ended).toEqual(['first 1']);
    second.work(type, async (payload, { attempt }) => void ended.push(`second ${payload}, attempt ${attempt}`));
    await eventually(() => expect(ended).toEqual(['first 1', 'second 2, attempt 1']));
  });

  it('gives the job of a worker process that was killed to another', async () => {
    const living = await openOne();
    const type = job();
    const { postgresUrl, redisUrl } = store.options;
    const dying = spawnTypeScript(new URL('./stuck-worker.fixture.ts', import.meta.url).href, {
      args: [redisUrl ?? postgresUrl, type.name],
    });
    const taken = new Promise((resolve) => dying.once('message', resolve));
    const exited = new Promise((resolve) => dying.once('exit', resolve));
    await living.add(type, { payload: 1 });
    await taken;
    const ended: string[] = [];
    living.work(type, async (payload) => void ended.push(`living ${payload}`));
    await sleep(1_500);
    expect(ended).toEqual([]);
    dying.kill('SIGKILL');
    await exited;
    await eventually(() => expect(ended).toEqual(['living 1']));
  }, 30_000);

  it('makes one job a tick of a schedule that several processes ask for, and leaves a good one alone', async () => {
    const [one, two] = [await openOne(), await openOne()];
    const type = job();
    const ticks: number[] = [];
    const from = Date.now();
    for (const queues of [one, two, one, two]) await queues.schedule(type, { everyMs: 200 }, 5, Date.now());
    for (const queues of [one, two]) queues.work(type, async () => void ticks.push(Date.now()));
    await eventually(() => expect(ticks.length).toBeGreaterThanOrEqual(6));
    // A busy machine runs fewer jobs than there were ticks; only a doubled schedule runs more.
    expect(ticks.length).toBeLessThanOrEqual(Math.floor((Date.now() - from) / 200) + 2);
  });

  it('schedules by a cron pattern in a time zone', async () => {
    const queues = await openOne();
    const type = job();
    await queues.schedule(type, { cron: '30 2 * * *', timeZone: 'Asia/Jakarta' }, 1, Date.now());
    expect((await queues.depth(type)).delayed).toBe(1);
    await queues.schedule(type, { cron: '30 2 * * *', timeZone: 'Asia/Jakarta' }, 1, Date.now());
    expect((await queues.depth(type)).delayed).toBe(1);
  });

  it('goes on by itself after the store crashed in the middle of the work', async () => {
    const queues = await openOne();
    const type = job({ concurrency: 4, attemptsMax: 20 });
    const ran = new Set<number>();
    queues.work(type, async (payload) => {
      await sleep(20);
      ran.add(payload);
    });
    const added = Array.from({ length: 200 }, (_, payload) => ({ payload, id: `n-${payload}` }));
    await queues.addMany(type, added);
    await eventually(() => expect(ran.size).toBeGreaterThan(20));
    await store.crash(1_500);
    await eventually(() => queues.ping());
    await eventually(() => queues.add(type, { payload: 200 }));
    await eventually(() => expect(ran.size).toBe(201), { withinMs: 30_000 });
    await eventually(async () => expect(await queues.depth(type)).toMatchObject({ waiting: 0, active: 0, dead: 0 }), {
      withinMs: 10_000,
    });
    expect(errors.length).toBeLessThan(50);
  }, 60_000);
});

describe('queues', () => {
  it('say that the store is not there instead of waiting for ever', async () => {
    const onError = (): void => undefined;
    await expect(openQueues({ postgresUrl: 'postgres://127.0.0.1:1/none', onError })).rejects.toThrow(/ECONNREFUSED/);
    await expect(openQueues({ postgresUrl: 'unused', redisUrl: 'redis://127.0.0.1:1', onError })).rejects.toThrow(
      /ECONNREFUSED/,
    );
  });

  it('refuse jobs beyond their limits', async () => {
    const database = await createTestDatabase();
    const queues = await openQueues({ postgresUrl: database.url, onError: () => undefined });
    const type = defineJob<string>({ name: 'limits' });
    await expect(queues.add(type, { payload: 'x'.repeat(70_000) })).rejects.toThrow(/exceeds/);
    const many = Array.from({ length: 1_001 }, () => ({ payload: '' }));
    await expect(queues.addMany(type, many)).rejects.toThrow(/at most 1000/);
    expect(() => defineJob({ name: 'no:colons' })).toThrow(/cannot be/);
    await queues.close();
    await database.drop();
  });
});
