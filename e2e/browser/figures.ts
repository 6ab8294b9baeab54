import { openDatabase } from '@app/persistence';
import { eventually } from '@app/testing';
import type { KnownPoint } from './city.js';
import type { Stage } from './stage.js';
import type { Visitor } from './visitor.js';
import { integer, rupiah, words } from './words.js';

/** How long a test may take on a busy machine, ms. */
const PATIENCE_MS = 600_000;

/** Cash of the days whose slip has its credit note, and what acquirers paid into the treasury's account for them. */
const DEPOSITED = /* sql */ `
SELECT (SELECT coalesce(sum(CASE WHEN b.amount >= s.amount THEN h.amount ELSE h.amount * b.amount / s.amount END), 0)
          FROM hand_overs h JOIN deposit_slips s ON s.number = h.slip JOIN credit_notes c ON c.slip = s.number
          JOIN bank_entries b ON b.key = c.bank_key WHERE h.business_date BETWEEN $1 AND $2)
     + (SELECT coalesce(sum(CASE kind WHEN 'payment' THEN amount ELSE -amount END), 0) FROM settlement_rows r
         WHERE (transaction_at AT TIME ZONE 'Asia/Jakarta')::date BETWEEN $1 AND $2
           AND (coalesce(nmid, mid) IS NULL OR coalesce(nmid, mid) IN (SELECT id FROM payees))
           AND (EXISTS (SELECT FROM slip_batches s JOIN credit_notes n USING (slip)
                         WHERE s.acquirer = r.acquirer AND s.batch_id = r.batch_id)
             OR EXISTS (SELECT FROM payout_matches m WHERE m.acquirer = r.acquirer AND r.batch_id = ANY(m.batches)
                  AND NOT EXISTS (SELECT FROM unnest(m.credits) AS c (key) JOIN bank_entries e USING (key)
                    JOIN bank_accounts a USING (account) WHERE a.kind <> 'treasury')))) AS rupiah`;

/** What attendants declared, less their float, as their terminals sent it; by the day on which the shift was opened. */
const DECLARED = /* sql */ `
SELECT coalesce(sum((c.record::jsonb #>> '{body,cashDeclared}')::bigint
                    - coalesce((o.record::jsonb #>> '{body,float}')::bigint, 0)), 0) AS rupiah
  FROM journal_records c LEFT JOIN journal_records o ON o.type = 'shift-open' AND o.device_no = c.device_no
   AND o.record::jsonb #>> '{body,shift}' = c.record::jsonb #>> '{body,shift}'
 WHERE c.type = 'shift-close' AND c.body_fault IS NULL AND coalesce(o.business_date, c.business_date) BETWEEN $1 AND $2`;

/** What collectors counted at meters. */
const COLLECTED = /* sql */ `
SELECT coalesce(sum((record::jsonb #>> '{body,cashCounted}')::bigint), 0) AS rupiah FROM journal_records
 WHERE type = 'collection' AND body_fault IS NULL AND business_date BETWEEN $1 AND $2`;

/** What acquirers settled to our own merchants, refunds taken off, by the day of the payment. */
const SETTLED_CASHLESS = /* sql */ `
SELECT coalesce(sum(CASE kind WHEN 'payment' THEN amount ELSE -amount END), 0) AS rupiah FROM settlement_rows
 WHERE (transaction_at AT TIME ZONE 'Asia/Jakarta')::date BETWEEN $1 AND $2
   AND (coalesce(nmid, mid) IS NULL OR coalesce(nmid, mid) IN (SELECT id FROM payees))`;

const RECORDED = /* sql */ `
SELECT coalesce(sum(r.amount), 0) AS rupiah FROM journal_records r
 WHERE r.type = 'payment' AND r.body_fault IS NULL AND r.business_date BETWEEN $1 AND $2
   AND NOT EXISTS (SELECT FROM voids v WHERE (v.device_no, v.epoch, v.seq) = (r.device_no, r.epoch, r.seq))`;

const SETTLED_ORDERS = `SELECT coalesce(sum(amount), 0) AS rupiah FROM settlement_rows WHERE kind = 'payment' AND order_id = ANY($1)`;

const OPEN_CASES = `SELECT count(*) AS rupiah FROM cases WHERE state <> 'resolved'`;

