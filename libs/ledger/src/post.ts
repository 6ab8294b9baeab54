import { invariant, unreachable } from '@app/kernel';
import { settlementSign } from '@app/settlement';
import { account, type Account } from './account.js';
import { entryOf, reversalOf, type Entry, type Move } from './entry.js';
import type {
  CollectionEvent,
  Debtor,
  DepositSlipEvent,
  HandOverEvent,
  MinimumShortfallEvent,
  MoneyEvent,
  PaymentEvent,
  SettlementEvent,
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
    return paid && { ...reversalOf(paid, `void:${event.record}`, event.bookedAt, event.record), kind: 'void' };
  }
  const source = sourceOf(event);
  const head = { kind: event.type, businessDate: event.businessDate, bookedAt: event.bookedAt, source };
  return entryOf({ id: `${event.type}:${source}`, ...head }, movesOf(event));
}

/** The reference of what an event comes from; with the type it is the idempotency key. */
function sourceOf(event: Exclude<MoneyEvent, { type: 'void' }>): string {
  switch (event.type) {
    case 'payment':
      return event.record;
    case 'shift-close':
      return path(event.point, event.attendant, event.shift);
    case 'collection':
      return path(event.device, String(event.number));
    case 'settlement':
      return event.key;
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
      return [{ to: heldBy(event), from: account('gross-retribution', event.point), amount: event.amount }];
    case 'shift-close':
      return shiftMoves(event);
    case 'collection':
      return collectionMoves(event);
    case 'settlement':
      return settlementMoves(event);
    case 'payout-credit':
      return [
        { to: account('bank', event.account), from: account('payout-due', event.acquirer), amount: event.amount },
      ];
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

/** Where the money of a payment is: in a hand, in a box, at the acquirer, or nowhere (a charge on a free payment). */
function heldBy(event: PaymentEvent): Account {
  if (event.method === 'qris' || event.method === 'card') return account('receivable', event.acquirer);
  if (event.method !== 'cash') return account('uncollected', event.point);
  return event.holder.kind === 'box'
    ? account('cash-box', event.holder.device)
    : account('cash-in-hand', event.point, event.holder.attendant);
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
function settlementMoves(event: SettlementEvent): Move[] {
  invariant(event.amount === event.fee + event.net, `settlement ${event.key}: amount is not fee + net`);
  const due = account('payout-due', event.acquirer);
  const fees = account('fees', event.acquirer);
  if (event.kind === 'fee') return [{ to: fees, from: due, amount: event.amount }];
  const sign = settlementSign(event.kind);
  const against = account(event.kind === 'payment' ? 'receivable' : 'refunds', event.acquirer);
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
