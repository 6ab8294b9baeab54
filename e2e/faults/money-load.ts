import { mkdir, readdir, rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../libs/kernel/src/index.js';
import { ledgerFaults, openDatabase, type Database } from '../../libs/persistence/src/index.js';
import { eventually } from '../../libs/testing/src/index.js';
import { Admin } from '../support/admin.js';
import { pointOf, type JudgedSystem } from './verdict.js';

const REPEATED_ROWS = 300;
/** Of so many lines one is a payment, which nobody recorded; the others are fees, which need no record. */
const PAYMENT_EVERY = 60;
const RETRY_MS = 100;
const QUIET_MS_MAX = 180_000;
const HEADER = 'acquirer,kind,transaction_id,batch_id,amount,fee,transaction_at,settlement_date';
const STATEMENT = 'account,entry_id,direction,value_date,amount,reference,description';

export interface MoneyLoadOptions {
  /** Whose points hand money in. */
  readonly deviceIds: readonly string[];
  /** Fresh lines of a settlement file. */
  readonly fileRows: number;
}

/** A system whose books are kept: `inbox` is its watched folder. */
export interface BookedSystem extends JudgedSystem {
  readonly inbox: string;
}

/**
 * Acquirers, a treasurer and a bank at work while processes die: files by folder and by REST, hand-overs, slips, credit
 * notes. Whoever gets no answer does the same again. What must be in the books in the end is known here.
 */
export class MoneyLoad {
  private readonly rows = new Map<string, number>();
  private readonly deposits = { handOvers: 0, handed: 0, slips: 0, credited: 0 };
  private readonly work: Promise<void>[] = [];
  private stopping = false;
  private files = 0;

  private constructor(
    private readonly system: BookedSystem,
    private readonly admin: Admin,
    private readonly options: MoneyLoadOptions,
    private readonly random: Random,
  ) {}

  static async start(system: BookedSystem, options: MoneyLoadOptions, random: Random): Promise<MoneyLoad> {
    const admin = await Admin.signIn(system);
    await admin.request('POST', '/bank-accounts', { account: 'RKUD', kind: 'treasury' });
    const load = new MoneyLoad(system, admin, options, random);
    load.work.push(load.fillInbox(), load.upload(), load.treasurer());
    return load;
  }

  /** Ends the load and waits until everything that was begun is in the books. */
  async quiet(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.work);
    await this.withDatabase((database) =>
      eventually(
        async () => {
          const [open] = await database.query<{ what: string | null }>(
            `SELECT nullif(concat_ws(', ', (SELECT 'files ' || count(*) FROM settlement_files WHERE imported_at IS NULL HAVING count(*) > 0),
               (SELECT 'work ' || count(*) FROM book_work HAVING count(*) > 0),
               (SELECT 'outbox ' || count(*) FROM outbox WHERE topic = 'day-changed' HAVING count(*) > 0)), '') AS what`,
          );
          const waiting = (await readdir(this.folder)).filter((name) => name.endsWith('.csv'));
          if (open!.what !== null || waiting.length > 0) throw new Error(`${open!.what}; inbox ${waiting.length}`);
        },
        { withinMs: QUIET_MS_MAX, everyMs: 200 },
      ),
    );
  }

  /** Holds the books against what was brought. @returns faults in words */
  async judge(): Promise<string[]> {
    return this.withDatabase(async (database) => {
      const [held] = await database.query<Record<string, number>>(
        `SELECT (SELECT count(*) FROM settlement_rows) AS rows, (SELECT coalesce(sum(amount), 0)::bigint FROM settlement_rows) AS amount,
           (SELECT coalesce(sum(fresh), 0)::bigint FROM settlement_files WHERE adapter <> 'bank') AS fresh,
           (SELECT count(*) FROM settlement_files WHERE state <> 'imported' OR errors > 0) AS unwell,
           (SELECT count(*) FROM hand_overs) AS "handOvers", (SELECT coalesce(sum(amount), 0)::bigint FROM hand_overs) AS handed,
           (SELECT count(*) FROM deposit_slips) AS slips, (SELECT count(*) FROM credit_notes) AS credited`,
      );
      const amount = [...this.rows.values()].reduce((sum, value) => sum + value, 0);
      const { size } = this.rows;
      const truth: Record<string, number> = { rows: size, amount, fresh: size, unwell: 0, ...this.deposits };
      const faults = Object.keys(truth).flatMap((name) =>
        held![name] === truth[name] ? [] : [`money: ${name} is ${held![name]}, but should be ${truth[name]}`],
      );
      const books = await ledgerFaults(database, '2099-01-01', 20);
      return [...faults, ...books.map((fault) => `books: ${JSON.stringify(fault)}`)];
    });
  }

  /** What was done, in words. */
  get story(): string {
    const { handOvers, slips, credited } = this.deposits;
    return `${this.files} files with ${this.rows.size} lines, ${handOvers} hand-overs, ${slips} slips, ${credited} credit notes`;
  }

  private get folder(): string {
    return join(this.system.inbox, 'settlements', 'canonical');
  }

  private async fillInbox(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    while (!this.stopping) {
      const content = this.settlementFile();
      const name = `f${this.files}.csv`;
      await writeFile(join(this.folder, `${name}.part`), content);
      await utimes(join(this.folder, `${name}.part`), 1_700_000_000, 1_700_000_000);
      await rename(join(this.folder, `${name}.part`), join(this.folder, name));
      await sleep(this.random.integer(1_500, 3_000));
    }
  }

  private async upload(): Promise<void> {
    while (!this.stopping) {
      await this.send('/settlements', this.settlementFile(), { adapter: 'canonical' });
      await sleep(this.random.integer(500, 1_500));
    }
  }

  /** Lines nobody has seen, and some that came in other files already. */
  private settlementFile(): string {
    const file = ++this.files;
    const known = [...this.rows.keys()].slice(-REPEATED_ROWS);
    const fresh = Array.from({ length: this.options.fileRows }, (_, n) => `F${file}-${n}`);
    for (const id of fresh) this.rows.set(id, 1000 * this.random.integer(1, 9));
    const line = (id: string): string => {
      const [of, n] = id.slice(1).split('-').map(Number) as [number, number];
      const kind = n % PAYMENT_EVERY === 0 ? 'payment' : 'fee';
      return `bankx,${kind},${id},B${of % 3},${this.rows.get(id)},0,2026-11-19T09:00:00+07:00,2026-11-20`;
    };
    return [HEADER, ...[...known, ...fresh].map(line), ''].join('\n');
  }

  /** Five hand-overs make a slip, and a slip gets its credit note. */
  private async treasurer(): Promise<void> {
    const receiver = { kind: 'treasurer', id: 'T-1' };
    while (!this.stopping) {
      const slip = this.deposits.slips + 1;
      const numbers: string[] = [];
      let amount = 0;
      for (let n = 0; n < 5; n++) {
        const number = `TBP-${slip}-${n}`;
        const one = 1000 * this.random.integer(1, 90);
        const point = pointOf(this.random.pick(this.options.deviceIds));
        const handedAt = '2026-11-20T09:00:00+07:00';
        const payer = { kind: 'attendant', id: 'A1' };
        const body = { number, point, payer, receiver, businessDate: '2026-11-19', amount: one, handedAt };
        await this.insist(() => this.admin.request('POST', '/deposits', body), [201]);
        numbers.push(number);
        amount += one;
        this.deposits.handOvers += 1;
        this.deposits.handed += one;
      }
      const paper = { number: `STS-${slip}`, fromKind: 'treasurer', from: 'T-1', businessDate: '2026-11-20', amount };
      // 409: the answer to the first try got lost.
      await this.insist(
        () => this.admin.request('POST', '/deposit-slips', { ...paper, handOvers: numbers }),
        [201, 409],
      );
      this.deposits.slips += 1;
      const entry = `RKUD,E${slip},C,2026-11-20,${amount},STS-${slip},nota kredit`;
      await this.send('/bank-statements', `${STATEMENT}\n${entry}\n`, {});
      this.deposits.credited += 1;
    }
  }

  private send(path: string, content: string, fields: Record<string, string>): Promise<void> {
    return this.insist(() => this.admin.upload(path, content, fields), [200, 201, 202]);
  }

  /** Tries until it is done. */
  private async insist(
    attempt: () => Promise<{ status: number; body: unknown }>,
    done: readonly number[],
  ): Promise<void> {
    for (;;) {
      const answer = await attempt().catch(() => null);
      if (answer && done.includes(answer.status)) return;
      if (answer && answer.status < 500 && answer.status !== 429)
        throw new Error(`the API answered ${answer.status} ${JSON.stringify(answer.body)}`);
      await sleep(RETRY_MS);
    }
  }

  private async withDatabase<T>(look: (database: Database) => Promise<T>): Promise<T> {
    const database = openDatabase({ url: this.system.databaseUrl, poolSizeMax: 2 });
    try {
      return await look(database);
    } finally {
      await database.close();
    }
  }
}
