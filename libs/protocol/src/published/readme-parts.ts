import * as limits from '../limits.js';
import { expectation, type Facts } from '../schema-fault.js';
import { BODY_SCHEMAS } from '../schemas/bodies.js';
import { CHANNELS, TOPIC_PREFIX, type Channel } from '../topics.js';
import { FLAGS, QUARANTINE_CODES, RECORD_TYPES, VEHICLE_CLASSES } from '../vocabulary.js';
import type { VectorRecord } from './test-vectors.js';

/** The parts of docs/protocol/README.md that are made from the code, by the name of their marks. */

interface ObjectFacts extends Facts {
  readonly required?: readonly string[];
  readonly description?: string;
  readonly properties?: Record<string, ObjectFacts>;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** The fields of an object; of one that has a field for each vehicle class, one stands for all. */
function fieldsOf({ properties = {} }: ObjectFacts): [string, ObjectFacts][] {
  const perClass = VEHICLE_CLASSES.every((name) => name in properties);
  return perClass ? [['{vehicleClass}', properties[VEHICLE_CLASSES[0]]!]] : Object.entries(properties);
}

/** A row for each field of an object, the fields of objects inside it under their dotted names. */
function fieldRows(schema: ObjectFacts, prefix: string): string[][] {
  return fieldsOf(schema).flatMap(([name, facts]) => {
    const needed = schema.required?.includes(name) ? 'yes' : '';
    const kind = facts.format === 'date-time' ? 'an instant' : expectation(facts);
    const row = [`\`${prefix}${name}\``, needed, kind, facts.description ?? ''];
    return [row, ...fieldRows(facts, `${prefix}${name}.`)];
  });
}

function recordTables(): string {
  return RECORD_TYPES.map((type) => {
    const rows = fieldRows(BODY_SCHEMAS[type] as ObjectFacts, '');
    return `#### \`${type}\`\n\n${table(['field of `body`', 'required', 'must be', 'what'], rows)}`;
  }).join('\n\n');
}

function topicTable(): string {
  const rows = (Object.keys(CHANNELS) as Channel[]).map((channel) => {
    const { direction, qos, retained } = CHANNELS[channel];
    const who = direction === 'up' ? 'terminal → gateway' : 'gateway → terminal';
    return [`\`${channel}\``, who, qos.join(' or '), retained ? 'yes' : '', `[schema](schemas/${channel}.json)`];
  });
  return table([`under \`${TOPIC_PREFIX}/{deviceId}/\``, 'direction', 'QoS', 'retained', 'messages'], rows);
}

const LIMITS: readonly [keyof typeof limits, string][] = [
  ['PAYLOAD_BYTES_MAX', 'bytes of a payload; more is quarantined whole as `too-large`'],
  ['QUARANTINE_BYTES_MAX', 'bytes of a payload; more closes the connection'],
  ['BATCH_RECORDS_MAX', 'records in one journal message; more is `too-large`'],
  ['NESTING_DEPTH_MAX', 'levels of objects and arrays, the record itself being the first'],
  ['INTEGER_MAX', 'magnitude of any number, in unknown fields too; every number is an integer'],
  ['AMOUNT_RUPIAH_MAX', 'rupiah of one fee'],
  ['CASH_SUM_RUPIAH_MAX', 'rupiah of a sum of cash'],
  ['IDENTIFIER_CHARS_MAX', 'characters of an identifier or code'],
  ['REASON_CHARS_MAX', 'characters of a reason or a message to a person'],
  ['MISSING_RANGES_MAX', 'ranges told in `missing` of a receipt'],
  ['RECEIPTS_QUEUED_MAX', 'receipts kept for an absent persistent session'],
  ['UNACKNOWLEDGED_PUBLISHES_MIN', 'unacknowledged publishes that the gateway bears on a connection, at least'],
];

function limitTable(): string {
  return table(
    ['at most', 'of'],
    LIMITS.map(([name, what]) => [limits[name].toLocaleString('en'), what]),
  );
}

function vectorText(records: readonly VectorRecord[]): string {
  return records
    .map(({ what, sent, canonical, mac, of }, index) =>
      [
        `**Record ${index + 1}**: ${what}. As it is published:`,
        `\`\`\`json\n${sent}\n\`\`\``,
        'What the MAC is computed over:',
        `\`\`\`text\n${canonical}\n\`\`\``,
        `\`mac\` \`${mac}\`; its receipt's \`of\` \`${of}\`.`,
      ].join('\n\n'),
    )
    .join('\n\n');
}

const list = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(' ');

export type ReadmePart = 'topics' | 'limits' | 'records' | 'vectors' | 'codes' | 'flags';

/** The generated parts of the README, Markdown by name. */
export function readmeParts(vectors: readonly VectorRecord[]): Record<ReadmePart, string> {
  return {
    topics: topicTable(),
    limits: limitTable(),
    records: recordTables(),
    vectors: vectorText(vectors),
    codes: list(QUARANTINE_CODES),
    flags: list(FLAGS),
  };
}

/**
 * Puts the generated parts between their marks, `<!-- made from code: NAME -->` and `<!-- end of NAME -->`.
 * Throws when a mark is absent, so that no part is silently lost.
 */
export function fillReadme(readme: string, parts: Record<string, string>): string {
  let text = readme;
  for (const [name, part] of Object.entries(parts)) {
    const begin = `<!-- made from code: ${name} -->`;
    const end = `<!-- end of ${name} -->`;
    const from = text.indexOf(begin);
    const to = text.indexOf(end);
    if (from < 0 || to < from) throw new Error(`docs/protocol/README.md needs the marks ${begin} and ${end}`);
    text = `${text.slice(0, from)}${begin}\n${part}\n${text.slice(to)}`;
  }
  return text;
}
