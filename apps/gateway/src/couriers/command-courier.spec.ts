import type { PendingCommand } from '@app/persistence';
import { messageFault } from '@app/protocol';
import { CommandCourier, pauseAfterSendsMs } from './command-courier.js';

const SECOND = 1_000;

/** A courier with an outbox in memory. */
function office() {
  let now = Date.parse('2026-11-21T03:00:00Z');
  const outbox: PendingCommand[] = [];
  const published: string[] = [];
  const failures: unknown[] = [];
  const synced: string[] = [];
  const state = { away: false, queries: 0 };
  const courier = new CommandCourier({
    now: () => now,
    publish: ({ topic, payload, qos }) => {
      const command: unknown = JSON.parse(String(payload));
      expect(messageFault('commands', command)).toBeNull();
      published.push(`${topic.split('/')[2]} ${(command as { id: string }).id} ${qos}`);
    },
    onSend: (deviceId, { name }) => synced.push(`${deviceId} ${name}`),
    onFailure: (error) => failures.push(error),
    store: {
      pending: (deviceNos, at) => {
        state.queries++;
        if (state.away) return Promise.reject(new Error('database away'));
        return Promise.resolve(outbox.filter((each) => deviceNos.includes(each.deviceNo) && each.expiresAt > at));
      },
      markSent: (ids, at) => {
        outbox.forEach((each, i) => {
          if (ids.includes(each.id)) outbox[i] = { ...each, sentAt: at, sends: each.sends + 1 };
        });
        return Promise.resolve();
      },
    },
  });
  const give = (id: string, deviceNo = 1, over: Partial<PendingCommand> = {}): void => {
    outbox.push({ id, deviceNo, name: 'sync-config', args: {}, expiresAt: now + 1e9, sentAt: null, sends: 0, ...over });
    courier.hasNews(deviceNo);
  };
  const pass = async (ms: number): Promise<string[]> => {
    now += ms;
    await new Promise(setImmediate);
    await courier.run();
    return published.splice(0);
  };
  return { courier, outbox, give, pass, failures, synced, state };
}

describe('command courier', () => {
  it('sends a command at once to a device that listens here, and to no other', async () => {
    const { courier, give, pass, synced } = office();
    courier.listens(1, 'hh-0001');
    give('one');
    give('two', 2);
    expect(await pass(0)).toEqual(['hh-0001 one 1']);
    expect(synced).toEqual(['hh-0001 sync-config']);
  });

  it('sends again with growing pauses until it is answered', async () => {
    const { courier, give, pass, outbox } = office();
    courier.listens(1, 'hh-0001');
    give('one');
    expect(await pass(0)).toHaveLength(1);
    for (const seconds of [5, 15, 60, 300, 900, 900]) {
      expect(await pass(seconds * SECOND - 1)).toEqual([]);
      expect(await pass(1)).toEqual(['hh-0001 one 1']);
    }
    outbox.splice(0);
    expect(await pass(1e7)).toEqual([]);
    expect(await pass(1e7)).toEqual([]);
    expect(pauseAfterSendsMs(0)).toBe(0);
  });

  it('sends what waits when the device comes back, whatever the pause, in the order of giving', async () => {
    const { courier, give, pass } = office();
    courier.listens(1, 'hh-0001');
    give('one');
    give('two');
    expect(await pass(0)).toEqual(['hh-0001 one 1', 'hh-0001 two 1']);
    courier.gone(1);
    give('three');
    expect(await pass(60 * SECOND)).toEqual([]);
    courier.listens(1, 'hh-0001');
    expect(await pass(1)).toEqual(['hh-0001 one 1', 'hh-0001 two 1', 'hh-0001 three 1']);
  });

  it('does not repeat what was just sent when another command is given', async () => {
    const { courier, give, pass } = office();
    courier.listens(1, 'hh-0001');
    give('one');
    expect(await pass(0)).toEqual(['hh-0001 one 1']);
    expect(await pass(SECOND)).toEqual([]);
    give('two');
    expect(await pass(0)).toEqual(['hh-0001 two 1']);
    expect(await pass(4 * SECOND)).toEqual(['hh-0001 one 1']);
  });

  it('sends nothing that is expired', async () => {
    const { courier, give, pass } = office();
    give('old', 1, { expiresAt: 0 });
    courier.listens(1, 'hh-0001');
    expect(await pass(0)).toEqual([]);
  });

  it('tries again when the outbox could not be read, and finds what nobody told of', async () => {
    const { courier, outbox, pass, failures, state } = office();
    state.away = true;
    courier.listens(1, 'hh-0001');
    expect(await pass(0)).toEqual([]);
    expect(failures).toHaveLength(1);
    state.away = false;
    outbox.push({ id: 'untold', deviceNo: 1, name: 'lock', args: {}, expiresAt: 2e12, sentAt: null, sends: 0 });
    expect(await pass(SECOND)).toEqual(['hh-0001 untold 1']);
    outbox.push({ id: 'lost', deviceNo: 1, name: 'lock', args: {}, expiresAt: 2e12, sentAt: null, sends: 0 });
    courier.lookAtAll();
    expect(await pass(0)).toEqual(['hh-0001 lost 1']);
  });

  it('asks nothing of the database while nothing waits', async () => {
    const { courier, pass, state } = office();
    courier.listens(1, 'hh-0001');
    await pass(0);
    const before = state.queries;
    for (let i = 0; i < 10; i++) await pass(60 * SECOND);
    expect(state.queries).toBe(before);
  });
});
