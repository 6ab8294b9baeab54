import { existsSync } from 'node:fs';
import { appendFile, copyFile, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  addDays,
  businessDateOf,
  HOUR_MS,
  MINUTE_MS,
  startOfBusinessDay,
  type BusinessDate,
  type Random,
} from '@app/kernel';
import type { SimPoint } from '../city/city.js';
import type { Log } from '../log.js';
import type { SimClock } from '../player/sim-clock.js';
import type { TruthFile } from '../player/truth-file.js';
import {
  canonicalFile,
  cardFile,
  payoutsOf,
  PRINTED_ACQUIRER,
  settle,
  type Payout,
  type SettledLine,
} from './acquirers.js';
import { bankSlipOf, isCollected, payoutsIn, statementFile } from './bank.js';
import { Clerk } from './clerk.js';
import type { TruthMoney } from './mischief.js';
import type { MoneyLog } from './money-log.js';
import { bring, LATE_DAYS, slipsFor, type CashOfDay, type HandOver } from './treasurer.js';

export interface MoneyRoadOptions {
  readonly city: readonly SimPoint[];
  /** Of the money road alone: what it draws changes nothing of what happens at the terminals. */
  readonly random: Random;
  readonly money: MoneyLog;
  readonly truth: TruthFile;
  readonly clock: SimClock;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Where it keeps what it has done. */
  readonly folder: string;
  /** Settlement files of other simulated acquirers, a folder each. */
  readonly acquirersFolder: string;
  /** The system's watched folder. */
  readonly inbox: string;
  readonly apiUrl: string;
  /** Sign-in of the treasurer's clerk. */
  readonly clerkFile: string;
}

/** What happens on a calendar day with the money of the day before, and when (ms after its beginning). */
const STEPS = [
  ['settlement', 4 * HOUR_MS],
  ['hand-over', 9 * HOUR_MS + 2 * HOUR_MS],
  ['bank-slip', 11 * HOUR_MS],
  ['slips', 11 * HOUR_MS + 5 * MINUTE_MS],
  ['statement', 30 * HOUR_MS],
] as const;
type StepName = (typeof STEPS)[number][0];

const LOOK_MS = 5_000;
/** A point that has told nothing for so long will tell no more of that day. */
const SILENT_MS = 15 * MINUTE_MS;

/**
 * The road of the demo's money outside of the terminals, all simulated: acquirers settle, people bring cash, the
 * treasurer's clerk writes papers, the bank credits. It speaks to the system by REST and by the watched folder only.
 * Each step is written down when it is done, and may be done twice.
 */
export class MoneyRoad {
  private readonly clerk: Clerk;
  private readonly done = new Set<string>();
  private readonly own: ReadonlyMap<string, string | null>;
  private readonly operators: ReadonlyMap<string, string>;

  constructor(private readonly options: MoneyRoadOptions) {
    this.clerk = new Clerk(options.apiUrl, options.clerkFile);
    this.own = new Map(options.city.map((point) => [point.code, point.nmid]));
    this.operators = new Map(
      options.city.flatMap(({ code, operator }) => (operator ? [[code, operator] as const] : [])),
    );
  }

  async run(): Promise<void> {
    const { folder, signal, log, clock } = this.options;
    await mkdir(join(folder, 'out'), { recursive: true, mode: 0o700 });
    const before = await readFile(this.stepsFile, 'utf8').catch(() => '');
    for (const step of before.split('\n')) this.done.add(step);
    let trouble = '';
    while (!signal.aborted) {
      try {
        await this.passOn();
        await this.walk();
        trouble = '';
      } catch (error) {
        const { message } = error as Error;
        if (message !== trouble) log.warn('the simulated money waits', { reason: message });
        trouble = message;
      }
      await clock.until(clock.now() + LOOK_MS, signal);
    }
  }

  /** Does what is due, in its order; waits with the rest when a day is not yet complete. */
  private async walk(): Promise<void> {
    const { money, clock, signal } = this.options;
    const today = businessDateOf(clock.now());
    const [first] = await money.days(today);
    if (first === undefined) return;
    for (let day = addDays(first, 1); day <= today; day = addDays(day, 1)) {
      for (const [name, afterMs] of STEPS) {
        if (signal.aborted || clock.now() < startOfBusinessDay(day) + afterMs) return;
        const step = `${day} ${name}`;
        if (this.done.has(step)) continue;
        if (!(await this.isComplete(addDays(day, -1)))) return;
        await this.take(day, name);
        await appendFile(this.stepsFile, `${step}\n`);
        this.done.add(step);
      }
    }
  }

  private async isComplete(date: BusinessDate): Promise<boolean> {
    const { money, city } = this.options;
    const { ended } = await money.read(date);
    if (city.every((point) => ended.has(point.code))) return true;
    return Date.now() - (await money.touchedAt(date)) > SILENT_MS;
  }

