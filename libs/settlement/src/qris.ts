import { fail, ok, type Result, type Rupiah } from '@app/kernel';
import { crc16 } from './crc16.js';
import { buildTlv, parseTlv, qrisError, type DataObject, type QrisError } from './tlv.js';

/** A merchant account template (tags 26-51): the scheme's identifier in sub-tag 00, then the scheme's own fields. */
export interface QrisMerchantAccount {
  tag: string;
  fields: DataObject[];
}

/** What a QRIS code says. A dynamic code (01=12) is for one order and carries its amount. */
export interface QrisCode {
  dynamic: boolean;
  /** Templates 26-50, in the order of their tags. Tag 51 is `nmid` and `criteria`. */
  accounts: QrisMerchantAccount[];
  /** National merchant id (51.02). Null in codes that carry none. */
  nmid: string | null;
  /** Merchant criteria (51.03: UMI, UKE, UME, UBE, ...). */
  criteria: string | null;
  /** Merchant category code (52), four digits; 7523 is parking. */
  mcc: string;
  /** Whole rupiah (54); null where the payer types it (static codes). */
  amount: Rupiah | null;
  merchantName: string;
  merchantCity: string;
  postalCode: string | null;
  /** Additional data 62.05, at most 25 characters: our order id. */
  reference: string | null;
  /** Additional data 62.07, at most 25 characters: our device id. */
  terminal: string | null;
  /** Every other tag at the top, kept as it stood (tip 55-57, language template 64, ...). */
  other: DataObject[];
}

const NATIONAL_SCHEME = 'ID.CO.QRIS.WWW';
const KNOWN = new Set(['00', '01', '51', '52', '53', '54', '58', '59', '60', '61', '62', '63']);
const utf8 = new TextEncoder();

/** Length limits of EMVCo's table of data objects, in characters. */
const limits: [
  tag: string,
  field: 'merchantName' | 'merchantCity' | 'postalCode' | 'reference' | 'terminal',
  max: number,
][] = [
  ['59', 'merchantName', 25],
  ['60', 'merchantCity', 15],
  ['61', 'postalCode', 10],
  ['62.05', 'reference', 25],
  ['62.07', 'terminal', 25],
];

/**
 * Writes the text of a QRIS code (EMVCo merchant-presented mode, tags in ascending order, CRC last).
 * A dynamic code must have an amount of 1 rupiah or more.
 */
export function buildQris(code: QrisCode): Result<string, QrisError> {
  const fault = checkValues(code);
  if (fault) return fail(fault);
  const objects: DataObject[] = [
    { tag: '00', value: '01' },
    { tag: '01', value: code.dynamic ? '12' : '11' },
    { tag: '52', value: code.mcc },
    { tag: '53', value: '360' },
    { tag: '58', value: 'ID' },
    { tag: '59', value: code.merchantName },
    { tag: '60', value: code.merchantCity },
    ...code.other,
  ];
  if (code.amount !== null) objects.push({ tag: '54', value: String(code.amount) });
  if (code.postalCode !== null) objects.push({ tag: '61', value: code.postalCode });
  const templates: QrisMerchantAccount[] = [...code.accounts];
  if (code.nmid !== null) {
    const fields = [
      { tag: '00', value: NATIONAL_SCHEME },
      { tag: '02', value: code.nmid },
    ];
    if (code.criteria !== null) fields.push({ tag: '03', value: code.criteria });
    templates.push({ tag: '51', fields });
  }
  const additional: DataObject[] = [];
  if (code.reference !== null) additional.push({ tag: '05', value: code.reference });
  if (code.terminal !== null) additional.push({ tag: '07', value: code.terminal });
  if (additional.length > 0) templates.push({ tag: '62', fields: additional });
  for (const { tag, fields } of templates) {
    const value = buildTlv(fields, tag);
    if (!value.ok) return value;
    objects.push({ tag, value: value.value });
  }
  const text = buildTlv(objects.sort((a, b) => (a.tag < b.tag ? -1 : 1)));
  if (!text.ok) return text;
  const upToCrc = `${text.value}6304`;
  return ok(upToCrc + crc16(utf8.encode(upToCrc)));
}

function checkValues(code: QrisCode): QrisError | null {
  if (code.amount !== null && (!Number.isSafeInteger(code.amount) || code.amount < 1 || code.amount > 9_999_999_999)) {
    return qrisError('value', '54', `amount ${code.amount} must be whole rupiah from 1 to 9,999,999,999`);
  }
  if (code.dynamic && code.amount === null) return qrisError('missing', '54', 'a dynamic code must carry its amount');
  if (!/^\d{4}$/.test(code.mcc)) return qrisError('value', '52', 'the merchant category code has four digits');
  for (const [tag, field, max] of limits) {
    if ((code[field] ?? '').length > max) return qrisError('length', tag, `${field} has at most ${max} characters`);
  }
  const strange = code.other.find((object) => KNOWN.has(object.tag) || isAccountTag(object.tag));
  if (strange) return qrisError('tag', strange.tag, 'has a field of its own and cannot stand among the others');
  const misplaced = code.accounts.find((account) => !isAccountTag(account.tag) || account.tag === '51');
  if (misplaced) return qrisError('tag', misplaced.tag, 'a merchant account stands in tags 26 to 50');
  const tags = [...code.other, ...code.accounts].map((object) => object.tag);
  const twice = tags.find((tag, i) => tags.indexOf(tag) !== i);
  return twice ? qrisError('repeated', twice, 'stands twice; a tag may stand once') : null;
}

