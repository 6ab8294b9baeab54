import { DAY_MS, HOUR_MS } from '@app/kernel';
import fc from 'fast-check';
import { outstandingOf, periodOf, type Case, type CaseState, type Finding } from './case.js';
import { foldCase, type CaseEvent } from './case-event.js';
import { caseKey, countBeyond, openCase, placeFinding, takeFinding, tick, withdrawFinding } from './findings.js';
import { applyMove, moveTable, type Actor, type CaseMove, type Role } from './moves.js';
import { defaultCaseRules as rules, severityOf } from './severity.js';

const T0 = Date.parse('2026-11-21T02:00:00Z');
const ani: Actor = { id: 'ani', role: 'revenue-officer' };
const budi: Actor = { id: 'budi', role: 'revenue-officer' };

const finding = (id: string, change: Partial<Finding> = {}): Finding => ({
  id,
  kind: 'exception',
  pattern: 'cash-under-declared',
  subject: { kind: 'attendant', id: 'a1' },
  businessDate: '2026-11-20',
  amount: 50_000,
  evidence: [],
  ...change,
});

const opened = (): Case => openCase('c1', finding('f1'), null, T0, rules).case;

/** Moves that must all succeed. */
function walk(item: Case, ...steps: [CaseMove, Actor][]): Case {
  return steps.reduce((current, [move, actor]) => {
    const moved = applyMove(current, move, actor, T0 + 1000, rules);
    if (!moved.ok) throw new Error(moved.error.message);
    return moved.value.case;
  }, item);
}

const toAni: [CaseMove, Actor] = [{ type: 'assign', to: 'ani' }, ani];
const review: [CaseMove, Actor] = [{ type: 'start-review' }, ani];
const ask: [CaseMove, Actor] = [{ type: 'request-write-off', reason: 'attendant died' }, ani];
const resolveAs = (outcome: 'explained' | 'recovered' | 'device-fault' | 'confirmed'): [CaseMove, Actor] => [
  { type: 'resolve', outcome, reason: 'because' },
  ani,
];
const back = (amount: number): [CaseMove, Actor] => [
  { type: 'record-recovery', amount, into: 'treasurer/bp-1', reference: 'TBP-9' },
  ani,
];

describe('the way of a case', () => {
  it('goes from open over assigned and under review to resolved, and can be reopened', () => {
    const states: CaseState[] = [];
    let item = opened();
    for (const step of [
      toAni,
      review,
      resolveAs('explained'),
      [{ type: 'reopen', reason: 'new witness' }, budi],
    ] as const) {
      states.push(item.state);
      item = walk(item, step as [CaseMove, Actor]);
    }
    expect([...states, item.state]).toEqual(['open', 'assigned', 'under-review', 'resolved', 'assigned']);
    expect(item).toMatchObject({ outcome: null, resolvedAt: null, assignee: 'ani', version: 5 });
  });

  const sample: Record<CaseMove['type'], CaseMove> = {
    assign: { type: 'assign', to: 'ani' },
    'start-review': { type: 'start-review' },
    comment: { type: 'comment', text: 'hm' },
    attach: { type: 'attach', name: 'photo.jpg', sha256: 'a'.repeat(64), bytes: 10 },
    'record-recovery': back(1)[0],
    'request-write-off': ask[0],
    'approve-write-off': { type: 'approve-write-off' },
    'reject-write-off': { type: 'reject-write-off', reason: 'no' },
    resolve: resolveAs('explained')[0],
    reopen: { type: 'reopen', reason: 'why' },
  };
  const inState: Record<CaseState, Case> = {
    open: opened(),
    assigned: walk(opened(), toAni),
    'under-review': walk(opened(), toAni, review),
    resolved: walk(opened(), toAni, review, resolveAs('confirmed')),
  };

  it.each(Object.keys(sample) as CaseMove['type'][])(
    'allows %s exactly from the states and roles of the table',
    (type) => {
      for (const state of Object.keys(inState) as CaseState[]) {
        for (const role of ['administrator', 'revenue-officer', 'operator-clerk', 'auditor'] as Role[]) {
          const moved = applyMove(inState[state], sample[type], { id: 'ani', role }, T0, rules);
          const code = moved.ok ? null : moved.error.code;
          const { from, roles } = moveTable[type];
          if (!roles.includes(role)) expect(code).toBe('not-allowed');
          else if (!from.includes(state)) expect(code).toBe('wrong-state');
          else expect(code === null || ['approve-write-off', 'reject-write-off'].includes(type)).toBe(true);
        }
      }
    },
  );

  it('is reviewed by its assignee, or an administrator', () => {
    const item = walk(opened(), toAni);
    expect(applyMove(item, { type: 'start-review' }, budi, T0, rules)).toMatchObject({
      error: { code: 'not-allowed' },
    });
    expect(applyMove(item, { type: 'start-review' }, { id: 'root', role: 'administrator' }, T0, rules).ok).toBe(true);
  });

  it.each<[CaseMove, string]>([
    [{ type: 'comment', text: '  ' }, 'text'],
    [{ type: 'comment', text: 'x'.repeat(4001) }, 'text'],
    [{ type: 'attach', name: 'a', sha256: 'zz', bytes: 1 }, 'sha256'],
    [{ type: 'record-recovery', amount: 0, into: 'bank', reference: 'r' }, 'amount'],
    [{ type: 'record-recovery', amount: 0.5, into: 'bank', reference: 'r' }, 'amount'],
    [{ type: 'record-recovery', amount: 50_001, into: 'bank', reference: 'r' }, 'amount'],
    [{ type: 'record-recovery', amount: 1, into: '', reference: 'r' }, 'into'],
    [{ type: 'resolve', outcome: 'recovered', reason: 'r' }, 'outcome'],
    [{ type: 'resolve', outcome: 'written-off' as 'explained', reason: 'r' }, 'outcome'],
    [{ type: 'resolve', outcome: 'explained', reason: '' }, 'reason'],
  ])('refuses %j and names the field', (move, field) => {
    const moved = applyMove(inState['under-review'], move, ani, T0, rules);
    expect(moved).toMatchObject({ ok: false, error: { field } });
  });
});

