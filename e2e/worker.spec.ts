// Real: PostgreSQL, Redis, and worker processes as in production, which are killed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { putOutbox } from '@app/persistence';
import { eventually, freePort, startRedis, TEST_NOON, TestCity, type TestRedis } from '@app/testing';
import { Service } from './support/system.js';

let city: TestCity;
const inbox = mkdtempSync(join(tmpdir(), 'eparking-inbox-'));
let redis: TestRedis;
const running: Service[] = [];

/** A worker process and what it tells of itself. */
class WorkerProcess extends Service {
  private constructor(
    env: Record<string, string>,
    private readonly url: string,
  ) {
    super('worker', { PATH: process.env['PATH'], NODE_ENV: 'production', ...env }, url);
  }

  static async start(env: Record<string, string>): Promise<WorkerProcess> {
    const port = await freePort();
    const settings = {
      DATABASE_URL: city.workerUrl,
      EPARKING_WORKER_HTTP_PORT: String(port),
      EPARKING_LOG_LEVEL: 'fatal',
      EPARKING_INBOX_DIR: inbox,
      EPARKING_RELAY_PAUSE: '100ms',
      EPARKING_INCOME_CHECK_SAMPLE: '1',
    };
    const worker = new WorkerProcess({ ...settings, ...env }, `http://127.0.0.1:${port}`);
    running.push(worker);
    await worker.start();
    return worker;
  }

  /** The sum of a series, over all labels that the pattern lets through. */
  async figure(series: RegExp): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    const lines = text.split('\n').filter((line) => !line.startsWith('#') && series.test(line));
    return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  }

  done(job: string): Promise<number> {
    return this.figure(new RegExp(`^eparking_job_runs_total\\{job="${job}",outcome="done"`));
  }
}

beforeAll(async () => {
  redis = await startRedis();
}, 60_000);
afterAll(async () => {
  rmSync(inbox, { recursive: true, force: true });
  await redis.stop();
});
beforeEach(async () => {
  city = await TestCity.create();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((worker) => worker.end('SIGKILL')));
  await city.close();
});

/** Changed days, more than the relay takes for one another's. */
function changedDays(pointId: number, count: number) {
  return Array.from({ length: count }, (_, i) => {
    const businessDate = new Date(Date.UTC(2025, 0, 1 + i)).toISOString().slice(0, 10);
    return { topic: 'day-changed', key: `${pointId}:${businessDate}`, payload: { pointId, businessDate } };
  });
}

async function outboxRows(): Promise<number> {
  return (await city.database.query('SELECT 1 FROM outbox')).length;
}

describe.each([
  ['PostgreSQL', () => ({})],
  ['Redis', () => ({ REDIS_URL: redis.url })],
])('two worker processes, jobs in %s', (_name, env: () => Record<string, string>) => {
  it('share what the outbox holds and do each piece once', async () => {
    const { pointId } = await city.device();
    const workers = await Promise.all([WorkerProcess.start(env()), WorkerProcess.start(env())]);
    for (let i = 0; i < 5; i++) await putOutbox(city.database, changedDays(pointId, 200).slice(i * 40, i * 40 + 40));
    const done = () => Promise.all(workers.map((worker) => worker.done('day-changed')));
    await eventually(async () => expect((await done()).reduce((a, b) => a + b)).toBeGreaterThanOrEqual(200), {
      withinMs: 30_000,
    });
    expect(await outboxRows()).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const [one, two] = await done();
    expect(one! + two!).toBe(200);
    expect(Math.min(one!, two!)).toBeGreaterThan(0);
  }, 90_000);

  it('finish what one was killed in the middle of, once in effect', async () => {
    const { pointId, deviceNo, terminal } = await city.device();
    await city.journal(deviceNo, terminal.payment({}, TEST_NOON));
    await city.database.query('UPDATE income_days SET amount = 1');
    await city.database.query('DELETE FROM outbox');
    // Taken for dead soon; elsewhere a busy machine must not take a living worker for dead.
    const hasty = { ...env(), EPARKING_JOB_LOCK: '1s' };
    const dying = await WorkerProcess.start(hasty);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    // Nobody can read the income while this is held: the job stands still in the middle.
    const holding = city.database.transaction(async (sql) => {
      await sql.query('LOCK TABLE income_days IN ACCESS EXCLUSIVE MODE');
      await putOutbox(city.database, [
        { topic: 'day-changed', key: 'k', payload: { pointId, businessDate: '2026-11-20' } },
      ]);
      await held;
    });
    await eventually(async () => {
      expect(await dying.figure(/^eparking_queue_depth\{job="day-changed",state="active"/)).toBe(1);
    });
    expect(await outboxRows()).toBe(0);
    await dying.end('SIGKILL');
    const living = await WorkerProcess.start(hasty);
    release();
    await holding;
    await eventually(async () => expect(await living.done('day-changed')).toBe(1), { withinMs: 30_000 });
    const alarms = await city.database.query('SELECT key, times FROM alarms');
    expect(alarms).toEqual([{ key: `income-mismatch:${pointId}:2026-11-20`, times: 1 }]);
    expect(await living.figure(/^eparking_queue_depth\{job="day-changed"/)).toBe(0);
  }, 90_000);

  it('run a schedule together as often as one alone would', async () => {
    const frequent = { ...env(), EPARKING_GAP_ASK_AFTER: '4s', EPARKING_GAP_FINDING_AFTER: '1m' };
    const workers = await Promise.all([WorkerProcess.start(frequent), WorkerProcess.start(frequent)]);
    const runs = async () =>
      (await Promise.all(workers.map((worker) => worker.done('gap-ageing')))).reduce((a, b) => a + b);
    await eventually(async () => expect(await runs()).toBeGreaterThan(0));
    const [before, startedAt] = [await runs(), Date.now()];
    await eventually(async () => expect((await runs()) - before).toBeGreaterThanOrEqual(5), { withinMs: 30_000 });
    const ticks = (Date.now() - startedAt) / 1_000;
    expect((await runs()) - before).toBeLessThanOrEqual(ticks + 2);
  }, 90_000);
});

describe('a worker process', () => {
  it('ends in order when it is told to, and when its launcher is gone', async () => {
    const [told, orphan] = await Promise.all([WorkerProcess.start({}), WorkerProcess.start({})]);
    expect(await told.end('SIGTERM')).toBe(0);
    expect(await orphan.loseLauncher()).toBe(0);
  }, 60_000);

  it('waits for a database that is not there yet', async () => {
    const url = new URL(city.url);
    url.pathname = '/not_there_yet';
    const starting = WorkerProcess.start({ DATABASE_URL: url.href });
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await city.database.query(`CREATE DATABASE not_there_yet TEMPLATE eparking_template`);
    const worker = await starting;
    expect(await worker.end('SIGTERM')).toBe(0);
    await city.database.query('DROP DATABASE not_there_yet WITH (FORCE)');
  }, 60_000);
});
