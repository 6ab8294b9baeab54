import type { FastifyInstance } from 'fastify';
import type { ErrorBody } from '../http/errors.dto.js';
import { edge } from './edge.js';
import { files } from './files.js';
import { money } from './money.js';
import { registry } from './registry.js';

/**
 * Refusals in Indonesian. Whoever refuses says so in English, in one place; here each sentence is found again by its
 * form, `{1}` standing for what was filled in. A test reads the sources and asks for every sentence.
 */
const sentences: Readonly<Record<string, string>> = { ...edge, ...files, ...registry, ...money };

/** What is filled in where it is a word of the system and no name. */
export const words: Readonly<Record<string, string>> = {
  acquirer: 'penyelenggara',
  alarm: 'alarm',
  assignment: 'penugasan',
  'assignment to this point': 'penugasan di titik ini',
  attachment: 'lampiran',
  attendant: 'juru parkir',
  'bank statement': 'rekening koran',
  'calendar event': 'peristiwa',
  case: 'kasus',
  contract: 'kontrak',
  'deposit slip': 'STS',
  device: 'perangkat',
  'field count': 'hitungan lapangan',
  'field count plan': 'rencana hitungan',
  'free zone': 'zona bebas',
  holiday: 'hari libur',
  issued: 'beredar',
  note: 'catatan',
  operator: 'pengelola',
  point: 'titik',
  'quarantine entry': 'catatan karantina',
  record: 'catatan',
  returned: 'dikembalikan',
  'saved view': 'tampilan tersimpan',
  session: 'sesi',
  'settlement file': 'berkas penyelesaian',
  statement: 'laporan',
  subscription: 'langganan',
  tariff: 'tarif',
  'tariff of this class and scope': 'tarif untuk jenis dan cakupan ini',
  'ticket range': 'rentang karcis',
  timetable: 'jam buka',
  user: 'pengguna',
  voided: 'dibatalkan',
};

interface Form {
  readonly pattern: RegExp;
  readonly places: readonly string[];
  readonly indonesian: string;
}

const PLACE = /\{(\d)\}/g;
/** A refusal may carry another one, as that of a file carries that of its first line. */
const DEPTH_MAX = 3;

function formOf([english, indonesian]: [string, string]): Form {
  const parts = english.replace(/\.$/, '').split(/\{\d\}/);
  const places = [...english.matchAll(PLACE)].map(([, place]) => place!);
  const pattern = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('(.*?)');
  return { pattern: new RegExp(`^${pattern}(\\.?)$`, 's'), places, indonesian: indonesian.replace(/\.$/, '') };
}

/** The most is said by the form with the most words of its own: that one is tried first. */
const forms = Object.entries(sentences)
  .sort(([one], [other]) => other.replace(PLACE, '').length - one.replace(PLACE, '').length)
  .map(formOf);

/** The sentence in Indonesian; as it is where it has no form here. */
export function inIndonesian(sentence: string, depth = 0): string {
  const word = words[sentence];
  if (word !== undefined) return word;
  if (depth > DEPTH_MAX) return sentence;
  for (const { pattern, places, indonesian } of forms) {
    const found = pattern.exec(sentence);
    if (!found) continue;
    const filled = new Map(places.map((place, n) => [place, inIndonesian(found[n + 1]!, depth + 1)]));
    return indonesian.replace(PLACE, (_, place: string) => filled.get(place) ?? '') + found.at(-1)!;
  }
  return sentence;
}

/** Whether the asker reads Indonesian before English. */
export function readsIndonesian(acceptLanguage: string | undefined): boolean {
  return /^\s*(id|in)\b/i.test(acceptLanguage ?? '');
}

/** Lists of an answer that may tell what is wrong in the lines of a file. */
const FAULTS = ['faults', 'firstErrors', 'rows'] as const;

type Told = Readonly<Record<string, unknown>>;
const isTold = (value: unknown): value is Told => typeof value === 'object' && value !== null;

/** What is wrong in a line of a file, or why a file was refused as a whole. */
function worded(told: unknown): unknown {
  if (!isTold(told)) return told;
  const { message, refusal } = told;
  if ('line' in told && typeof message === 'string') return { ...told, message: inIndonesian(message) };
  return typeof refusal === 'string' ? { ...told, refusal: inIndonesian(refusal) } : told;
}

/** An answer, with what it says is wrong in files and their lines in Indonesian. */
export function faultsInIndonesian<T>(answer: T): T {
  const told = worded(answer);
  if (!isTold(told)) return answer;
  const lists = FAULTS.flatMap((name) => {
    const rows = told[name];
    if (!Array.isArray(rows)) return [];
    const said = rows.map(worded);
    return said.some((row, n) => row !== rows[n]) ? [[name, said] as const] : [];
  });
  return (lists.length === 0 ? told : { ...told, ...Object.fromEntries(lists) }) as T;
}

/** Words what successful answers tell of the lines of a file; refusals are worded where they are written. */
export function wordFaults(fastify: FastifyInstance): void {
  fastify.addHook('preSerialization', async ({ headers }, _reply, payload: unknown) =>
    readsIndonesian(headers['accept-language']) ? faultsInIndonesian(payload) : payload,
  );
}

/** What went wrong, for somebody who reads Indonesian. */
export function errorInIndonesian(body: ErrorBody): ErrorBody {
  const { message, remedy } = body;
  return {
    ...faultsInIndonesian(body),
    message: inIndonesian(message),
    ...(remedy !== undefined && { remedy: inIndonesian(remedy) }),
  };
}
