import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { repository } from '../run.js';

const FILE = join(repository, 'docs', 'BENCHMARKS.md');
/** Puts a part's section in the place of its last one. @param {string} title @param {string} text Markdown */
export function writeSection(title, text) {
  const old = readFileSync(FILE, 'utf8');
  const sections = new Map(
    old
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf('\n')), section.slice(section.indexOf('\n') + 1).trim()]),
  );
  sections.set(title, `${machine()}\n\n${text.trim()}`);
  const body = [...sections].map(([name, content]) => `\n## ${name}\n${content}\n`).join('');
  writeFileSync(FILE, `${old.slice(0, old.indexOf('\n## ')).trim()}\n${body}`);
  console.log(`\n## ${title}\n${text}`);
}

function machine() {
  const [first] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const day = new Date().toISOString().slice(0, 10);
  return `*${day}; ${cpus().length} cores of ${first?.model.trim()}, ${memory} GiB, Node ${process.versions.node}, Linux.*`;
}

/** @param {string[]} head @param {(string | number)[][]} rows */
export function table(head, rows) {
  const line = (/** @type {(string | number)[]} */ cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** @param {number[]} values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Median with the lowest and highest. @param {number[]} values @param {number} [digits] */
export function spread(values, digits = 0) {
  const text = (/** @type {number} */ value) =>
    value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return values.length > 1
    ? `${text(median(values))} (${text(Math.min(...values))}-${text(Math.max(...values))})`
    : text(median(values));
}
