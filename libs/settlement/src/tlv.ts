import { fail, ok, type Result } from '@app/kernel';

/** One data object of an EMVCo QR: two-digit tag, value (its two-digit length is counted, never stored). */
export interface DataObject {
  tag: string;
  value: string;
}

/** What is wrong with a QR text, and where: `tag` is the path of the data object, e.g. `54` or `62.05`. */
export interface QrisError {
  code: 'length' | 'tag' | 'crc' | 'missing' | 'repeated' | 'value';
  tag: string;
  message: string;
}

export function qrisError(code: QrisError['code'], tag: string, message: string): QrisError {
  return { code, tag, message: `QRIS tag ${tag || '(top)'}: ${message}` };
}

/**
 * Splits a QR text into its data objects. Lengths count characters (Unicode code points), as EMVCo counts them;
 * in the printable ASCII that QRIS uses a character is a byte. Nothing may be left over, no tag may be repeated.
 * @param path the tag of the template this text is the value of, `''` for the whole code
 */
export function parseTlv(text: string, path = ''): Result<DataObject[], QrisError> {
  const characters = Array.from(text);
  const objects: DataObject[] = [];
  const seen = new Set<string>();
  for (let at = 0; at < characters.length;) {
    const head = characters.slice(at, at + 4).join('');
    const where = path ? `${path}.${head.slice(0, 2)}` : head.slice(0, 2);
    if (!/^\d{4}$/.test(head)) {
      return fail(qrisError('tag', where, `at character ${at} a two-digit tag and a two-digit length must stand`));
    }
    const length = Number(head.slice(2));
    if (at + 4 + length > characters.length) {
      const left = characters.length - at - 4;
      return fail(qrisError('length', where, `says ${length} characters, but only ${left} are left`));
    }
    const tag = head.slice(0, 2);
    if (seen.has(tag)) return fail(qrisError('repeated', where, 'stands twice; a tag may stand once'));
    seen.add(tag);
    objects.push({ tag, value: characters.slice(at + 4, at + 4 + length).join('') });
    at += 4 + length;
  }
  return ok(objects);
}

/**
 * Writes data objects in the given order.
 * Refuses a value of no or more than 99 characters, and one outside printable ASCII (its length would be ambiguous).
 */
export function buildTlv(objects: readonly DataObject[], path = ''): Result<string, QrisError> {
  let text = '';
  for (const { tag, value } of objects) {
    const where = path ? `${path}.${tag}` : tag;
    if (!/^\d{2}$/.test(tag)) return fail(qrisError('tag', where, 'a tag has two digits'));
    if (value.length < 1 || value.length > 99) {
      return fail(qrisError('length', where, `has ${value.length} characters; 1 to 99 are allowed`));
    }
    if (!/^[\x20-\x7e]*$/.test(value)) {
      return fail(qrisError('value', where, 'only printable ASCII is allowed; write the name without accents'));
    }
    text += tag + String(value.length).padStart(2, '0') + value;
  }
  return ok(text);
}