/** What people read is what the API says, and what lies in the database under it. */
export function testsOfFigures({ city, visit }: Stage): void {
  const language = 'id';
  let officer: Visitor;
  const period = (): string => `from=${city().from}&to=${city().to}`;
  const money = (amount: number | null): string => rupiah(amount, language);

  test(
    'on the screen are those of the API, all along: Today, the points with their sums, a point, exceptions, shifts',
    async () => {
      officer = await visit('rina', { language, path: `/?${period()}` });
      await today();
      await points();
      await point(city().own);
      await exceptions();
    },
    PATIENCE_MS,
  );

  async function today(): Promise<void> {
    const { total } = await city().admin.get(`/waterfall?${period()}&groupBy=day`);
    const labels = {
      potential: 'Potensi',
      recorded: 'Tercatat',
      settled: 'Terselesaikan',
      deposited: 'Disetor',
      unrecorded: 'Tidak tercatat',
      unsettled: 'Belum diselesaikan',
      undeposited: 'Belum disetor',
    };
    for (const [key, label] of Object.entries(labels)) {
      const { exact } = await officer.figure(label);
      expect({ key, exact }).toEqual({ key, exact: total[key] });
    }
    const open = (await city().admin.get('/cases?state=unresolved&limit=1')).total as number;
    const { text } = await officer.figure(words[language].openCases);
    expect(text).toBe(integer(open, language));
  }

  async function points(): Promise<void> {
    await officer.go(`/points?${period()}&limit=1000`);
    const { rows } = await city().admin.get(`/points-overview?${period()}&limit=1000`);
    const shown = await officer.rows('Titik parkir');
    const sums = await city().admin.get(`/points-overview/sums?${period()}`);
    for (const key of ['potential', 'recorded', 'settled', 'deposited', 'unrecorded'])
      expect(await officer.page.locator(`[data-sum=${key}]`).innerText()).toBe(money(sums[key]));
    // A long list is drawn as far as it is seen.
    expect(Object.keys(shown).length).toBeGreaterThan(20);
    for (const row of (rows as Record<string, never>[]).filter((each) => each['code']! in shown))
      expect(shown[row['code']!]).toMatchObject({
        code: row['code'],
        name: row['name'],
        count: integer(row['count']!, language),
        ...Object.fromEntries(
          ['potential', 'recorded', 'settled', 'deposited', 'unrecorded'].map((key) => [key, money(row[key]!)]),
        ),
      });
  }

  async function point({ code, recorded }: KnownPoint): Promise<void> {
    await officer.go(`/points/${code}?${period()}`);
    const { exact } = await officer.figure('Tercatat');
    expect(exact).toBe(recorded);
    const { rows } = await city().admin.get(`/income?${period()}&point=${code}&groupBy=method`);
    const text = await officer.page.locator('main').innerText();
    for (const { amount } of rows as { amount: number }[]) expect(text).toContain(money(amount));
  }

  async function exceptions(): Promise<void> {
    await officer.go('/money/exceptions');
    const { rows } = await city().admin.get('/exceptions?limit=50');
    const shown = await officer.rows('Pengecualian');
    expect(Object.keys(shown).sort()).toEqual((rows as { id: string }[]).map(({ id }) => id).sort());
    for (const { id, amount } of rows as { id: string; amount: number | null }[])
      expect(shown[id]!['amount']).toBe(money(amount));
  }

  test(
    'on the screen are those of the database: recorded, settled, deposited, shifts, open cases, settled at a point',
    async () => {
      const { from, to, own, system } = city();
      const database = openDatabase({ url: system.databaseUrl, poolSizeMax: 1 });
      const sum = async (text: string, values: unknown[]): Promise<number> =>
        Number((await database.query<{ rupiah: string }>(text, values))[0]!.rupiah);
      try {
        officer = await visit('rina', { language, path: `/?${period()}` });
        const shown = async (label: string): Promise<number | null> => (await officer.figure(label)).exact;
        const deposited = await sum(DEPOSITED, [from, to]);
        expect(deposited).toBeGreaterThan(0);
        expect(await shown('Disetor')).toBe(deposited);
        expect(await shown('Tercatat')).toBe(await sum(RECORDED, [from, to]));
        const declared = await sum(DECLARED, [from, to]);
        expect(declared).toBeGreaterThan(0);
        const settled = declared + (await sum(COLLECTED, [from, to])) + (await sum(SETTLED_CASHLESS, [from, to]));
        expect(await shown('Terselesaikan')).toBe(settled);
        // The worker looks at cases each minute; the figure follows live.
        await eventually(async () => {
          const open = integer(await sum(OPEN_CASES, []), language);
          expect((await officer.figure(words[language].openCases)).text).toBe(open);
        });

        await officer.go(`/money/shifts?${period()}`);
        expect(await officer.page.locator('[data-sum=countedAmount]').innerText()).toBe(money(declared));

        await officer.go(`/points/${own.code}?${period()}`);
        const orders = own.qris.map(({ orderId }) => orderId);
        expect(await shown('Terselesaikan')).toBe(await sum(SETTLED_ORDERS, [orders]));
      } finally {
        await database.close();
      }
    },
    PATIENCE_MS,
  );

  test('of the API are those of the journal itself', async () => {
    const database = openDatabase({ url: city().system.databaseUrl, poolSizeMax: 1 });
    try {
      const recorded = await database.query<{ code: string; amount: string }>(
        `SELECT p.code, sum(r.amount) AS amount FROM journal_records r JOIN points p ON p.id = r.point_id
          WHERE r.type = 'payment' AND r.body_fault IS NULL AND r.business_date BETWEEN $1 AND $2
            AND NOT EXISTS (SELECT FROM voids v WHERE (v.device_no, v.epoch, v.seq) = (r.device_no, r.epoch, r.seq))
          GROUP BY p.code`,
        [city().from, city().to],
      );
      const query = `/points-overview?from=${city().from}&to=${city().to}&limit=1000`;
      const { rows } = (await city().admin.get(query)) as { rows: { code: string; recorded: number }[] };
      const told = rows.filter((row) => row.recorded > 0).map((row) => [row.code, row.recorded]);
      expect(told.sort()).toEqual(recorded.map(({ code, amount }) => [code, Number(amount)]).sort());
      for (const known of [city().own, city().foreign]) expect(told).toContainEqual([known.code, known.recorded]);
    } finally {
      await database.close();
    }
  });
}
