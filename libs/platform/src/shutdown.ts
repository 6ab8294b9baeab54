import type { Logger } from './logger.js';

/** The parts of `process` that a shutdown needs; a test passes its own. */
export type ProcessLike = Pick<NodeJS.Process, 'on' | 'exit'>;

/** An orderly end. Register what must be closed in the order in which it was opened; it closes in reverse. */
export interface Shutdown {
  /** Adds something to close. `name` appears in the log when it fails or hangs. */
  add(name: string, close: () => Promise<void> | void): void;
  /** Ends the process: closes everything, newest first, then exits with `exitCode`. A second call changes nothing. */
  stop(reason: string, exitCode?: number): Promise<void>;
}

/**
 * Ends the process in order on SIGTERM, SIGINT, when the launcher that started it goes away (IPC channel closed), and
 * on a fault nobody caught (exit code 1). Past `deadlineMs` it exits with code 1 and says what was still open.
 */
export function handleShutdown(options: { log: Logger; deadlineMs?: number; process?: ProcessLike }): Shutdown {
  const { log, deadlineMs = 15_000, process: host = process } = options;
  const closers: { name: string; close: () => Promise<void> | void }[] = [];
  let stopping: Promise<void> | undefined;

  const closeAll = async (reason: string, exitCode: number): Promise<void> => {
    log.info({ reason }, 'shutting down');
    let code = exitCode;
    let current = '';
    const deadline = setTimeout(() => {
      log.error({ closing: current, deadlineMs }, 'shutdown takes too long: exiting all the same');
      host.exit(1);
    }, deadlineMs);
    for (const { name, close } of closers.reverse()) {
      current = name;
      try {
        await close();
      } catch (error) {
        log.error({ err: error, closing: name }, 'closing failed');
        code = 1;
      }
    }
    clearTimeout(deadline);
    log.info('stopped');
    host.exit(code);
  };
  const stop = (reason: string, exitCode = 0): Promise<void> => (stopping ??= closeAll(reason, exitCode));

  host.on('SIGTERM', () => void stop('SIGTERM'));
  host.on('SIGINT', () => void stop('SIGINT'));
  host.on('disconnect', () => void stop('the launcher is gone'));
  const fault = (error: unknown): void => {
    log.fatal({ err: error }, 'a fault nobody caught');
    void stop('fault', 1);
  };
  host.on('uncaughtException', fault);
  host.on('unhandledRejection', fault);
  return { add: (name, close) => void closers.push({ name, close }), stop };
}
