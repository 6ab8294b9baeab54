import { invariant, unreachable } from '@app/kernel';
import { settlementSign } from '@app/settlement';
import { account, type Account } from './account.js';
import { entryOf, reversalOf, type Entry, type Move } from './entry.js';
import type {
  CollectionEvent,
  DayReceiptsEvent,
  Debtor,
  DepositSlipEvent,
  HandOverEvent,
  MinimumShortfallEvent,
  MoneyEvent,
  SettledBatchEvent,
  ShareStatementEvent,
  ShiftCloseEvent,
} from './events.js';

/**
 * The entry of an event, or null when it moves no money (a free payment, a shift that agrees).
 * Pure: the same event gives the same entry with the same id, so processing it again books nothing new.
 */
export function post(event: MoneyEvent): Entry | null {
  if (event.type === 'void') {
    const paid = post(event.payment);
    return paid && { ...reversalOf(paid, entryIdOf(event), event.bookedAt, event.record), kind: 'void' };
  }
  const head = { kind: event.type, businessDate: event.businessDate, bookedAt: event.bookedAt };
  return entryOf({ id: entryIdOf(event), ...head, source: sourceOf(event) }, movesOf(event));
}

/** The id of an event's entry, whether or not it moves anything. */
export function entryIdOf(event: MoneyEvent): string {
  return event.type === 'void' ? `void:${event.record}` : `${event.type}:${sourceOf(event)}`;
}

/** The reference of what an event comes from; with the type it is the idempotency key. */
function sourceOf(event: Exclude<MoneyEvent, { type: 'void' }>): string {
  switch (event.type) {
    case 'payment':
      return event.record;
    case 'day-receipts':
      return path(event.point, event.businessDate);
    case 'shift-close':
      return path(event.device, event.shift, event.businessDate);
    case 'collection':
      return event.record;
    case 'settlement':
      return event.key;
    case 'settled-batch':
      return path(event.acquirer, event.batch);
    case 'payout-credit':
    case 'credit-note':
      return event.bankEntry;
    case 'unallocated':
      return event.exception;
    case 'hand-over':
      return event.number;
    case 'deposit-slip':
      return event.slip;
    case 'security-deposit':
      return path(event.operator, event.reference);
    case 'minimum-shortfall':
      return path(event.operator, event.businessDate);
    case 'share-statement':
      return path(event.operator, event.month, String(event.revision));
    case 'recovery':
      return path(event.case, String(event.number));
    case 'write-off':
      return event.case;
    default:
      return unreachable(event);
  }
}

function path(...parts: string[]): string {
  return parts.map(encodeURIComponent).join('/');
}

/** docs/LEDGER.md has this as a table. */
function movesOf(event: Exclude<MoneyEvent, { type: 'void' }>): Move[] {
  switch (event.type) {
    case 'payment':
      return [paidTo(event.point, event)];
    case 'day-receipts':
      return event.receipts.map((receipt) => paidTo(event.point, receipt));
    case 'shift-close':
      return shiftMoves(event);
    case 'collection':
      return collectionMoves(event);
    case 'settlement':
      return settlementMoves(event.acquirer, event);
    case 'settled-batch':
      return event.sums.flatMap((sum) => settlementMoves(event.acquirer, sum));
    case 'payout-credit': {
      const into = account(event.accountKind === 'treasury' ? 'treasury-account' : 'bank', event.account);
      return [{ to: into, from: account('payout-due', event.acquirer), amount: event.amount }];
    }
    case 'unallocated': {
      const from = account('unallocated-settlement', event.acquirer);
      return [{ to: account('receivable', event.acquirer), from, amount: event.amount }];
    }
    case 'hand-over':
      return [{ to: receiver(event), from: giver(event), amount: event.amount }];
    case 'deposit-slip':
      return [{ to: account('deposit-in-transit', event.slip), from: slipSource(event), amount: event.amount }];
    case 'credit-note': {
      const from = account('deposit-in-transit', event.slip);
      return [{ to: account('treasury-account', event.treasuryAccount), from, amount: event.amount }];
    }
    case 'security-deposit': {
      const from = account('security-deposit', event.operator);
      return [{ to: account('treasury-account', event.treasuryAccount), from, amount: event.amount }];
    }
    case 'minimum-shortfall':
      return shortfallMoves(event);
    case 'share-statement':
      return shareMoves(event);
    case 'recovery':
      return [{ to: event.into, from: event.from, amount: event.amount }];
    case 'write-off':
      return [{ to: account('write-offs'), from: event.from, amount: event.amount }];
    default:
      return unreachable(event);
  }
}

