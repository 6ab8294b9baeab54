import { Inject, Injectable } from '@nestjs/common';
import { pauseAfterAskMs, planResends, type GapLimits } from '@app/journal';
import {
  clearClosedGapFindings,
  devicesWithGapFindings,
  dueGaps,
  enqueueCommand,
  findOldGaps,
  markAsked,
  reconcileAlarms,
  type DueGap,
} from '@app/persistence';
import type { JobRun } from '@app/queue';
import { GATEWAY_HEARTBEAT_MS_MAX } from '@app/registry';
import { gapAgeing, type Tick } from '../job-types.js';
import type { RunFigures, WorkerJob } from '../job.js';
import { WORKER_CORE, type WorkerCore } from '../worker-core.js';

const ROWS_MAX = 5_000;
const ALARM = 'sequence-gap';
const EVERY_MS_MIN = 500;
const EVERY_MS_MAX = 10_000;

/**
 * Sees after what is missing in the journals: asks connected devices for it, again with growing pauses, and makes a
 * finding of what stays missing.
 */
@Injectable()
export class GapAgeing implements WorkerJob<Tick> {
  readonly type = gapAgeing;
  readonly schedule: { everyMs: number };
  readonly #limits: GapLimits;

  constructor(@Inject(WORKER_CORE) private readonly core: WorkerCore) {
    const { gapAskAfterMs, gapFindingAfterMs } = core.config;
    this.#limits = { askAfterMs: gapAskAfterMs, findingAfterMs: gapFindingAfterMs };
    this.schedule = { everyMs: Math.min(EVERY_MS_MAX, Math.max(EVERY_MS_MIN, Math.floor(gapAskAfterMs / 4))) };
  }

  async run(_tick: Tick, { signal }: JobRun): Promise<RunFigures> {
    const { database, clock } = this.core;
    const due = await dueGaps(database, {
      nowMs: clock.now(),
      limits: this.#limits,
      heartbeatMsMax: GATEWAY_HEARTBEAT_MS_MAX,
      rowsMax: ROWS_MAX,
    });
    let asked = 0;
    for (const gaps of byDevice(due)) {
      signal.throwIfAborted();
      asked += await this.#ask(gaps);
    }
    const found = await findOldGaps(database, clock.now(), this.#limits, ROWS_MAX);
    const cleared = await clearClosedGapFindings(database, clock.now());
    if (found > 0 || cleared > 0) await this.#alarm();
    return { asked, found, cleared };
  }

  /** One round of requests to one device; mark and command commit together, so that a request is made once. */
  async #ask(gaps: readonly DueGap[]): Promise<number> {
    const { database, clock } = this.core;
    let asked = 0;
    for (const plan of planResends(gaps)) {
      const { deviceNo, asks } = plan.gaps[0]!;
      const now = clock.now();
      await database.transaction(async (sql) => {
        if ((await markAsked(sql, plan.gaps, now, this.#limits)) === 0) return;
        const expiresAt = now + pauseAfterAskMs(asks + 1, this.#limits);
        await enqueueCommand(
          sql,
          { deviceNo, name: 'resend', args: { ...plan.range }, expiresAt, createdBy: 'worker' },
          now,
        );
        asked++;
      });
    }
    return asked;
  }

  async #alarm(): Promise<void> {
    const { database, clock } = this.core;
    const devices = await devicesWithGapFindings(database);
    const alarms = devices.map(({ deviceNo, gaps, records }) => ({
      key: `${ALARM}:${deviceNo}`,
      kind: ALARM,
      severity: 'major' as const,
      deviceNo,
      detail: { gaps, records },
    }));
    await reconcileAlarms(database, [ALARM], alarms, clock.now());
  }
}

/** Gaps come in the order of their devices. */
function byDevice(due: readonly DueGap[]): DueGap[][] {
  const groups: DueGap[][] = [];
  for (const gap of due) {
    const last = groups.at(-1);
    if (last?.[0]!.deviceNo === gap.deviceNo) last.push(gap);
    else groups.push([gap]);
  }
  return groups;
}
