import { businessDateOf, isBusinessDate, type BusinessDate, type Rupiah } from '@app/kernel';
import { parseSnapInstant } from './snap-request.js';

/** One field of one line is wrong: which, why, and what to write instead. */
export interface RowError {
  line: number;
  /** Column name; `''` when the whole line is wrong. */
  field: string;
  code: 'missing' | 'format' | 'decimal-comma' | 'negative' | 'sen' | 'too-long' | 'columns' | 'conflict';
  message: string;
}

/** Thrown inside a line and caught by the file reader, which turns it into a RowError with the line number. */
export class FieldFault extends Error {
  constructor(
    readonly code: RowError['code'],
    readonly field: string,
    message: string,
  ) {
    super(message);
  }
}

const SUM_DIGITS_MAX = 13;

/** Reads the fields of one line by column name; every method throws FieldFault with a remedy. */
export class FieldReader {
  constructor(
    private readonly columns: ReadonlyMap<string, number>,
    private readonly values: readonly string[],
  ) {}

  /** Text of 1 to `max` characters. */
  text(field: string, max = 64): string {
    const value = this.optional(field, max);
    if (value === null) throw new FieldFault('missing', field, 'is empty; it must be filled');
    return value;
  }

  /** Text of at most `max` characters, null when empty or when the file has no such column. */
  optional(field: string, max = 64): string | null {
    const index = this.columns.get(field);
    const value = index === undefined ? '' : (this.values[index] ?? '').trim();
    if (value.length > max) throw new FieldFault('too-long', field, `has ${value.length} characters; at most ${max}`);
    if (hasControlCharacter(value)) {
      throw new FieldFault('format', field, 'holds a control character; remove it');
    }
    return value === '' ? null : value;
  }

  oneOf<T extends string>(field: string, allowed: readonly T[]): T {
    const value = this.text(field);
    const found = allowed.find((item) => item === value);
    if (!found) throw new FieldFault('format', field, `"${clip(value)}" is not known; one of ${allowed.join(', ')}`);
    return found;
  }

  /** Whole rupiah, `4000` or `4000.00`. */
  rupiah(field: string): Rupiah {
    return this.whole(field, this.decimalSen(field));
  }

  /** A sum with at most two decimals, in sen (1/100 rupiah). */
  decimalSen(field: string): number {
    const value = this.sum(field);
    const match = /^(\d+)(?:\.(\d{1,2}))?$/.exec(value);
    if (!match || match[1]!.length > SUM_DIGITS_MAX) throw this.badSum(field, value, '4000 or 4000.00');
    return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  }

  /** A sum written as a whole number of sen (1/100 rupiah): `400000` is Rp4,000. */
  sen(field: string): number {
    const value = this.sum(field);
    if (!/^\d+$/.test(value) || value.length > SUM_DIGITS_MAX + 2)
      throw this.badSum(field, value, '400000 for Rp4,000');
    return Number(value);
  }

  /** Turns sen into rupiah; the sen must be 00. */
  whole(field: string, sen: number): Rupiah {
    if (sen % 100 !== 0) throw new FieldFault('sen', field, `has ${sen % 100} sen; a payment is whole rupiah`);
    return sen / 100;
  }

  /** An instant in ISO 8601 with offset, as ms. */
  instant(field: string): number {
    const value = this.text(field);
    const ms = parseSnapInstant(value);
    if (ms === null || !isBusinessDate(businessDateOf(ms))) {
      throw new FieldFault('format', field, `"${clip(value)}" is no instant; write 2026-11-21T09:15:02+07:00`);
    }
    return ms;
  }

  date(field: string): BusinessDate {
    const value = this.text(field);
    if (!isBusinessDate(value)) throw new FieldFault('format', field, `"${clip(value)}" is no day; write 2026-11-21`);
    return value;
  }

  private sum(field: string): string {
    const value = this.text(field);
    if (value.includes(',')) {
      throw new FieldFault(
        'decimal-comma',
        field,
        `"${clip(value)}" has a comma; write 4000 or 4000.00, no separators`,
      );
    }
    if (/^[-(−]/.test(value)) {
      throw new FieldFault(
        'negative',
        field,
        `"${clip(value)}" is negative; sums are positive, the type says which way`,
      );
    }
    return value;
  }

  private badSum(field: string, value: string, example: string): FieldFault {
    return new FieldFault('format', field, `"${clip(value)}" is no sum; write ${example}, no separators`);
  }
}

function hasControlCharacter(value: string): boolean {
  for (let i = 0; i < value.length; i++) if (value.charCodeAt(i) < 0x20 || value.charCodeAt(i) === 0x7f) return true;
  return false;
}

function clip(value: string): string {
  return value.length > 40 ? `${value.slice(0, 40)}…` : value;
}
