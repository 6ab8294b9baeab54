import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { PlainError } from '../plain-error.js';
import { repository } from '../run.js';

const FILE = join(repository, 'docs', 'BENCHMARKS.md');

/** Puts a part's section in the place of its last one. @param {string} title @param {string} text Markdown */
export function writeSection(title, text) {
  changeSection(title, () => `${machine()}\n\n${text.trim()}`);
  console.log(`\n## ${title}\n${text}`);
}

/**
 * Puts each block (`### ...`) of a text in the place of the one of its name in a section, and says below its heading when and
 * how it was measured; the other blocks stay.
 * @param {string} title @param {string} text @param {string} how
 */
export function writeBlocks(title, text, how) {
  const blocksOf = (/** @type {string} */ from) =>
    from.split(/^(?=### )/m).map((block) => /** @type {[string, string]} */ ([block.split('\n')[0], block.trim()]));
  changeSection(title, (old) => {
    const blocks = new Map(blocksOf(old));
    for (const [head, block] of blocksOf(text.trim()))
      blocks.set(head, `${head}\n${machine()} ${how}\n\n${block.slice(head.length).trim()}`);
    return [...blocks.values()].join('\n\n').trim();
  });
  console.log(text);
}

/** @param {string} title @param {(old: string) => string} contentOf told what the section holds, nothing when it is new */
function changeSection(title, contentOf) {
  const old = readFileSync(FILE, 'utf8');
  const sections = new Map(
    old
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf('\n')), section.slice(section.indexOf('\n') + 1).trim()]),
  );
  sections.set(title, contentOf(sections.get(title) ?? ''));
  const body = [...sections].map(([name, content]) => `\n## ${name}\n${content}\n`).join('');
  writeFileSync(FILE, `${old.slice(0, old.indexOf('\n## ')).trim()}\n${body}`);
}

function machine() {
  const [first] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const day = new Date().toISOString().slice(0, 10);
  return `*${day}; ${cpus().length} cores of ${first?.model.trim()}, ${memory} GiB, Node ${process.versions.node}, Linux.*`;
}

/**
 * A figure that another command wrote: the first number of a cell.
 * @param {string} section @param {string} row how its first cell begins @param {string} column
 * @returns {number}
 */
export function figureOf(section, row, column) {
  const text =
    readFileSync(FILE, 'utf8')
      .split(/^## /m)
      .find((each) => each.startsWith(`${section}\n`)) ?? '';
  /** @type {string[]} */
  let head = [];
  for (const line of text.split('\n')) {
    const cells = line.startsWith('|')
      ? line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim())
      : [];
    if (cells.length === 0) head = [];
    else if (head.length === 0) head = cells;
    const found = head.includes(column) && cells[0]?.startsWith(row) ? cells[head.indexOf(column)] : undefined;
    const number = /[\d,.]*\d/.exec(found ?? '')?.[0];
    if (head !== cells && number !== undefined) return Number(number.replaceAll(',', ''));
  }
  throw new PlainError(
    `docs/BENCHMARKS.md has no ${JSON.stringify(column)} of ${JSON.stringify(row)} under ${section} yet.`,
  );
}

/**
 * Puts text between two marks of a document: `<!-- <name>: begin -->` and `<!-- <name>: end -->`.
 * @param {string} file @param {string} name @param {string} text
 */
export function writeBetween(file, name, text) {
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const old = readFileSync(file, 'utf8');
  if (!old.includes(begin) || !old.includes(end)) throw new PlainError(`${file} has no marks ${begin} and ${end}.`);
  writeFileSync(
    file,
    `${old.slice(0, old.indexOf(begin) + begin.length)}\n${text.trim()}\n${old.slice(old.indexOf(end))}`,
  );
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
