import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logFile, parseLogLine, readableLine, terminalLines } from './log-lines.js';

describe('log lines', () => {
  it('shows message, error and fields of a JSON line in one readable line', () => {
    const json = {
      level: 'error',
      time: '2026-11-21T02:15:02.000Z',
      service: 'gateway',
      msg: 'commit failed',
      err: { message: 'disk full', stack: 'Error: disk full at x.js' },
      deviceId: 'hh-0001',
      batch: { rows: 3 },
    };
    const line = readableLine('gateway', parseLogLine(JSON.stringify(json)));
    expect(line).toMatch(
      /^\d\d:\d\d:\d\d gateway {3}error commit failed disk full deviceId=hh-0001 batch=\{"rows":3\}$/,
    );
  });

  it.each(['Error: Cannot find module', 'null', ''])(
    'takes what is no log line (%j) for an error, unchanged',
    (text) => {
      expect(parseLogLine(text)).toMatchObject({ level: 'error', message: text });
    },
  );

  it('do not flood the terminal: five in ten seconds, then how many more', () => {
    const shown: string[] = [];
    let now = 1_000_000;
    const show = terminalLines(
      'simulator',
      (text: string) => shown.push(text),
      () => now,
    );
    const line = { level: 'warn', message: 'refused', time: '2026-11-21T02:15:02Z' };
    for (let i = 0; i < 180; i++) show(line);
    expect(shown).toHaveLength(5);
    now += 10_000;
    show(line);
    expect(shown).toHaveLength(7);
    expect(shown[5]).toContain('175 more lines');
  });

  it('keeps lines in a file across starts', () => {
    const folder = mkdtempSync(join(tmpdir(), 'eparking-log-'));
    logFile(folder, 'gateway')('one');
    logFile(folder, 'gateway')('two');
    expect(readFileSync(join(folder, 'gateway.log'), 'utf8')).toBe('one\ntwo\n');
    rmSync(folder, { recursive: true });
  });
});
