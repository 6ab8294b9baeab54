import { loadavg } from 'node:os';
import { writeBlocks, writeSection } from './document.js';
import { batches } from './ingest/backlog.js';
import { delays } from './ingest/delays.js';
import { durability } from './ingest/durability.js';
import { idle } from './ingest/idle.js';
import { reached } from './ingest/reach.js';
import { saturated } from './ingest/saturated.js';
import { versions } from './ingest/versions.js';

/**
 * @typedef {import('./ingest/rounds.js').Size} Size
 * @typedef {import('./ingest/rounds.js').Part} Part
 * @typedef {import('./ingest/rounds.js').Figures} Figures
 */

/** @type {Readonly<Record<string, (size: Size) => Promise<Part>>>} */
const PARTS = { saturated, batches, delays, idle, durability };

/**
 * `npm run bench -- ingest`: the gateway beside what a user would pick instead, into docs/BENCHMARKS.md.
 * @param {string[]} options names of parts, all when none is told; `--quick` for one short round (to try the bench out,
 *   not to quote, and not written). Parts run by themselves are written below their own headings, with what they reached
 *   below one of its own.
 */
export async function bench(options) {
  const quick = options.includes('--quick');
  const size = quick
    ? { rounds: 1, scale: 0.2, seconds: 3, terminals: 1_000 }
    : { rounds: 3, scale: 1, seconds: 8, terminals: 10_000 };
  const asked = Object.keys(PARTS).filter((name) => options.includes(name));
  const load = loadavg()[0]?.toFixed(1);
  const texts = [];
  /** @type {Figures} */
  const figures = {};
  for (const [name, part] of Object.entries(PARTS))
    if (asked.length === 0 || asked.includes(name)) {
      const { text, figures: found } = await part(size);
      texts.push(text);
      Object.assign(figures, found);
    }
  const whole = asked.length === 0;
  texts.push(`### What was to be reached${whole ? '' : ', by the parts measured later'}\n\n${reached(figures)}`);
  const how = quick
    ? 'one short round: not to be quoted'
    : `medians of ${size.rounds} rounds (lowest-highest), each on a fresh database and after a warm-up`;
  const text =
    `${await versions()}. Load of the machine at the beginning ${load}.\n\n` +
    `152 terminals over loopback on the same two cores as everything measured; ${how}. "Everything on" is MAC, chain, ` +
    `sequence, journal, roll-ups, outbox, receipts sent and acknowledged. Peers store the message text only and send nothing ` +
    `back; their rate is until the last record was in the table, for their PUBACK comes before it is.\n\n${texts.join('\n\n')}`;
  if (quick) console.log(text);
  else if (whole) writeSection('Ingest', text);
  else writeBlocks('Ingest', texts.join('\n\n'), `Measured later than the rest, load ${load}.`);
}
