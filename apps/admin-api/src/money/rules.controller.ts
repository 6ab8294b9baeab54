import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { daysBetween } from '@app/kernel';
import { DRY_RUN_DAYS_MAX, dryRunRules, enterRules, ruleBooksQuery, type ListQuery } from '@app/persistence';
import type { MoneyException, RuleBook } from '@app/reconciliation';
import { FieldError } from '@app/registry';
import { ADMINISTRATORS, Allow, CITY, CurrentViewer, OFFICERS, type Viewer } from '../auth/viewer.js';
import { ApiError } from '../http/errors.js';
import { ListOf } from '../http/list.js';
import { ListOptions } from '../http/list-options.dto.js';
import { Services } from '../services.js';
import type { ExceptionFindingDto } from './finding.dto.js';
import { AdoptRulesDto, DryRunDto, DryRunOptions, RuleBookDto, type RulesDto } from './rules.dto.js';

/** Exceptions of one kind that a dry run shows; the counts tell of all. */
const SHOWN_MAX = 500;

/** By which rules money is matched, and what other rules would find. */
@ApiTags('reconciliation')
@Controller()
export class RulesController {
  #busy = false;

  constructor(private readonly services: Services) {}

  /** Every rule book there was, the one in force first. */
  @Get('rule-books')
  @Allow(...CITY)
  @ListOf(RuleBookDto, 'rule-books')
  ruleBooks(@Query() _: ListOptions): ListQuery<RuleBookDto> {
    const list = ruleBooksQuery();
    return { ...list, map: (row: { rules: RuleBook | null }) => ({ ...row, rules: shownRules(row.rules) }) as never };
  }

  /** Puts new rules in force, as a new version. */
  @Post('rule-books')
  @Allow(...ADMINISTRATORS)
  @HttpCode(204)
  async adopt(@Body() { rules, lookAgainFrom }: AdoptRulesDto, @CurrentViewer() { actor }: Viewer): Promise<void> {
    const again = lookAgainFrom === undefined ? undefined : { from: lookAgainFrom, nowMs: this.services.clock.now() };
    await this.services.write(actor, (tx) => enterRules(tx, ruleBookOf(rules), again));
  }

  /** What exceptions would appear, disappear or change under other rules. Changes nothing; one at a time. */
  @Post('reconciliation/dry-run')
  @Allow(...OFFICERS)
  @HttpCode(200)
  async dryRun(@Body() { rules, from, to }: DryRunOptions): Promise<DryRunDto> {
    if (to < from) throw new FieldError('to', `to (${to}) lies before from (${from}).`);
    if (daysBetween(from, to) >= DRY_RUN_DAYS_MAX)
      throw new FieldError('to', `${from} to ${to} are more than ${DRY_RUN_DAYS_MAX} days.`, 'Try fewer days.');
    const book = ruleBookOf(rules);
    if (this.#busy)
      throw new ApiError(
        429,
        { code: 'busy', message: 'Another dry run is under way.', remedy: 'Try again in a minute.' },
        30,
      );
    this.#busy = true;
    try {
      const found = await dryRunRules(this.services.database, book, { from, to }, this.services.clock.now());
      const { appeared, gone, changed, ...sums } = found;
      const kinds = { appeared, gone, changed };
      return {
        ...sums,
        patterns: patternsOf(kinds),
        appeared: shown(appeared),
        gone: shown(gone),
        changed: shown(changed),
      };
    } finally {
      this.#busy = false;
    }
  }
}

/** @throws FieldError where no payout rule is for all other acquirers, or two are for one */
function ruleBookOf({ payouts, ...rest }: RulesDto): RuleBook {
  if (!payouts.some((rule) => rule.acquirer === '*'))
    throw new FieldError('rules.payouts', 'A rule for "*" is missing.', 'Add one for the acquirers not named.');
  if (new Set(payouts.map((rule) => rule.acquirer)).size !== payouts.length)
    throw new FieldError('rules.payouts', 'An acquirer has two rules.', 'Leave one out.');
  const byAcquirer = payouts.map(({ acquirer, toleranceRupiah, creditDaysMax }) => [
    acquirer,
    { toleranceRupiah, creditDaysMax },
  ]);
  return { ...rest, payouts: Object.fromEntries(byAcquirer) as RuleBook['payouts'] };
}

function shownRules(rules: RuleBook | null): RulesDto | null {
  if (!rules) return null;
  const payouts = Object.entries(rules.payouts).map(([acquirer, rule]) => ({ acquirer, ...rule }));
  return { ...rules, payouts } as RulesDto;
}

function patternsOf(kinds: Record<'appeared' | 'gone' | 'changed', MoneyException[]>): DryRunDto['patterns'] {
  const patterns = new Map<string, DryRunDto['patterns'][number]>();
  for (const kind of ['appeared', 'gone', 'changed'] as const)
    for (const { pattern } of kinds[kind]) {
      const row = patterns.get(pattern) ?? { pattern, appeared: 0, gone: 0, changed: 0 };
      row[kind] += 1;
      patterns.set(pattern, row);
    }
  return [...patterns.values()].sort((a, b) => (a.pattern < b.pattern ? -1 : 1));
}

function shown(exceptions: readonly MoneyException[]): ExceptionFindingDto[] {
  return exceptions.slice(0, SHOWN_MAX).map(({ subject, dueAt, ...item }) => {
    const { id, pattern, state, businessDate, amount, point, device, attendant, record, settlement } = item;
    return {
      ...{ id, pattern, state, businessDate, amount, point, device, attendant, record, settlement },
      subjectKind: subject.kind,
      subject: subject.id,
      dueAt: dueAt === null ? null : new Date(dueAt).toISOString(),
    };
  });
}
