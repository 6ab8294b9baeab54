// Real: PostgreSQL, which says what came.
import fc from 'fast-check';
import { TestCity } from '@app/testing';
import { openDatabase, type Database } from './database.js';
import { int8Array, textArray } from './ingest/binary-arrays.js';
import type { Parameter } from './prepared-statement.js';

let city: TestCity;
/** One connection, so that each statement finds what the one before it left. */
let database: Database;
beforeAll(async () => {
  city = await TestCity.create();
  database = openDatabase({ url: city.url, poolSizeMax: 1, statementMsMax: 1_000 });
});
afterAll(async () => {
  await database.close();
  await city.close();
});

const echo = (name: string, types: readonly string[], values: readonly Parameter[]) =>
  database.prepared<Record<string, unknown>>(
    name,
    `SELECT ${types.map((type, n) => `$${n + 1}::${type} AS c${n}`).join()}`,
    values,
  );

describe('a prepared statement', () => {
  it('hands over texts, numbers, nothing and binary arrays as they are', async () => {
    // PostgreSQL's text holds no NUL.
    const text = fc.string({ unit: 'binary' }).map((value) => value.replaceAll('\0', ''));
    const row = fc.record({
      words: fc.option(text, { nil: null }),
      number: fc.maxSafeInteger(),
      texts: fc.array(fc.option(text, { nil: null })),
      numbers: fc.array(fc.maxSafeInteger()),
    });
    await fc.assert(
      fc.asyncProperty(row, async ({ words, number, texts, numbers }) => {
        const values = [textArray(texts), words, number, int8Array(numbers)];
        const rows = await echo('echo', ['text[]', 'text', 'bigint', 'bigint[]'], values);
        expect(rows).toEqual([{ c0: texts, c1: words, c2: number, c3: numbers.map(String) }]);
      }),
    );
  });

  it('hands over megabytes, and what is short beside them', async () => {
    const texts = Array.from({ length: 5_000 }, (_, n) => `${n}:${'x'.repeat(n)}`);
    const numbers = Array.from({ length: 10_000 }, (_, n) => n);
    const [row] = await database.prepared<object>(
      'megabytes',
      `SELECT (SELECT sum(octet_length(t)) FROM unnest($1::text[]) AS t) AS bytes,
        (SELECT max(length(t))::text FROM unnest($1::text[]) AS t) AS last, $2 AS word, (SELECT sum(n)::bigint FROM unnest($3::bigint[]) AS n) AS sum, $4::bigint[] AS short, $5::text AS none`,
      [textArray(texts), 'kata', int8Array(numbers), int8Array([7]), null],
    );
    const bytes = texts.reduce((sum, { length }) => sum + length, 0);
    const sum = numbers.reduce((sum, number) => sum + number, 0);
    expect(row).toEqual({ bytes, last: String(texts.at(-1)!.length), word: 'kata', sum, short: ['7'], none: null });
  });

  it('is parsed once a connection', async () => {
    const parsed = () =>
      database.query<{ name: string }>(`SELECT name FROM pg_prepared_statements WHERE name = 'counted'`);
    expect(await parsed()).toEqual([]);
    for (const number of [1, 2, 3]) expect(await echo('counted', ['int'], [number])).toEqual([{ c0: number }]);
    expect(await parsed()).toEqual([{ name: 'counted' }]);
  });

  it.each([
    ['that PostgreSQL cannot read', ['int'], ['no number'], '22P02'],
    ['too few', ['int', 'int'], [1], '08P01'],
  ])('rejects with what PostgreSQL says of parameters %s, and leaves the connection usable', async (...each) => {
    const [name, types, values, code] = each;
    await expect(echo(name, types, values)).rejects.toMatchObject({ code });
    expect(
      await echo(
        name,
        types,
        types.map(() => 7),
      ),
    ).toEqual([Object.fromEntries(types.map((_, n) => [`c${n}`, 7]))]);
  });

  it('rejects when it takes too long, and when the connection breaks, after which a new one is made', async () => {
    await expect(database.prepared('slow', 'SELECT pg_sleep($1)', [5])).rejects.toMatchObject({ code: '57014' });
    const end = database.prepared('end', 'SELECT pg_terminate_backend(pg_backend_pid(), $1)', [0]);
    await expect(end).rejects.toThrow();
    expect(await echo('echo', ['text[]', 'text', 'bigint', 'bigint[]'], [null, 'again', 1, null])).toEqual([
      { c0: null, c1: 'again', c2: 1, c3: null },
    ]);
  });
});
