import type { SignInFacts } from '@app/persistence';
import { HeldDevices } from './held-devices.js';
import { holderOf } from './share.js';

const ids = Array.from({ length: 300 }, (_, i) => `hh-${String(i).padStart(4, '0')}`);

describe('the share of a gateway behind a broker', () => {
  it('is the same seen from everywhere, and about the same for each', () => {
    const counts = new Map<string, number>();
    for (const id of ids) {
      const holder = holderOf(id, ['a', 'b', 'c'])!;
      expect(holderOf(id, ['c', 'a', 'b'])).toBe(holder);
      counts.set(holder, (counts.get(holder) ?? 0) + 1);
    }
    for (const count of counts.values()) expect(count).toBeGreaterThan(60);
    expect(counts.size).toBe(3);
  });

  it('moves only the devices of the gateway that went', () => {
    for (const id of ids) {
      const before = holderOf(id, ['a', 'b', 'c']);
      if (before !== 'c') expect(holderOf(id, ['a', 'b'])).toBe(before);
    }
    expect(holderOf('hh-0001', [])).toBeNull();
  });
});

describe('devices held behind a broker', () => {
  const facts = (deviceId: string, status: 'active' | 'revoked' = 'active') =>
    ({ deviceId, deviceNo: 1, epoch: 1, status }) as SignInFacts;

  function held(factsOf: (deviceId: string) => Promise<SignInFacts | undefined>) {
    const events: string[] = [];
    const devices = new HeldDevices({
      gatewayId: 'a',
      factsOf,
      prepare: () => Promise.resolve(),
      connected: ({ id }) => events.push(`+${id}`),
      disconnected: ({ id }) => events.push(`-${id}`),
      onFailure: () => events.push('failed'),
    });
    return { devices, events };
  }
  const mine = ids.find((id) => holderOf(id, ['a', 'b']) === 'a')!;
  const others = ids.find((id) => holderOf(id, ['a', 'b']) === 'b')!;

  it('are those of the share that say they are online; a share that grows brings more', async () => {
    const { devices, events } = held((id) => Promise.resolve(facts(id)));
    await devices.members(['a', 'b']);
    for (const id of [mine, others]) await devices.status(id, true);
    expect(events).toEqual([`+${mine}`]);
    await devices.members(['a']);
    await devices.members(['a', 'b']);
    await devices.status(mine, false);
    expect(events).toEqual([`+${mine}`, `+${others}`, `-${others}`, `-${mine}`]);
  });

  it('are looked up again when the registry could not be read, and never those that are revoked or unknown', async () => {
    let answer: () => Promise<SignInFacts | undefined> = () => Promise.reject(new Error('away'));
    const { devices, events } = held(() => answer());
    await devices.members(['a']);
    await devices.status(mine, true);
    answer = () => Promise.resolve(facts(mine));
    await devices.members(['a']);
    expect(events).toEqual(['failed', `+${mine}`]);
    devices.letGo(mine);
    answer = () => Promise.resolve(facts(mine, 'revoked'));
    await devices.status(mine, true);
    answer = () => Promise.resolve(undefined);
    await devices.status(others, true);
    expect(events).toEqual(['failed', `+${mine}`, `-${mine}`]);
  });
});
