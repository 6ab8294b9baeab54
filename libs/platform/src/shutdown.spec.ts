import { EventEmitter } from 'node:events';
import { createLogger } from './logger.js';
import { handleShutdown, type ProcessLike } from './shutdown.js';

/** A process that notes its exit code instead of ending. */
function fakeProcess(): { emitter: EventEmitter; process: ProcessLike; exited: Promise<number> } {
  const emitter = new EventEmitter();
  let note: (code: number) => void;
  const exited = new Promise<number>((resolve) => (note = resolve));
  const exit = ((code?: number) => note(code ?? 0)) as NodeJS.Process['exit'];
  const process = { on: emitter.on.bind(emitter) as unknown as NodeJS.Process['on'], exit };
  return { emitter, process, exited };
}

describe('shutdown', () => {
  const lines: string[] = [];
  const log = createLogger({ service: 'test', level: 'info' }, { write: (line: string) => void lines.push(line) });

  it.each(['SIGTERM', 'SIGINT', 'disconnect'])('closes newest first on %s, waits for each, exits 0', async (event) => {
    const { emitter, process, exited } = fakeProcess();
    const shutdown = handleShutdown({ log, process });
    const order: string[] = [];
    shutdown.add('database', () => void order.push('database'));
    shutdown.add('broker', async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      order.push('broker');
    });
    emitter.emit(event);
    emitter.emit('SIGTERM');
    expect(await exited).toBe(0);
    expect(order).toEqual(['broker', 'database']);
  });

  it('closes the rest when one fails, and exits 1', async () => {
    const { emitter, process, exited } = fakeProcess();
    const shutdown = handleShutdown({ log, process });
    let closed = false;
    shutdown.add('database', () => void (closed = true));
    shutdown.add('broker', () => Promise.reject(new Error('stuck')));
    emitter.emit('SIGTERM');
    expect(await exited).toBe(1);
    expect(closed).toBe(true);
  });

  it('does not wait for ever: past the deadline it exits 1 and names what hangs', async () => {
    const { emitter, process, exited } = fakeProcess();
    const shutdown = handleShutdown({ log, process, deadlineMs: 20 });
    shutdown.add('broker', () => new Promise(() => undefined));
    emitter.emit('SIGINT');
    expect(await exited).toBe(1);
    expect(lines.at(-1)).toContain('"closing":"broker"');
  });

  it('ends in order with code 1 on a fault nobody caught', async () => {
    const { emitter, process, exited } = fakeProcess();
    const shutdown = handleShutdown({ log, process });
    let closed = false;
    shutdown.add('database', () => void (closed = true));
    emitter.emit('uncaughtException', new Error('boom'));
    expect(await exited).toBe(1);
    expect(closed).toBe(true);
  });
});
