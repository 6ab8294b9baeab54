import { Inject, Injectable } from '@nestjs/common';
import type { BusinessDate } from '@app/kernel';
import {
  clearAlarms,
  incomeDifferences,
  openAlarms,
  raiseAlarms,
  roadDifferences,
  type IncomeDifference,
  type IncomeScope,
  type RoadDifference,
} from '@app/persistence';
import { Counter } from '@app/platform';
import { WORKER_CORE, type WorkerCore } from './worker-core.js';

const SHOWN_MAX = 5;
const DIFFERENCES_MAX = 1_000;
const KIND = 'income-mismatch';

/** Compares the income roll-ups with the journal and the sums by day with the roll-ups, and raises the alarm when they differ. */
@Injectable()
export class IncomeWatch {
  readonly #mismatches: Counter;

  constructor(@Inject(WORKER_CORE) private readonly core: WorkerCore) {
    this.#mismatches = new Counter({
      name: 'eparking_income_mismatches_total',
      help: 'Points and days whose income roll-ups were found to differ from the journal.',
      registers: [core.metrics],
    });
  }

  /**
   * Checks a part of the income. A critical alarm opens for every point and day that differs, and clears with the next
   * check of that point and day that finds it right.
   * @returns how many points and days differ
   */
  async check(scope: IncomeScope): Promise<number> {
    const { database, clock, log } = this.core;
    const differences = [
      ...(await incomeDifferences(database, scope, DIFFERENCES_MAX)),
      ...(await roadDifferences(database, scope, DIFFERENCES_MAX)),
    ];
    const wrong = new Map<string, (IncomeDifference | RoadDifference)[]>();
    for (const difference of differences) {
      const key = alarmKey(difference.pointId, difference.businessDate);
      wrong.set(key, [...(wrong.get(key) ?? []), difference]);
    }
    const alarms = [...wrong].map(([key, rows]) => ({
      key,
      kind: KIND,
      severity: 'critical' as const,
      pointId: rows[0]!.pointId,
      detail: { businessDate: rows[0]!.businessDate, rows: rows.length, first: rows.slice(0, SHOWN_MAX) },
    }));
    await raiseAlarms(database, alarms, clock.now());
    await this.#clear(scope, new Set(wrong.keys()));
    if (wrong.size > 0) {
      this.#mismatches.inc(wrong.size);
      log.error({ scope, pointDays: wrong.size, first: differences[0] }, 'income roll-ups differ from the journal');
    }
    return wrong.size;
  }

  /** Alarms of what was checked just now and is right. */
  async #clear(scope: IncomeScope, wrong: ReadonlySet<string>): Promise<void> {
    const { database, clock } = this.core;
    const right = (await openAlarms(database, KIND)).filter(({ key, pointId, detail }) => {
      const date = String(detail['businessDate']);
      const looked = scope.pointIds === undefined || scope.pointIds.includes(pointId!);
      return looked && date >= scope.from && date <= scope.to && !wrong.has(key);
    });
    await clearAlarms(
      database,
      right.map(({ key }) => key),
      clock.now(),
    );
  }
}

function alarmKey(pointId: number, businessDate: BusinessDate): string {
  return `${KIND}:${pointId}:${businessDate}`;
}
