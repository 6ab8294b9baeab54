import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Victim, VictimSystem } from './victims.js';

/** What money can be in the middle of. */
export type Moment = 'import' | 'match' | 'deposit';
export type MomentCounts = Readonly<Record<Moment, number>>;

/** Work seen in its middle. A file has many transactions; a match or a deposit has one, which has this number. */
interface Seen {
  readonly moment: Moment;
  readonly xid: string | null;
}

/** Whose death cuts it off. */
const WORKERS_OF: Readonly<Record<Moment, readonly Victim[]>> = {
  import: ['worker', 'postgres'],
  match: ['worker', 'postgres'],
  deposit: ['admin-api', 'postgres'],
};
/** In turn, beginning at the left: what a kill of this process is aimed at. */
const AIMS: Readonly<Partial<Record<Victim, readonly Moment[]>>> = {
  worker: ['match', 'import'],
  'admin-api': ['deposit'],
  postgres: ['import', 'match', 'deposit'],
};
/** Days are matched every ten seconds. */
const AIM_MS_MAX = 15_000;
const LOOK_EVERY_MS = 2;

/**
 * Open work, told by locks that last as long as its transaction: the one on a day that is being reconciled, and a
 * write's on hand-overs and slips. 7265010 is the number of the day's lock in reconcile-days.ts.
 */
const LOOK = /* sql */ `
SELECT DISTINCT what AS moment, a.backend_xid::text AS xid
  FROM pg_locks l JOIN pg_stat_activity a USING (pid)
  CROSS JOIN LATERAL (SELECT CASE
    WHEN l.locktype = 'advisory' AND l.classid = 7265010 THEN 'match'
    WHEN l.locktype = 'relation' AND l.mode = 'RowExclusiveLock'
      AND l.relation IN ('hand_overs'::regclass, 'deposit_slips'::regclass, 'credit_notes'::regclass)
      AND a.application_name LIKE '%admin-api' THEN 'deposit' END) w (what)
 WHERE l.granted AND a.pid <> pg_backend_pid() AND a.backend_xid IS NOT NULL AND what IS NOT NULL
UNION ALL
SELECT 'import', NULL WHERE EXISTS (SELECT FROM settlement_files WHERE state = 'importing')`;

/** Looks into the database for the moment of a kill, and counts the kills that cut work off in its middle. */
export class Moments {
  readonly #counts: Record<Moment, number> = { import: 0, match: 0, deposit: 0 };
  readonly #turns = new Map<Victim, number>();
  #cut: string[][] = [];

  constructor(private readonly system: VictimSystem) {}

  get counts(): MomentCounts {
    return this.#counts;
  }

  /** Kills in the moment whose turn it is, or without it when it does not come. @returns false when it is dead already */
  async kill(victim: Victim): Promise<boolean> {
    const aims = AIMS[victim] ?? [];
    const turn = this.#turns.get(victim) ?? 0;
    this.#turns.set(victim, turn + 1);
    const aim = aims[turn % aims.length];
    const client = await this.connect();
    if (!client) return this.system.kill(victim);
    try {
      let seen: Seen[] = [];
      for (const end = Date.now() + (aim ? AIM_MS_MAX : 0); ; await sleep(LOOK_EVERY_MS)) {
        seen = (await client.query<Seen>(LOOK)).rows;
        if (!aim || seen.some(({ moment }) => moment === aim) || Date.now() >= end) break;
      }
      const killed = await this.system.kill(victim);
      if (killed) this.note(seen.filter(({ moment }) => WORKERS_OF[moment].includes(victim)));
      return killed;
    } catch {
      // The server is on its way down from the kill before.
      return this.system.kill(victim);
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** To be called when all is well again: a transaction that committed was not cut off, however close it was. */
  async settle(): Promise<void> {
    const client = await this.connect();
    if (!client) throw new Error('the database does not answer');
    try {
      for (const [moment, ...xids] of this.#cut) {
        const { rows } = await client.query<{ cut: boolean }>(
          `SELECT bool_or(pg_xact_status(x::xid8) = 'aborted') AS cut FROM unnest($1::text[]) AS x`,
          [xids],
        );
        if (rows[0]!.cut) this.#counts[moment as Moment] += 1;
      }
      this.#cut = [];
    } finally {
      await client.end();
    }
  }

  /** One kill counts once for each kind of work. */
  private note(seen: readonly Seen[]): void {
    for (const moment of ['match', 'deposit'] as const) {
      const xids = seen.flatMap((one) => (one.moment === moment && one.xid !== null ? [one.xid] : []));
      if (xids.length > 0) this.#cut.push([moment, ...xids]);
    }
    if (seen.some(({ moment }) => moment === 'import')) this.#counts.import += 1;
  }

  private async connect(): Promise<pg.Client | null> {
    const client = new pg.Client({ connectionString: this.system.databaseUrl, connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    return client.connect().then(
      () => client,
      () => null,
    );
  }
}