describe('a write-off', () => {
  const asked = walk(opened(), toAni, review, ask);

  it('needs a second person', () => {
    expect(applyMove(asked, { type: 'approve-write-off' }, ani, T0, rules)).toMatchObject({
      error: { code: 'same-person' },
    });
    const approved = applyMove(asked, { type: 'approve-write-off' }, budi, T0, rules);
    expect(approved).toMatchObject({ ok: true, value: { case: { state: 'resolved', outcome: 'written-off' } } });
    expect(approved.ok && approved.value.events[0]!.change).toMatchObject({ type: 'resolved', writtenOff: 50_000 });
  });

  it('is never reached by a plain resolve while it waits, nor without being asked for', () => {
    expect(applyMove(asked, resolveAs('explained')[0], budi, T0, rules)).toMatchObject({
      error: { code: 'wrong-state' },
    });
    const unasked = walk(opened(), toAni, review);
    expect(applyMove(unasked, { type: 'approve-write-off' }, budi, T0, rules)).toMatchObject({
      error: { code: 'wrong-state' },
    });
  });

  it('of a sum that has changed since must be asked for again', () => {
    const less = walk(asked, back(10_000));
    expect(applyMove(less, { type: 'approve-write-off' }, budi, T0, rules)).toMatchObject({ error: { code: 'stale' } });
    const again = walk(less, [{ type: 'reject-write-off', reason: 'sum' }, budi], ask);
    expect(again.writeOff).toMatchObject({ amount: 40_000 });
  });

  it('is dropped when the case goes to somebody else', () => {
    expect(walk(asked, [{ type: 'assign', to: 'budi' }, ani]).writeOff).toBeNull();
  });
});

describe('recovered rupiah', () => {
  it('come off what is outstanding, are numbered for the ledger, and allow the outcome recovered at 0', () => {
    const part = walk(opened(), toAni, review, back(20_000));
    expect([part.recovered, outstandingOf(part), part.recoveries]).toEqual([20_000, 30_000, 1]);
    const whole = walk(part, back(30_000), resolveAs('recovered'));
    expect(whole).toMatchObject({ state: 'resolved', outcome: 'recovered', recoveries: 2 });
  });
});

