import type { Receipt } from '@app/protocol';

/** What the gateway said of all the terminals' records. */
export class Tally {
  readonly outcomes: Record<string, number> = {};
  readonly flags: Record<string, number> = {};
  receipts = 0;
  commands = 0;

  count(receipt: Receipt): void {
    this.receipts += 1;
    for (const { outcome, code, flags } of receipt.results) {
      const name = code ? `${outcome}:${code}` : outcome;
      this.outcomes[name] = (this.outcomes[name] ?? 0) + 1;
      for (const flag of flags ?? []) this.flags[flag] = (this.flags[flag] ?? 0) + 1;
    }
  }
}
