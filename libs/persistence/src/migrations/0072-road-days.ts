import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a point's business day brought and how far that came, in one row: the pages ask it of a whole year. Kept by
 * triggers, which only ever add: two gateways that count the same point never wait for each other, and the worker folds
 * what was added into the totals.
 */
export class RoadDays1700000000072 implements MigrationInterface {
  name = 'RoadDays1700000000072';

  async up(runner: QueryRunner): Promise<void> {
    // The triggers first: they lock out writers, so that nothing falls between them and the filling.
    for (const sql of [TABLES, ...Object.entries(SOURCES).map(([table, rows]) => KEPT(table, rows)), FILLED, VIEW])
      await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

const SUMS = ['count', 'recorded', 'cash', 'cashless', 'settled', 'deposited', 'known', 'low', 'mid', 'high'] as const;
const COLUMNS = SUMS.map((name) => `${name} bigint NOT NULL DEFAULT 0`).join(', ');
const NAMES = SUMS.join(', ');
const SUMMED = SUMS.map((name) => `sum(${name})::bigint AS ${name}`).join(', ');

const TABLES = /* sql */ `
CREATE TABLE road_totals (business_date date NOT NULL, point_id integer NOT NULL, ${COLUMNS},
  PRIMARY KEY (business_date, point_id)) WITH (fillfactor = 80);
CREATE TABLE road_changes (business_date date NOT NULL, point_id integer NOT NULL, ${COLUMNS})
  WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
COMMENT ON TABLE road_totals IS 'sums of income_days, waterfall_days and potential_days by point and day, as of the last fold; read road_days';
COMMENT ON TABLE road_changes IS 'what triggers added since the last fold';
`;

/** The rows of a table as parts of the sums. `known` is 1 where the day has a potential. */
const SOURCES: Readonly<Record<string, Partial<Record<(typeof SUMS)[number], string>>>> = {
  income_days: {
    count: 'count',
    recorded: 'amount',
    cash: `CASE WHEN method = 'cash' THEN amount ELSE 0 END`,
    cashless: `CASE WHEN method IN ('qris', 'card') THEN amount ELSE 0 END`,
  },
  waterfall_days: { settled: 'settled_cash + settled_cashless', deposited: 'deposited_cash + deposited_cashless' },
  potential_days: { known: '1', low: 'low', mid: 'mid', high: 'high' },
};

type Source = (typeof SOURCES)[string];

/** Only the sums that come of this table: a gateway's commit waits for it. */
const partsOf = (source: Source, sign: 1 | -1, from: string): string =>
  `SELECT business_date, point_id, ${Object.entries(source)
    .map(([name, of]) => `${sign} * (${of}) AS ${name}`)
    .join(', ')} FROM ${from}`;

/** The sums that come of a table, as they stand: what goes when all its rows go at once. */
const ownSums = (source: Source): Source => Object.fromEntries(Object.keys(source).map((name) => [name, name]));

const KEPT = (table: string, source: Source): string => {
  const names = Object.keys(source);
  const add = (...parts: string[]): string => /* sql */ `
    INSERT INTO road_changes (business_date, point_id, ${names.join(', ')})
    SELECT business_date, point_id, ${names.map((name) => `sum(${name})`).join(', ')} FROM (${parts.join(' UNION ALL ')}) parts
     GROUP BY 1, 2 HAVING ${names.map((name) => `sum(${name}) <> 0`).join(' OR ')};`;
  const of = (event: string, tables: string): string => /* sql */ `
CREATE TRIGGER road_of_${event} AFTER ${event.toUpperCase()} ON ${table} REFERENCING ${tables}
  FOR EACH STATEMENT EXECUTE FUNCTION road_of_${table}();`;
  return /* sql */ `
CREATE FUNCTION road_of_${table}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    -- INSERT ... ON CONFLICT comes here with nothing when all its rows were there already.
    PERFORM FROM added LIMIT 1;
    IF NOT FOUND THEN RETURN NULL; END IF;
    ${add(partsOf(source, 1, 'added'))}
  ELSIF TG_OP = 'UPDATE' THEN ${add(partsOf(source, 1, 'added'), partsOf(source, -1, 'removed'))}
  ELSIF TG_OP = 'DELETE' THEN ${add(partsOf(source, -1, 'removed'))}
  ELSE ${add(partsOf(ownSums(source), -1, 'road_days'))}
  END IF;
  RETURN NULL;
END $$;
${of('insert', 'NEW TABLE AS added')}
${of('update', 'NEW TABLE AS added OLD TABLE AS removed')}
${of('delete', 'OLD TABLE AS removed')}
CREATE TRIGGER road_of_truncate AFTER TRUNCATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION road_of_${table}();`;
};

const NOTHING: Source = Object.fromEntries(SUMS.map((name) => [name, '0']));
const FILLED = /* sql */ `
INSERT INTO road_totals (business_date, point_id, ${NAMES})
SELECT business_date, point_id, ${SUMMED}
  FROM (${Object.entries(SOURCES)
    .map(([table, source]) => partsOf({ ...NOTHING, ...source }, 1, table))
    .join(' UNION ALL ')}) parts GROUP BY 1, 2`;

const CHANGED = 'ARRAY(SELECT DISTINCT business_date FROM road_changes)';

/**
 * A row a point and day at this moment. Most days were folded long ago and are read as they stand: told by their few
 * dates, for asking of each row whether there is a change to it costs more than reading it.
 */
const VIEW = /* sql */ `
CREATE VIEW road_days AS
SELECT business_date, point_id, ${NAMES} FROM road_totals WHERE business_date <> ALL (${CHANGED})
UNION ALL
SELECT business_date, point_id, ${SUMMED}
  FROM (SELECT business_date, point_id, ${NAMES} FROM road_totals WHERE business_date = ANY (${CHANGED})
        UNION ALL SELECT business_date, point_id, ${NAMES} FROM road_changes) both_of_them
 GROUP BY business_date, point_id;
COMMENT ON VIEW road_days IS 'count and rupiah of a point''s business day: recorded, settled, deposited, and its potential where known is 1';
`;
