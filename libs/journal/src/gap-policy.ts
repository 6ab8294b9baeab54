/** When a gap in a device's sequence is asked for again, and when it becomes a finding. */
export interface GapLimits {
  /** Age at which a gap is first asked for. */
  readonly askAfterMs: number;
  /** Age at which a gap that stays is a finding. */
  readonly findingAfterMs: number;
}

/** Records that are missing: `from` to `to` of an epoch, both included. */
export interface MissingRange {
  readonly epoch: number;
  readonly from: number;
  readonly to: number;
}

/** Longest pause between two requests for the same gap. */
export const GAP_PAUSE_MS_MAX = 3_600_000;
/** Records asked for in one `resend`, at most: what comes back must fit a terminal's radio and the gateway's limits. */
export const RESEND_RECORDS_MAX = 1_000;
/** Requests to one device in one round. */
export const RESENDS_PER_DEVICE_MAX = 8;
/** Gaps with no more than this many records between them are asked for together; the rest comes as duplicates. */
const BRIDGE_RECORDS_MAX = 20;

/** Pause after the `asks`-th request (1 for the first): the first waiting time, doubled each time, an hour at most. */
export function pauseAfterAskMs(asks: number, limits: GapLimits): number {
  return Math.min(limits.askAfterMs * 2 ** Math.min(asks, 30), Math.max(GAP_PAUSE_MS_MAX, limits.askAfterMs));
}

/**
 * The requests of one round for one device, out of its gaps that are due: the oldest numbers first, near ones together,
 * a long gap from its beginning. `gaps` may come in any order; what is not asked for now is due again later.
 */
export function planResends<Gap extends MissingRange>(
  gaps: readonly Gap[],
): { readonly range: MissingRange; readonly gaps: readonly Gap[] }[] {
  const sorted = [...gaps].sort((a, b) => a.epoch - b.epoch || a.from - b.from);
  const plans: { range: MissingRange; gaps: Gap[] }[] = [];
  for (const gap of sorted) {
    const last = plans.at(-1);
    const near =
      last !== undefined &&
      last.range.epoch === gap.epoch &&
      gap.from - last.range.to <= BRIDGE_RECORDS_MAX + 1 &&
      gap.to - last.range.from < RESEND_RECORDS_MAX;
    if (near) {
      last.range = { ...last.range, to: gap.to };
      last.gaps.push(gap);
    } else {
      if (plans.length === RESENDS_PER_DEVICE_MAX) break;
      const to = Math.min(gap.to, gap.from + RESEND_RECORDS_MAX - 1);
      plans.push({ range: { epoch: gap.epoch, from: gap.from, to }, gaps: [gap] });
    }
  }
  return plans;
}
