import type { ConfigFacts, PointFacts } from '@app/persistence';
import type { DeviceConfig } from '@app/protocol';
import { ConfigDesk } from './config-desk.js';

const point = (id: number, name: string): PointFacts => ({
  id,
  code: `MDN-00${id}`,
  name,
  street: '',
  streetClasses: [],
  lat: null,
  lon: null,
  geofenceM: null,
  hours: null,
  freeZones: [],
  attendants: [],
});

function desk() {
  const state = { version: 1, name: 'One', pointId: 1, loads: 0, away: false };
  const published: { topic: string; config: DeviceConfig; retain: boolean }[] = [];
  const failures: unknown[] = [];
  const config = new ConfigDesk({
    load: (): Promise<ConfigFacts> => {
      state.loads++;
      if (state.away) return Promise.reject(new Error('database away'));
      const points = new Map([point(1, state.name), point(2, 'Two')].map((each) => [each.id, each]));
      return Promise.resolve({ version: state.version, points, tariffs: [] });
    },
    pointOf: () => Promise.resolve(state.pointId),
    now: () => Date.parse('2026-11-21T03:00:00Z'),
    publish: ({ topic, payload, retain }) =>
      published.push({ topic, retain, config: JSON.parse(String(payload)) as DeviceConfig }),
    onFailure: (error) => failures.push(error),
  });
  return { config, state, failures, published: () => published.splice(0) };
}

describe('config desk', () => {
  it('retains the configuration before the device is let in, and reads the registry once for all', async () => {
    const { config, state, published } = desk();
    await Promise.all([config.prepare('hh-0001', 1, state.version), config.prepare('hh-0002', 2, state.version)]);
    expect(state.loads).toBe(1);
    expect(published()).toMatchObject([
      { topic: 'eparking/v1/hh-0001/config', retain: true, config: { point: { code: 'MDN-001' } } },
      { topic: 'eparking/v1/hh-0002/config', retain: true, config: { point: { code: 'MDN-002' } } },
    ]);
  });

  it('reads the registry anew for a device that saw a newer one at its sign-in', async () => {
    const { config, state, published } = desk();
    await config.prepare('hh-0001', 1, state.version);
    Object.assign(state, { version: 2, name: 'Renamed' });
    await config.prepare('hh-0002', 1, 2);
    expect(published().map((each) => each.config.point!.name)).toEqual(['One', 'Renamed']);
  });

  it('publishes again only what says something new, with a greater version', async () => {
    const { config, state, published } = desk();
    await config.prepare('hh-0001', 1, state.version);
    const [first] = published();
    state.version = 2;
    await config.refresh();
    await config.prepare('hh-0001', 1, state.version);
    expect(published()).toEqual([]);
    Object.assign(state, { version: 3, name: 'Renamed' });
    await config.refresh();
    const [second] = published();
    expect(second!.config.point!.name).toBe('Renamed');
    expect(second!.config.version).toBeGreaterThan(first!.config.version);
    Object.assign(state, { version: 4, pointId: 2 });
    await config.refresh();
    expect(published()).toMatchObject([{ config: { point: { code: 'MDN-002' } } }]);
  });

  it('leaves devices that are gone alone, and brings them up to date when they come back', async () => {
    const { config, state, published } = desk();
    await config.prepare('hh-0001', 1, state.version);
    config.gone('hh-0001');
    published();
    Object.assign(state, { version: 2, name: 'Renamed' });
    await config.refresh();
    expect(published()).toEqual([]);
    await config.prepare('hh-0001', 1, state.version);
    expect(published()).toHaveLength(1);
  });

  it('publishes once more when it is asked to, in the same version', async () => {
    const { config, state, published } = desk();
    await config.prepare('hh-0001', 1, state.version);
    const [first] = published();
    config.republish('hh-0001');
    config.republish('hh-9999');
    expect(published()).toEqual([first]);
  });

  it('refuses nobody silently when the registry cannot be read, and recovers', async () => {
    const { config, state, failures, published } = desk();
    state.away = true;
    await expect(config.prepare('hh-0001', 1, state.version)).rejects.toThrow('database away');
    await config.refresh();
    expect(failures).toHaveLength(1);
    state.away = false;
    await config.prepare('hh-0001', 1, state.version);
    expect(published()).toHaveLength(1);
  });

  it('gathers changes that come in a row', async () => {
    const { config, state } = desk();
    for (let i = 0; i < 100; i++) config.changed();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(state.loads).toBe(1);
    config.stop();
  });
});
