import { HOUR_MS } from '@app/kernel';
import type { Findings } from './exception.js';
import type { GapFact, IntegrityFact } from './facts.js';
import type { IntegrityRule } from './rules.js';

/** Records that are missing, that came with two contents, or that do not hang on their predecessor. */
export function checkJournal(
  gaps: Iterable<GapFact>,
  integrity: Iterable<IntegrityFact>,
  rule: IntegrityRule,
  findings: Findings,
): void {
  for (const gap of gaps) {
    const ref = `${gap.device}/${gap.epoch}/${gap.from}`;
    findings.add(ref, {
      pattern: 'sequence-gap',
      subject: { kind: 'device', id: gap.device },
      businessDate: gap.businessDate,
      at: gap.since,
      amount: 0, // nobody knows what the missing records hold
      point: gap.point,
      device: gap.device,
      attendant: gap.attendant,
      record: null,
      settlement: null,
      dueAt: gap.since + rule.gapHoursMax * HOUR_MS,
      evidence: [{ kind: 'gap', ref: `${ref}-${gap.to}` }],
      details: { from: gap.from, to: gap.to, records: gap.to - gap.from + 1 },
    });
  }
  for (const fact of integrity) {
    findings.add(fact.kind === 'record-conflict' ? `${fact.record}/${fact.hash}` : fact.record, {
      pattern: fact.kind,
      subject: { kind: 'device', id: fact.device },
      businessDate: fact.businessDate,
      at: fact.at,
      amount: fact.amount,
      point: fact.point,
      device: fact.device,
      attendant: fact.attendant,
      record: fact.record,
      settlement: null,
      dueAt: null,
      evidence: [{ kind: 'record', ref: fact.record }],
      details: { hash: fact.hash },
    });
  }
}
