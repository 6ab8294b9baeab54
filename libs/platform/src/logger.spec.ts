import { createLogger } from './logger.js';

function logged(write: (log: ReturnType<typeof createLogger>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  write(createLogger({ service: 'gateway', level: 'info' }, { write: (line: string) => void lines.push(line) }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('logger', () => {
  it('writes one JSON line an event, with service, level by name and an ISO time', () => {
    const [line] = logged((log) => log.info({ deviceId: 'hh-0001' }, 'connected'));
    expect(line).toMatchObject({ service: 'gateway', level: 'info', deviceId: 'hh-0001', msg: 'connected' });
    expect(new Date(line!['time'] as string).toISOString()).toBe(line!['time']);
  });

  it('leaves out what is below its level', () => {
    expect(logged((log) => log.debug('detail'))).toEqual([]);
  });

  it('blots out secrets down to the second level', () => {
    const secrets = { password: 'hunter2', request: { authorization: 'hunter2', body: { journalKey: 'hunter2' } } };
    const [line] = logged((log) => log.warn(secrets, 'refused'));
    expect(JSON.stringify(line)).not.toContain('hunter2');
    expect(line).toMatchObject({ password: '[secret]' });
  });

  it('tells errors with their message', () => {
    const [line] = logged((log) => log.error({ err: new Error('disk full') }, 'commit failed'));
    expect(line).toMatchObject({ err: { type: 'Error', message: 'disk full' } });
  });
});