describe('findings', () => {
  it('of the same subject and pattern join one case; the same finding again changes nothing', () => {
    const joined = takeFinding(finding('f2', { amount: 60_000 }), opened(), 'c2', T0, rules)!;
    expect(joined.case).toMatchObject({ id: 'c1', amount: 110_000, severity: 'minor' });
    expect(takeFinding(finding('f2', { amount: 60_000 }), joined.case, 'c2', T0, rules)).toBeNull();
    const grown = takeFinding(finding('f2', { amount: 70_000 }), joined.case, 'c2', T0, rules)!;
    expect(grown.case).toMatchObject({ amount: 120_000 });
    expect(grown.case.findings).toHaveLength(2);
    expect(caseKey(finding('x'))).toBe('cash-under-declared/attendant/a1');
  });

  it('after the end begin a new episode, unless they lie in the period that the case was about', () => {
    const done = walk(opened(), toAni, review, resolveAs('confirmed'));
    const later = finding('f9', { businessDate: '2026-11-25' });
    expect(takeFinding(later, done, 'c2', T0 + DAY_MS, rules)!.case).toMatchObject({
      id: 'c2',
      episode: 2,
      state: 'open',
    });
    const same = finding('f8', { businessDate: '2026-11-20' });
    expect(takeFinding(same, done, 'c2', T0 + DAY_MS, rules)!.case).toMatchObject({ id: 'c1', state: 'assigned' });
    expect(placeFinding(same, done, T0 + 40 * DAY_MS, rules)).toBe('new');
    expect(placeFinding(finding('f1'), done, T0 + DAY_MS, rules)).toBe('same');
    expect(placeFinding(finding('f1', { amount: 60_000 }), done, T0 + DAY_MS, rules)).toBe('reopen');
  });

  it('that vanish are withdrawn; when none is left the case explains itself', () => {
    const two = takeFinding(finding('f2'), opened(), 'c2', T0, rules)!.case;
    const one = withdrawFinding(two, 'f1', 'late record', T0, rules)!;
    expect(one.case).toMatchObject({ state: 'open', amount: 50_000 });
    const none = withdrawFinding(one.case, 'f2', 'late record', T0, rules)!;
    expect(none.case).toMatchObject({ state: 'resolved', outcome: 'explained', amount: 0 });
    expect(withdrawFinding(none.case, 'f2', 'late record', T0, rules)).toBeNull();
    expect(takeFinding(finding('f2'), none.case, 'c2', T0, rules)!.case).toMatchObject({
      id: 'c1',
      state: 'open',
      amount: 50_000,
    });
  });

  it('fill a case up to its limit, and open no second one beside it', () => {
    const tight = { ...rules, findingsMax: 1 };
    expect(takeFinding(finding('f2'), opened(), 'c2', T0, tight)).toBeNull();
  });

  it('count in a full case without being listed: its sum follows, and it ends when nothing stands any more', () => {
    const over = (findings: number, amount: number) => ({ findings, amount, from: '2026-11-18', to: '2026-11-22' });
    const full = countBeyond(opened(), over(3, 950_000), T0, rules)!.case;
    expect(full).toMatchObject({ amount: 1_000_000, severity: 'major', state: 'open' });
    expect(periodOf(full)).toEqual({ from: '2026-11-18', to: '2026-11-22' });
    expect(countBeyond(full, over(3, 950_000), T0, rules)).toBeNull();

    // A resolved case keeps what it counts; more of it brings the case back.
    const done = walk(full, toAni, review, resolveAs('confirmed'));
    expect(placeFinding(finding('f9'), done, T0, { ...rules, findingsMax: 1 }, true)).toBe('same');
    expect(countBeyond(done, over(2, 900_000), T0, rules)!.case).toMatchObject({ state: 'resolved', amount: 950_000 });
    expect(countBeyond(done, over(4, 960_000), T0, rules)!.case).toMatchObject({
      state: 'assigned',
      amount: 1_010_000,
    });

    const listedGone = withdrawFinding(full, 'f1', 'late record', T0, rules)!.case;
    expect(listedGone).toMatchObject({ state: 'open', amount: 950_000 });
    expect(countBeyond(listedGone, null, T0, rules)!.case).toMatchObject({
      state: 'resolved',
      outcome: 'explained',
      amount: 0,
    });
  });

  it('keep a suspicion in one case of its subject while its most likely pattern changes', () => {
    const first: Finding = { ...finding('s1'), kind: 'suspicion', pattern: 'unrecorded-cash', until: '2026-11-05' };
    const item = openCase('c1', first, null, T0, rules).case;
    const later: Finding = { ...first, pattern: 'device-off', until: '2026-11-07', amount: first.amount + 1 };
    const moved = takeFinding(later, item, 'c2', T0, rules)!.case;
    expect(moved).toMatchObject({ id: 'c1', pattern: 'device-off', amount: first.amount + 1 });
    expect(periodOf(moved).to).toBe('2026-11-07');
  });
});

