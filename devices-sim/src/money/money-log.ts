import { appendFile, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { addDays, type BusinessDate } from '@app/kernel';
import type { RecordEvent } from '../day/events.js';
import type { Sealed } from '../terminal/terminal.js';

/** Money that changed hands without cash, as the acquirer's own computer noted it. */
export interface Paid {
  readonly kind: 'paid';
  readonly id: string;
  readonly point: string;
  readonly deviceId: string;
  readonly at: number;
  readonly method: 'qris' | 'card';
  /** Rupiah. */
  readonly amount: number;
  /** Null for the printed code. */
  readonly orderId: string | null;
  readonly rrn: string | null;
  readonly nmid: string | null;
  readonly issuer: string | null;
  readonly trace: string | null;
  readonly last4: string | null;
}

/** Cash that somebody counted and will bring. */
export interface Counted {
  readonly kind: 'counted';
  readonly id: string;
  readonly point: string;
  readonly payer: { readonly kind: 'attendant' | 'collector'; readonly id: string };
  /** Rupiah. */
  readonly amount: number;
}

/** A point has nothing more to tell of the day. */
interface Ended {
  readonly kind: 'ended';
  readonly point: string;
}

/** What the world outside of the terminals knows of a business day: acquirers' computers and pockets. */
export interface DayMoney {
  readonly paid: readonly Paid[];
  readonly counted: readonly Counted[];
  readonly ended: ReadonlySet<string>;
}

const KEPT_DAYS = 70;

/**
 * What acquirers, attendants and collectors know of the money, a file a business day. Simulated acquirers, bank and
 * treasurer read it, and nothing of the system's. A line that comes twice after a restart counts once.
 */
export class MoneyLog {
  private work: Promise<void>;

  constructor(private readonly folder: string) {
    this.work = mkdir(folder, { recursive: true, mode: 0o700 }).then(() => undefined);
  }

  /** Notes what these events moved; `sealed` says which of them the terminal took. */
  note(date: BusinessDate, point: string, events: readonly RecordEvent[], sealed: readonly Sealed[]): void {
    const taken = new Map(sealed.map((item) => [item.id, item]));
    const lines = events.flatMap((event) => {
      const item = taken.get(event.id);
      return item ? (movedBy(point, event, item) ?? []) : [];
    });
    this.append(date, lines);
  }

  end(date: BusinessDate, point: string): void {
    this.append(date, [{ kind: 'ended', point }]);
  }

  /** Waits until everything noted so far is written. */
  flush(): Promise<void> {
    return this.work;
  }

  private append(date: BusinessDate, lines: readonly (Paid | Counted | Ended)[]): void {
    if (lines.length === 0) return;
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    this.work = this.work.then(() => appendFile(this.fileOf(date), text, { mode: 0o600 }));
  }

  /** Business days of which something is known, oldest first; what is too old is deleted. */
  async days(today: BusinessDate): Promise<BusinessDate[]> {
    const found = (await readdir(this.folder)).flatMap((name) => /^money-(.{10})\.jsonl$/.exec(name)?.[1] ?? []).sort();
    const oldest = addDays(today, -KEPT_DAYS);
    for (const date of found) if (date < oldest) await rm(this.fileOf(date), { force: true });
    return found.filter((date) => date >= oldest);
  }

  /** Everything known of a day; nothing for a day without a file. A torn last line was never noted. */
  async read(date: BusinessDate): Promise<DayMoney> {
    const text = await readFile(this.fileOf(date), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    const paid = new Map<string, Paid>();
    const counted = new Map<string, Counted>();
    const ended = new Set<string>();
    for (const line of text.slice(0, text.lastIndexOf('\n') + 1).split('\n')) {
      if (line === '') continue;
      const item = JSON.parse(line) as Paid | Counted | Ended;
      if (item.kind === 'ended') ended.add(item.point);
      else if (item.kind === 'counted') counted.set(item.id, item);
      else paid.set(paymentKey(item), item);
    }
    return { paid: [...paid.values()], counted: [...counted.values()], ended };
  }

  /** When something of the day was noted last, ms; 0 when nothing was. */
  async touchedAt(date: BusinessDate): Promise<number> {
    return stat(this.fileOf(date)).then(
      (file) => file.mtimeMs,
      () => 0,
    );
  }

  private fileOf(date: BusinessDate): string {
    return join(this.folder, `money-${date}.jsonl`);
  }
}

/** A payment that was recorded anew after a slip of the finger was paid once. */
function paymentKey({ deviceId, method, rrn, trace, id }: Paid): string {
  return `${method}/${deviceId}/${rrn ?? trace ?? id}`;
}

function movedBy(point: string, { deviceId, draft, at, id }: RecordEvent, sealed: Sealed): Paid | Counted | null {
  if (draft.type === 'shift-close')
    return {
      kind: 'counted',
      id,
      point,
      payer: { kind: 'attendant', id: draft.attendant },
      amount: sealed.counted ?? 0,
    };
  if (draft.type === 'collection' && 'collector' in draft)
    return {
      kind: 'counted',
      id,
      point,
      payer: { kind: 'collector', id: draft.collector },
      amount: sealed.counted ?? 0,
    };
  if (draft.type !== 'payment') return null;
  const { method, amount, qris, card } = draft.body;
  if ((method !== 'qris' && method !== 'card') || amount === 0) return null;
  return {
    kind: 'paid',
    id,
    point,
    deviceId,
    at,
    method,
    amount,
    orderId: qris?.orderId ?? null,
    rrn: qris?.rrn ?? null,
    nmid: qris?.nmid ?? null,
    issuer: card?.issuer ?? null,
    trace: card?.trace ?? null,
    last4: card?.last4 ?? null,
  };
}