  private async take(day: BusinessDate, name: StepName): Promise<void> {
    const date = addDays(day, -1);
    switch (name) {
      case 'settlement': {
        const { lines, truth } = await this.settled(date);
        const [codes, cards] = [lines.filter((line) => line.paid.method === 'qris'), lines.filter(isCard)];
        const [canonical, synthetic] = ['settlements/canonical', 'settlements/synthetic-card'];
        await this.deliver(canonical, `sim-printed-${date}.csv`, codes.length > 0 && canonicalFile(date, codes));
        await this.deliver(synthetic, `sim-cards-${date}.csv`, cards.length > 0 && cardFile(date, cards));
        return this.tell(date, truth);
      }
      case 'hand-over': {
        const { toOperators, truth } = await this.cashOf(date);
        for (const item of [...toOperators, ...(await this.handedOn(day))]) await this.clerk.handOver(item);
        return this.tell(date, truth);
      }
      case 'bank-slip': {
        const payouts = (await this.payoutsOn(date)).filter((item) => isCollected(item) && item.amount > 0);
        if (payouts.length > 0) await this.clerk.bankSlip(date, payouts, startOfBusinessDay(day) + 11 * HOUR_MS);
        return;
      }
      case 'slips': {
        const { slips, truth } = slipsFor(this.options.random, day, await this.handedOn(day));
        for (const slip of slips) await this.clerk.slip(day, slip);
        return this.tell(day, truth);
      }
      case 'statement':
        return this.deliver('bank', `sim-statement-${day}.csv`, await this.statementOf(day));
    }
  }

  private async statementOf(day: BusinessDate): Promise<string> {
    const { slips } = slipsFor(this.options.random, day, await this.handedOn(day));
    const notes = slips.filter((slip) => slip.credited).map(({ number: slip, amount }) => ({ slip, amount }));
    const before = addDays(day, -1);
    const moved = (await this.payoutsOn(before)).filter((item) => isCollected(item) && item.amount > 0);
    const amount = moved.reduce((sum, payout) => sum + payout.amount, 0);
    const all = amount > 0 ? [...notes, { slip: bankSlipOf(before), amount }] : notes;
    return statementFile(day, await this.payoutsOn(day), all);
  }

  private async settled(date: BusinessDate): Promise<{ lines: readonly SettledLine[]; truth: readonly TruthMoney[] }> {
    const { money, random } = this.options;
    const { paid } = await money.read(date);
    const before = addDays(date, -1);
    const late = settle(random, before, (await money.read(before)).paid, [], this.own).late;
    const { onTime, truth } = settle(random, date, paid, late, this.own);
    return { lines: onTime, truth };
  }

  /** What reaches the bank on a day: what was paid on the day before, and what other simulated acquirers announced. */
  private async payoutsOn(day: BusinessDate): Promise<Payout[]> {
    const { lines } = await this.settled(addDays(day, -1));
    return [
      ...payoutsOf(lines),
      ...(await this.announced()).filter((item) => item.day === day).map((item) => item.payout),
    ];
  }

  private async cashOf(date: BusinessDate): Promise<CashOfDay> {
    const { money, random } = this.options;
    return bring(random, date, (await money.read(date)).counted, this.operators);
  }

  private async handedOn(day: BusinessDate): Promise<HandOver[]> {
    const late = (await this.cashOf(addDays(day, -LATE_DAYS))).late;
    return [...(await this.cashOf(addDays(day, -1))).inTime, ...late];
  }

  private tell(date: BusinessDate, truth: readonly TruthMoney[]): void {
    this.options.truth.write(date, truth);
  }

  /** Passes on what other simulated acquirers wrote, once. */
  private async passOn(): Promise<void> {
    const { acquirersFolder } = this.options;
    for (const { code, name, path } of await this.announcements()) {
      if (code === PRINTED_ACQUIRER) continue;
      const own = `${code}-${name}`;
      if (existsSync(this.sentMark(own))) continue;
      await this.deliver('settlements/canonical', own, await readFile(path, 'utf8'));
    }
    await mkdir(acquirersFolder, { recursive: true, mode: 0o700 });
  }

  private async announcements(): Promise<{ code: string; name: string; path: string }[]> {
    const { acquirersFolder } = this.options;
    const found: { code: string; name: string; path: string }[] = [];
    for (const code of (await readdir(acquirersFolder).catch(() => [])).sort())
      for (const name of (await readdir(join(acquirersFolder, code)).catch(() => [])).sort())
        if (name.endsWith('.csv')) found.push({ code, name, path: join(acquirersFolder, code, name) });
    return found;
  }

  private async announced(): Promise<{ day: BusinessDate; payout: Payout }[]> {
    const files = await this.announcements();
    return (await Promise.all(files.map(({ path }) => readFile(path, 'utf8')))).flatMap(payoutsIn);
  }

  /** Puts a file into the watched folder: written once, and again the same should the mark be lost. */
  private async deliver(place: string, name: string, content: string | false): Promise<void> {
    if (content === false || existsSync(this.sentMark(name))) return;
    const own = join(this.options.folder, 'out', name);
    if (!existsSync(own)) {
      await writeFile(`${own}.draft`, content, { mode: 0o600 });
      await rename(`${own}.draft`, own);
    }
    const target = join(this.options.inbox, place);
    await mkdir(target, { recursive: true });
    await copyFile(own, join(target, `.${name}.part`));
    await rename(join(target, `.${name}.part`), join(target, name));
    await writeFile(this.sentMark(name), '');
  }

  private sentMark(name: string): string {
    return join(this.options.folder, 'out', `${name}.sent`);
  }

  private get stepsFile(): string {
    return join(this.options.folder, 'steps.txt');
  }
}

const isCard = (line: SettledLine): boolean => line.paid.method === 'card';