describe('severity and time', () => {
  it.each([
    [0, 0, 'indeterminate'],
    [1, 0, 'warning'],
    [100_000, 0, 'minor'],
    [1_000_000, 0, 'major'],
    [10_000_000, 0, 'critical'],
    [0, 14, 'minor'],
    [1, 30, 'major'],
    [100_000, 60, 'critical'],
  ])('%i rupiah after %i days is %s', (amount, days, severity) => {
    expect(severityOf('cash-under-declared', amount, days * DAY_MS, rules)).toBe(severity);
  });

  it('has a floor for findings whose sum says little', () => {
    expect(severityOf('broken-chain', 0, 0, rules)).toBe('major');
  });

  it('escalates once each time the due time passes, and grades up with age', () => {
    const item = opened();
    expect(item).toMatchObject({ severity: 'warning', dueAt: T0 + 336 * HOUR_MS });
    expect(tick(item, item.dueAt - 1, rules)).toBeNull();
    const late = tick(item, item.dueAt, rules)!;
    expect(late.case).toMatchObject({ escalations: 1, severity: 'minor' });
    expect(tick(late.case, item.dueAt, rules)).toBeNull();
    expect(tick(walk(item, toAni, review, resolveAs('explained')), item.dueAt + DAY_MS, rules)).toBeNull();
  });
});

describe('history', () => {
  const anyMove: fc.Arbitrary<(item: Case, now: number) => CaseEvent[]> = fc.oneof(
    fc
      .record({
        move: fc.constantFrom<CaseMove>(
          toAni[0],
          review[0],
          ask[0],
          { type: 'approve-write-off' },
          { type: 'reject-write-off', reason: 'no' },
          back(10_000)[0],
          resolveAs('explained')[0],
          resolveAs('recovered')[0],
          { type: 'reopen', reason: 'why' },
        ),
        actor: fc.constantFrom(ani, budi),
      })
      .map(({ move, actor }) => (item: Case, now: number) => {
        const moved = applyMove(item, move, actor, now, rules);
        return moved.ok ? moved.value.events : [];
      }),
    fc
      .record({ id: fc.constantFrom('f1', 'f2', 'f3'), amount: fc.constantFrom(0, 50_000, 2_000_000) })
      .map(({ id, amount }) => (item: Case, now: number) => {
        const moved = takeFinding(finding(id, { amount }), item, 'other', now, rules);
        return moved && moved.case.id === item.id ? moved.events : [];
      }),
    fc
      .constantFrom('f1', 'f2')
      .map((id) => (item: Case, now: number) => withdrawFinding(item, id, 'late', now, rules)?.events ?? []),
    fc.constant((item: Case, now: number) => tick(item, now, rules)?.events ?? []),
  );

  it('folds back to the case, is numbered without a gap, and a write-off always has two people', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyMove, fc.nat(20 * DAY_MS)), { maxLength: 40 }), (steps) => {
        const first = openCase('c1', finding('f1'), null, T0, rules);
        const history = [...first.events];
        let item = first.case;
        let now = T0;
        for (const [step, pause] of steps) {
          now += pause;
          const frozen = JSON.stringify(item);
          const events = step(item, now);
          expect(JSON.stringify(item)).toBe(frozen);
          history.push(...events);
          item = foldCase(history);
        }
        expect(history.map((event) => event.number)).toEqual(history.map((_, i) => i + 1));
        expect(item.version).toBe(history.length);
        expect(item.recovered).toBeGreaterThanOrEqual(0);
        expect(item.outcome === null).toBe(item.state !== 'resolved');
        history.forEach((event, i) => {
          if (event.change.type !== 'resolved' || event.change.outcome !== 'written-off') return;
          const asked = history.slice(0, i).findLast((earlier) => earlier.change.type === 'write-off-requested')!;
          expect(asked.actor).not.toBe(event.actor);
        });
      }),
    );
  });
});
