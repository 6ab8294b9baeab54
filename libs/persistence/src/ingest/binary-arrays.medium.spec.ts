// Real: PostgreSQL, which reads the arrays as it reads its own.
import fc from 'fast-check';
import { addDays } from '@app/kernel';
import { TestCity } from '@app/testing';
import { dateArray, int4Array, int8Array, textArray, timestamptzArray } from './binary-arrays.js';

let city: TestCity;
beforeAll(async () => {
  city = await TestCity.create();
});
afterAll(() => city.close());

/** Text without the one character that PostgreSQL cannot hold. */
const text = fc
  .oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme-ascii', maxLength: 80 }))
  .map((value) => value.replaceAll('\0', ''));
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const dates = fc.integer({ min: -800, max: 36_000 }).map((days) => addDays('2000-01-01', days));
const instants = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2100, 0, 1) });

/** What comes back of arrays that were unnested together. */
async function unnested(parameters: readonly Buffer[], types: readonly string[]): Promise<unknown[][]> {
  const names = types.map((_, n) => `c${n}`);
  const rows = await city.database.query<Record<string, unknown>>(
    `SELECT ${names.join()} FROM unnest(${types.map((type, n) => `$${n + 1}::${type}[]`).join()}) AS r (${names.join()})`,
    parameters,
  );
  return rows.map((row) => names.map((name) => row[name]));
}

describe('binary arrays', () => {
  it('come out in PostgreSQL as what went in', async () => {
    const row = fc.tuple(fc.integer(), orNull(fc.maxSafeInteger()), orNull(text), instants, dates);
    await fc.assert(
      fc.asyncProperty(fc.array(row), async (rows) => {
        const parameters = [
          int4Array(rows.map(([number]) => number)),
          int8Array(rows.map(([, big]) => big)),
          textArray(rows.map(([, , words]) => words)),
          timestamptzArray(rows.map(([, , , instant]) => instant)),
          dateArray(rows.map(([, , , , date]) => date)),
        ];
        expect(await unnested(parameters, ['int', 'bigint', 'text', 'timestamptz', 'date'])).toEqual(rows);
      }),
    );
  });

  it.each([
    ['a short text', 'Jl. Bénteng'],
    ['a long text', `${'x'.repeat(60)}é`],
    ['the last of its letters, cut off in the middle', `${'x'.repeat(60)}\u{1f6b2}`],
  ])('see the first character that takes more than a byte, in %s', async (_where, odd) => {
    const texts = ['plain', null, odd, 'plain again', 'y'.repeat(70)];
    expect(await unnested([textArray(texts)], ['text'])).toEqual(texts.map((each) => [each]));
    expect(await unnested([textArray([odd])], ['text'])).toEqual([[odd]]);
  });

  it('refuse a number that would be rounded', () => {
    expect(() => int4Array([2 ** 31])).toThrow(RangeError);
    expect(() => int8Array([2 ** 53])).toThrow(RangeError);
    expect(() => timestamptzArray([Number.NaN])).toThrow(RangeError);
    expect(() => dateArray(['no day'])).toThrow(RangeError);
  });
});
