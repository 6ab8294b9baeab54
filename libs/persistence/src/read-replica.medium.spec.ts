// Real: a PostgreSQL primary and a streaming replica of it, paused and killed.
import { copyRunningServer, eventually, startTestPostgres } from '@app/testing';
import { startPostgres } from '../../../infra/bootstrap/postgres.js';
import { openDatabase, type Database } from './database.js';
import { ReadReplica } from './read-replica.js';

type Server = Awaited<ReturnType<typeof startTestPostgres>>;
let server: Server;
let standby: Awaited<ReturnType<typeof startPostgres>>;
let primary: Database;
let replica: ReadReplica;

beforeAll(async () => {
  server = await startTestPostgres({ durable: true });
  primary = openDatabase({ url: server.url, poolSizeMax: 2 });
  await primary.query('CREATE TABLE notes (note text)');
  const folder = `${server.folder}-standby`;
  await copyRunningServer(server, folder, {
    as: 'standby',
    settings: [`primary_conninfo = 'host=127.0.0.1 port=${server.port} user=postgres'`],
  });
  standby = await startPostgres({ folder, port: 0, durable: true });
  replica = new ReadReplica(primary, { url: standby.url, poolSizeMax: 2, lagMsMax: 3_000, clock: { now: Date.now } });
}, 120_000);
afterAll(async () => {
  await replica.close();
  await primary.close();
  await standby.stop();
  await server.stop();
});

const SOURCE = 'SELECT pg_is_in_recovery() AS replica, (SELECT count(*) FROM notes) AS notes';
const near = () =>
  eventually(
    async () => {
      await replica.look();
      expect(replica.state.source).toBe('replica');
    },
    { withinMs: 30_000 },
  );

it('reads from the replica while it is near, and writes and plain transactions go to the primary', async () => {
  await primary.query("INSERT INTO notes VALUES ('one')");
  await near();
  await eventually(async () => expect(await replica.query(SOURCE)).toEqual([{ replica: true, notes: 1 }]));
  const read = (sql: { query: Database['query'] }) => sql.query(SOURCE);
  expect(await replica.transaction(read, { readOnly: true })).toEqual([{ replica: true, notes: 1 }]);
  expect(await replica.transaction(read)).toEqual([{ replica: false, notes: 1 }]);
});

it('goes to the primary while the replica is too far behind, and back when it has caught up', async () => {
  await near();
  const standbyControl = openDatabase({ url: standby.url, poolSizeMax: 1 });
  await standbyControl.query('SELECT pg_wal_replay_pause()');
  await primary.query("INSERT INTO notes VALUES ('two')");
  await eventually(
    async () => {
      await replica.look();
      expect(replica.state).toMatchObject({ source: 'primary' });
    },
    { withinMs: 30_000 },
  );
  expect(replica.state.lagMs).toBeGreaterThan(3_000);
  expect(await replica.query(SOURCE)).toEqual([{ replica: false, notes: 2 }]);
  await standbyControl.query('SELECT pg_wal_replay_resume()');
  await standbyControl.close();
  await near();
  expect(await replica.query(SOURCE)).toEqual([{ replica: true, notes: 2 }]);
});

it('answers from the primary at once when the replica dies', async () => {
  await near();
  process.kill(standby.pid, 'SIGKILL');
  await standby.exited;
  expect(await replica.query(SOURCE)).toEqual([{ replica: false, notes: 2 }]);
  expect(replica.state).toEqual({ source: 'primary', lagMs: null });
});

it('never takes a server that is no replica', async () => {
  const faults: string[] = [];
  const wrong = new ReadReplica(primary, {
    url: server.url,
    lagMsMax: 3_000,
    clock: { now: Date.now },
    onFault: ({ message }) => void faults.push(message),
  });
  await wrong.look();
  expect(wrong.state.source).toBe('primary');
  expect(faults[0]).toContain('is no replica');
  await wrong.close();
});