type Receipt = DayReceiptsEvent['receipts'][number];

function paidTo(point: string, receipt: Receipt): Move {
  return { to: heldBy(point, receipt), from: account('gross-retribution', point), amount: receipt.amount };
}

/** Where the money of a payment is: in a hand, in a box, at the acquirer, or nowhere (a charge on a free payment). */
function heldBy(point: string, { method, holder, acquirer }: Receipt): Account {
  if (method === 'qris' || method === 'card') return account('receivable', acquirer);
  if (method !== 'cash') return account('uncollected', point);
  return holder.kind === 'box' ? account('cash-box', holder.device) : account('cash-in-hand', point, holder.attendant);
}

export function arrearsOf(debtor: Debtor): Account {
  return account('arrears', debtor.kind, debtor.id);
}

/** Short: the attendant owes it. Over: it is in the hand, and stands as a difference of the point until explained. */
function shiftMoves(event: ShiftCloseEvent): Move[] {
  const cash = account('cash-in-hand', event.point, event.attendant);
  const over = event.counted - event.recorded;
  if (over > 0) return [{ to: cash, from: account('cash-difference', event.point), amount: over }];
  return [{ to: arrearsOf({ kind: 'attendant', id: event.attendant }), from: cash, amount: -over }];
}

/** The box gives what its register says; what was counted is in the collector's hand; the rest is a difference. */
function collectionMoves(event: CollectionEvent): Move[] {
  const box = account('cash-box', event.device);
  const cash = account('cash-in-hand', event.point, event.collector);
  return [
    { to: cash, from: box, amount: event.counted },
    { to: account('cash-difference', event.point), from: box, amount: event.registerCash - event.counted },
  ];
}

/** The receivable becomes a payout due and a fee; refunds and cancels come off the payout; a fee line only costs. */
function settlementMoves(acquirer: string, event: SettledBatchEvent['sums'][number]): Move[] {
  invariant(event.amount === event.fee + event.net, `settlement of ${acquirer}: amount is not fee + net`);
  const due = account('payout-due', acquirer);
  const fees = account('fees', acquirer);
  if (event.kind === 'fee') return [{ to: fees, from: due, amount: event.amount }];
  const sign = settlementSign(event.kind);
  const against = account(event.kind === 'payment' ? 'receivable' : 'refunds', acquirer);
  return [
    { to: due, from: against, amount: sign * event.net },
    { to: fees, from: against, amount: sign * event.fee },
  ];
}

function giver(event: HandOverEvent): Account {
  const { from } = event;
  return from.kind === 'operator'
    ? account('operator-cash', from.operator)
    : account('cash-in-hand', from.point, from.holder);
}

function receiver(event: HandOverEvent): Account {
  const { to } = event;
  return to.kind === 'operator' ? account('operator-cash', to.operator) : account('treasurer', to.treasurer);
}

function slipSource(event: DepositSlipEvent): Account {
  const { from } = event;
  return from.kind === 'bank' ? account('bank', from.account) : account('treasurer', from.treasurer);
}

/** The operator owes the shortfall; what the security deposit covers is taken from it at once. */
function shortfallMoves(event: MinimumShortfallEvent): Move[] {
  invariant(event.drawn <= event.shortfall, `shortfall ${event.operator}: more drawn than short`);
  const owed = arrearsOf({ kind: 'operator', id: event.operator });
  return [
    { to: owed, from: account('minimum-deposit', event.operator), amount: event.shortfall },
    { to: account('security-deposit', event.operator), from: owed, amount: event.drawn },
  ];
}

/** The gross stays where it is; beside it stands to whom it belongs. */
function shareMoves(event: ShareStatementEvent): Move[] {
  const to = account('share-allocation', event.operator);
  return [
    { to, from: account('city-share', event.operator), amount: event.city },
    { to, from: account('attendant-share', event.operator), amount: event.attendant },
    { to, from: account('operator-share', event.operator), amount: event.operatorShare },
  ];
}
