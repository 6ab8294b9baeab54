/** One line of the simulator's log: JSON, as the launcher reads it. */
export interface Log {
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, fields?: object): void;
}

/** Logs to a stream. Terminals' secrets never come near it: nothing but counts and ids is logged. */
export function jsonLog(write: (line: string) => void): Log {
  const line = (level: string) => (msg: string, fields?: object) =>
    write(`${JSON.stringify({ level, time: new Date().toISOString(), service: 'simulator', msg, ...fields })}\n`);
  return { info: line('info'), warn: line('warn'), error: line('error') };
}