function isAccountTag(tag: string): boolean {
  return tag >= '26' && tag <= '51';
}

/** Reads a QRIS code: CRC first, then structure, then the values QRIS fixes (00=01, 53=360, 58=ID). */
export function parseQris(text: string): Result<QrisCode, QrisError> {
  const fault = checkCrc(text);
  if (fault) return fail(fault);
  const parsed = parseTlv(text);
  if (!parsed.ok) return parsed;
  const top = new Map(parsed.value.map((object) => [object.tag, object.value]));
  const broken = checkFixed(parsed.value, top);
  if (broken) return fail(broken);
  const amount = parseAmount(top.get('54'));
  if (!amount.ok) return amount;
  const templates = parseTemplates(parsed.value);
  if (!templates.ok) return templates;
  const { accounts, national, additional } = templates.value;
  const dynamic = top.get('01') === '12';
  if (dynamic && amount.value === null) return fail(qrisError('missing', '54', 'a dynamic code must carry its amount'));
  return ok({
    dynamic,
    accounts,
    nmid: national.get('02') ?? null,
    criteria: national.get('03') ?? null,
    mcc: top.get('52')!,
    amount: amount.value,
    merchantName: top.get('59')!,
    merchantCity: top.get('60')!,
    postalCode: top.get('61') ?? null,
    reference: additional.get('05') ?? null,
    terminal: additional.get('07') ?? null,
    other: parsed.value.filter((object) => !KNOWN.has(object.tag) && !isAccountTag(object.tag)),
  });
}

function checkCrc(text: string): QrisError | null {
  if (text.length > 512) return qrisError('length', '', `has ${text.length} characters; a QRIS code has at most 512`);
  // They belong in no code, and PostgreSQL keeps no text with U+0000.
  if (/\p{Cc}/u.test(text)) return qrisError('value', '', 'holds control characters');
  if (!/6304[0-9A-Fa-f]{4}$/.test(text)) {
    return qrisError('crc', '63', 'the code must end in 6304 and four hexadecimal digits');
  }
  const wanted = crc16(utf8.encode(text.slice(0, -4)));
  const got = text.slice(-4).toUpperCase();
  return got === wanted ? null : qrisError('crc', '63', `checksum ${got} should be ${wanted}: the code was altered`);
}

function checkFixed(objects: DataObject[], top: Map<string, string>): QrisError | null {
  if (objects[0]?.tag !== '00' || objects[0].value !== '01') {
    return qrisError('value', '00', 'the code must begin with payload format 01');
  }
  if (objects.at(-1)?.tag !== '63') return qrisError('crc', '63', 'the checksum must be the last data object');
  for (const tag of ['52', '59', '60']) if (!top.has(tag)) return qrisError('missing', tag, 'is missing');
  const method = top.get('01') ?? '11';
  if (method !== '11' && method !== '12') return qrisError('value', '01', `is ${method}; 11 (static) or 12 (dynamic)`);
  if (top.get('53') !== '360') return qrisError('value', '53', 'currency must be 360 (rupiah)');
  if (top.get('58') !== 'ID') return qrisError('value', '58', 'country must be ID');
  if (!/^\d{4}$/.test(top.get('52')!)) return qrisError('value', '52', 'the merchant category code has four digits');
  return null;
}

function parseAmount(value: string | undefined): Result<Rupiah | null, QrisError> {
  if (value === undefined) return ok(null);
  const match = /^(\d{1,10})(?:\.(\d{1,2}))?$/.exec(value);
  if (!match || Number(match[1]) < 1) return fail(qrisError('value', '54', `amount ${value} is not a sum of rupiah`));
  if (Number(match[2] ?? 0) !== 0) return fail(qrisError('value', '54', `amount ${value} has sen; whole rupiah only`));
  return ok(Number(match[1]));
}

interface Templates {
  accounts: QrisMerchantAccount[];
  national: Map<string, string>;
  additional: Map<string, string>;
}

function parseTemplates(objects: DataObject[]): Result<Templates, QrisError> {
  const found: Templates = { accounts: [], national: new Map(), additional: new Map() };
  for (const { tag, value } of objects) {
    if (!isAccountTag(tag) && tag !== '62') continue;
    const fields = parseTlv(value, tag);
    if (!fields.ok) return fields;
    const map = new Map(fields.value.map((field) => [field.tag, field.value]));
    if (tag === '62') found.additional = map;
    else if (tag === '51') found.national = map;
    else found.accounts.push({ tag, fields: fields.value });
  }
  return ok(found);
}
