import type { ConnectionChange, HeardOf } from '@app/persistence';
import { PresenceBook } from './presence-book.js';

function book() {
  const written: unknown[] = [];
  const failures: unknown[] = [];
  const store = {
    away: false,
    writeConnections: (changes: readonly ConnectionChange[]) => write(changes),
    writeHeard: (heard: readonly HeardOf[]) => write(heard),
  };
  const write = (rows: readonly unknown[]): Promise<void> => {
    if (store.away) return Promise.reject(new Error('database away'));
    written.push(...rows);
    return Promise.resolve();
  };
  return { store, written, failures, presence: new PresenceBook(store, (error) => failures.push(error)) };
}

const change = (connected: boolean, at: number): ConnectionChange => ({
  deviceNo: 1,
  deviceId: 'hh-0001',
  connected,
  at,
});

describe('presence book', () => {
  it('writes beginnings and ends of connections at once', async () => {
    const { presence, written } = book();
    presence.connection(change(true, 1));
    await new Promise(setImmediate);
    expect(written).toEqual([change(true, 1)]);
  });

  it('writes the newest of what was heard of a device, and keeps what the newer did not tell', async () => {
    const { presence, written } = book();
    presence.heard({ deviceNo: 1, heardAt: 1, telemetry: { battery: 9 }, telemetryAt: 1 });
    presence.heard({ deviceNo: 1, heardAt: 2, journalAt: 2 });
    presence.heard({ deviceNo: 2, heardAt: 3 });
    await presence.flush();
    expect(written).toEqual([
      { deviceNo: 1, heardAt: 2, journalAt: 2, telemetry: { battery: 9 }, telemetryAt: 1 },
      { deviceNo: 2, heardAt: 3 },
    ]);
  });

  it('writes later what could not be written, and of it only the newest', async () => {
    const { presence, store, written, failures } = book();
    store.away = true;
    presence.connection(change(true, 1));
    presence.heard({ deviceNo: 1, heardAt: 1, status: 'online' });
    await presence.flush();
    presence.connection(change(false, 2));
    presence.heard({ deviceNo: 1, heardAt: 2 });
    await presence.flush();
    expect(failures.length).toBeGreaterThan(0);
    store.away = false;
    await presence.stop();
    expect(written).toEqual([change(false, 2), { deviceNo: 1, heardAt: 2, status: 'online' }]);
  });
});
