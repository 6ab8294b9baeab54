import { pino, type DestinationStream, type Logger } from 'pino';

export type { Logger } from 'pino';

/** Fields that hold secrets, wherever they stand in what is logged, up to two levels down. */
const SECRET_FIELDS = [
  'password',
  'mqttPassword',
  'adminPassword',
  'passwordHash',
  'journalKey',
  'sealingKey',
  'secret',
  'token',
  'accessToken',
  'authorization',
  'cookie',
  'databaseUrl',
  'redisUrl',
];

/**
 * Standard output as a place for log lines. When whoever read it is gone (the launcher was killed), lines are lost and
 * nothing else: pino's own destination would try for ever to write its last lines, and the process would never end.
 */
function standardOutput(): DestinationStream {
  process.stdout.on('error', () => undefined);
  return { write: (line) => void process.stdout.write(line) };
}

/**
 * A logger for one process: JSON lines on standard output, `service` on each, secrets blotted out.
 * The launcher turns the lines into readable ones; a container platform takes them as they are.
 * @param destination where lines go instead of standard output (tests)
 */
export function createLogger(options: { service: string; level: string }, destination?: DestinationStream): Logger {
  const settings = {
    level: options.level,
    base: { service: options.service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: '[secret]' },
  };
  return pino(settings, destination ?? standardOutput());
}
