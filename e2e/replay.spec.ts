import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Admin } from './support/admin.js';
import { run } from './support/mosquitto.js';
import { startSystem, type System } from './support/system.js';

/**
 * A real street-meter log through real MQTT meters into the whole system, and back out of the income report.
 * The log is not the project's to give away: it lies beside the checkout, or EPARKING_TEST_DATA_DIR names its folder.
 */
const repository = join(import.meta.dirname, '..');
const folder = process.env['EPARKING_TEST_DATA_DIR'] ?? join(repository, '../shared/data');
const log = join(folder, 'charlottesville_meter_transactions_2017.csv.gz');
const isThere = existsSync(log);
if (!isThere) console.warn(`SKIPPED: the replay of a real meter log; ${log} is not there (see docs/SIMULATOR.md).`);

const REPLAY_MS_MAX = 300_000;

(isThere ? describe : describe.skip)('replay of a real street-meter log', () => {
  let system: System;
  let own: string;
  beforeAll(async () => {
    system = await startSystem();
    own = mkdtempSync(join(tmpdir(), 'replay-'));
  }, 120_000);
  afterAll(async () => {
    await system?.stop();
    rmSync(own, { recursive: true, force: true });
  }, 60_000);

  const replay = () => {
    const script = join(repository, 'dist/devices-sim/src/main.js');
    const where = ['--api', system.apiUrl, '--mqtt', `mqtt://127.0.0.1:${system.mqttPort}`, '--folder', own];
    const report = ['--report', join(own, 'report.json')];
    const env = { PATH: process.env['PATH'], EPARKING_ADMIN_PASSWORD: system.adminPassword };
    return run(process.execPath, [script, 'replay', '--input', log, ...where, ...report], '', env, REPLAY_MS_MAX);
  };

  it(
    'reports the income of each meter and day exactly as the file says',
    async () => {
      const { code, stdout, stderr } = await replay();
      expect({ code, tail: `${stdout}${stderr}`.trim().split('\n').at(-1) }).toEqual({
        code: 0,
        tail: 'PASS: 2522 of 2522 meter-days equal.',
      });
      const admin = await Admin.signIn(system);
      const query = new URLSearchParams({ from: '2023-01-01', to: '2023-12-31', groupBy: 'point' });
      const { rows, total } = await admin.get(`/income?${query}`);
      // The figures of the file, as its description gives them: 26,972 paying rows, 51,454.79 dollars, 41 meters.
      expect(total).toMatchObject({ count: 26_972, amount: 5_145_479 });
      expect(rows.filter((row: { count: number }) => row.count > 0)).toHaveLength(41);
      const methods = await admin.get(
        `/income?${new URLSearchParams({ from: '2023-01-01', to: '2023-12-31', groupBy: 'method' })}`,
      );
      const counts = Object.fromEntries(
        methods.rows.map((row: { key: string; count: number }) => [row.key, row.count]),
      );
      expect(counts).toEqual({ cash: 10_773, card: 16_199 });
    },
    REPLAY_MS_MAX,
  );

  it(
    'changes nothing when it is played again',
    async () => {
      const before = readFileSync(join(own, 'report.json'), 'utf8');
      const { code } = await replay();
      expect(code).toBe(0);
      const days = (text: string) => (JSON.parse(text) as { days: unknown }).days;
      expect(days(readFileSync(join(own, 'report.json'), 'utf8'))).toEqual(days(before));
    },
    REPLAY_MS_MAX,
  );
});
