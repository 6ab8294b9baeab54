import pg from 'pg';
import { GRANTS, PROCESS_ROLES, REST, VIEW, type Privileges, type ProcessName } from './grants.js';

/** Owns every object of the product: migrates, and nothing else signs in as it but the commands. */
export const MIGRATOR_ROLE = 'eparking_migrator';
/** BullMQ brings its own tables into a schema of its own, which belongs to the worker. */
const QUEUE_SCHEMA = 'bullmq';

const VERBS: Readonly<Record<string, string>> = { r: 'SELECT', a: 'INSERT', w: 'UPDATE', d: 'DELETE' };

type Query = (text: string) => Promise<unknown>;

/**
 * Makes the roles, or sets their passwords anew, and gives the migrator everything there is. On a managed server an
 * administrator does the same by hand (docs/SECURITY.md).
 * @param superuserUrl of the product's database, as a superuser
 * @param passwords by role; a role without one signs in by what pg_hba.conf says
 */
export async function ensureRoles(
  superuserUrl: string,
  passwords: Readonly<Record<string, string>> = {},
): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl, application_name: 'eparking-roles' });
  await client.connect();
  try {
    await client.query('BEGIN');
    const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name');
    for (const role of [MIGRATOR_ROLE, ...Object.values(PROCESS_ROLES)]) {
      await client.query(`DO $$ BEGIN CREATE ROLE ${role}; EXCEPTION WHEN duplicate_object THEN NULL; END $$`);
      const password = passwords[role] === undefined ? '' : `PASSWORD ${client.escapeLiteral(passwords[role])}`;
      await client.query(`ALTER ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE ${password}`);
    }
    await client.query(giveAllTo(MIGRATOR_ROLE, client.escapeIdentifier(rows[0]!.name)));
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

/** PostgreSQL has no "give all of this database to": REASSIGN OWNED would touch what belongs to the system. */
function giveAllTo(owner: string, database: string): string {
  return /* sql */ `
ALTER DATABASE ${database} OWNER TO ${owner};
REVOKE ALL ON DATABASE ${database} FROM PUBLIC;
GRANT CONNECT ON DATABASE ${database} TO ${Object.values(PROCESS_ROLES).join(', ')};
ALTER SCHEMA public OWNER TO ${owner};
DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm') AND pg_get_userbyid(c.relowner) <> '${owner}'
  LOOP EXECUTE format('ALTER TABLE %s OWNER TO ${owner}', name); END LOOP;
  FOR name IN SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = 'public' AND pg_get_userbyid(p.proowner) <> '${owner}'
  LOOP EXECUTE format('ALTER ROUTINE %s OWNER TO ${owner}', name); END LOOP;
  IF to_regnamespace('${QUEUE_SCHEMA}') IS NOT NULL THEN
    ALTER SCHEMA ${QUEUE_SCHEMA} OWNER TO ${PROCESS_ROLES.worker};
    FOR name IN SELECT c.oid::regclass::text FROM pg_class c
      WHERE c.relnamespace = to_regnamespace('${QUEUE_SCHEMA}') AND c.relkind IN ('r', 'p', 'v', 'm')
    LOOP EXECUTE format('ALTER TABLE %s OWNER TO ${PROCESS_ROLES.worker}', name); END LOOP;
    FOR name IN SELECT p.oid::regprocedure::text FROM pg_proc p
      WHERE p.pronamespace = to_regnamespace('${QUEUE_SCHEMA}')
    LOOP EXECUTE format('ALTER ROUTINE %s OWNER TO ${PROCESS_ROLES.worker}', name); END LOOP;
  END IF;
END $$;
-- BullMQ says CREATE SCHEMA IF NOT EXISTS at each start, which asks for this right even where the schema is there, and
-- adds many jobs at once through a temporary table.
GRANT CREATE, TEMPORARY ON DATABASE ${database} TO ${PROCESS_ROLES.worker};`;
}

/**
 * Gives each process what the table of grants says, as far as its role is there: a database with one user for
 * everything stays as it is. Run by whoever owns the tables, after each migration.
 */
export async function applyGrants(query: Query): Promise<void> {
  const there = (await query(
    `SELECT rolname AS name FROM pg_roles WHERE rolname = ANY (ARRAY['${Object.values(PROCESS_ROLES).join("','")}'])`,
  )) as { name: string }[];
  const tables = (await query(
    `SELECT c.relname AS name, c.relkind IN ('v', 'm') AS "isView" FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm') AND NOT c.relispartition`,
  )) as { name: string; isView: boolean }[];
  for (const [process, role] of Object.entries(PROCESS_ROLES) as [ProcessName, string][]) {
    if (!there.some(({ name }) => name === role)) continue;
    await query(`REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${role}`);
    await query(`GRANT USAGE ON SCHEMA public TO ${role}`);
    for (const { name, isView } of tables) {
      const given = (GRANTS[name] ?? (isView ? VIEW : REST))[process];
      if (given) await query(`GRANT ${verbsOf(given)} ON TABLE "${name}" TO ${role}`);
    }
  }
  if (!there.some(({ name }) => name === PROCESS_ROLES.worker)) return;
  await query(`GRANT SELECT ON TABLE journal_records_other TO ${PROCESS_ROLES.worker}`);
  await query(`REVOKE EXECUTE ON FUNCTION ensure_journal_partition FROM PUBLIC`);
  await query(`GRANT EXECUTE ON FUNCTION ensure_journal_partition TO ${PROCESS_ROLES.worker}`);
}

/** `raw` as `SELECT, INSERT, UPDATE`; `r(w:record)` adds UPDATE of one column. */
function verbsOf(given: Privileges): string {
  const [, letters = '', column] = /^([rawd]*)(?:\(w:(\w+)\))?$/.exec(given)!;
  const verbs = [...letters].map((letter) => VERBS[letter]!);
  return [...verbs, ...(column ? [`UPDATE (${column})`] : [])].join(', ');
}
