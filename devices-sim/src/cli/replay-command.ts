import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AdminClient } from '../admin-client.js';
import { readMeterLog } from '../replay/meter-log.js';
import { isEqual, replay, type MeterDay } from '../replay/replay.js';
import { SettingsError, type Arguments, type Environment } from '../settings.js';

/**
 * `replay --input log.csv.gz`: plays a real meter log into a running system and compares, meter by meter and day by day.
 * Prints a table and PASS or FAIL. @returns true when everything is equal
 */
export async function replayCommand({ options }: Arguments, env: Environment): Promise<boolean> {
  const { input } = options;
  if (!input) throw new SettingsError('--input names the meter log (.csv or .csv.gz)');
  if (!existsSync(input))
    throw new SettingsError(`${input} is not there: --input names the meter log (.csv or .csv.gz)`);
  const password = options.password ?? env.EPARKING_ADMIN_PASSWORD;
  if (!password) throw new SettingsError("give the administrator's password: --password or EPARKING_ADMIN_PASSWORD");
  const api = options.api ?? `http://127.0.0.1:${env.EPARKING_HTTP_PORT || '3000'}`;
  const mqttUrl = options.mqtt ?? `mqtt://127.0.0.1:${env.EPARKING_MQTT_PORT || '1883'}`;
  const folder = options.folder ?? join(env.EPARKING_DATA_DIR || '.data', 'replay');

  const rows = await readMeterLog(input);
  const admin = await AdminClient.signIn(api, options.username ?? 'admin', password);
  const startedAt = Date.now();
  const { days, tally } = await replay({ rows, admin, mqttUrl, folder, progress: (text) => console.log(text) });
  printTable(days);
  const { accepted = 0, duplicate = 0, ...others } = tally.outcomes;
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  console.log(
    `\nReceipts: ${accepted} accepted, ${duplicate} duplicate, others ${JSON.stringify(others)}; ${seconds} s.`,
  );
  const wrong = days.filter((day) => !isEqual(day));
  for (const day of wrong.slice(0, 20)) console.log(`differs: ${JSON.stringify(day)}`);
  if (options.report) await writeFile(options.report, JSON.stringify({ days, outcomes: tally.outcomes }, null, 2));
  const passed = wrong.length === 0 && days.length > 0;
  console.log(`${passed ? 'PASS' : 'FAIL'}: ${days.length - wrong.length} of ${days.length} meter-days equal.`);
  return passed;
}

function printTable(days: readonly MeterDay[]): void {
  const sum = (of: readonly MeterDay[], side: 'file' | 'system', what: 'count' | 'amount'): number =>
    of.reduce((total, day) => total + day[side][what], 0);
  const line = (name: string, of: readonly MeterDay[]): void => {
    const cells = [of.length, sum(of, 'file', 'count'), sum(of, 'system', 'count')];
    cells.push(sum(of, 'file', 'amount'), sum(of, 'system', 'amount'));
    const isSame = of.every(isEqual);
    console.log(
      `${name.padEnd(8)}${cells.map((cell) => String(cell).padStart(14)).join('')}   ${isSame ? 'equal' : 'DIFFERS'}`,
    );
  };
  const heads = ['days', 'file count', 'system count', 'file cents', 'system cents'];
  console.log(`\n${'meter'.padEnd(8)}${heads.map((head) => head.padStart(14)).join('')}`);
  for (const meter of new Set(days.map((day) => day.meter))) {
    line(
      meter,
      days.filter((day) => day.meter === meter),
    );
  }
  line('all', days);
}
