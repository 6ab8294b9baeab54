import { readFileSync } from 'node:fs';

/**
 * `node --import` this: the process's wall clock is off by the milliseconds that stand in the file EPARKING_TEST_SKEW,
 * looked at ten times a second, as after a jump of its host's clock. Timers go on evenly, as they do there.
 */
const file = process.env['EPARKING_TEST_SKEW'] ?? '';
const RealDate = Date;
let skewMs = 0;
setInterval(() => {
  try {
    skewMs = Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    // As it was.
  }
}, 100).unref();

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [RealDate.now() + skewMs] : args, newTarget),
  get: (target, name, receiver) =>
    name === 'now' ? () => RealDate.now() + skewMs : Reflect.get(target, name, receiver),
});
