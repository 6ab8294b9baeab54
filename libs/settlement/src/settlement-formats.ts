import { businessDateOf, type BusinessDate } from '@app/kernel';
import type { FileFormat } from './csv-file.js';
import { FieldFault, type FieldReader } from './field-reader.js';
import type { BankEntry, SettlementKind, SettlementRow } from './settlement-row.js';

/** Splits an amount into fee and net so that they add up in rupiah; the net rounds half up, the sen stay in netSen. */
function money(amountSen: number, netSen: number): Pick<SettlementRow, 'amount' | 'fee' | 'net' | 'netSen'> {
  const amount = amountSen / 100;
  const net = Math.round(netSen / 100);
  return { amount, fee: amount - net, net, netSen };
}

/** A deduction larger than the payment cannot be a fee. */
function checkNet(field: string, amountSen: number, netSen: number): number {
  if (netSen < 0 || netSen > amountSen) {
    throw new FieldFault('format', field, 'the net must lie between 0 and the amount; check fee and amount');
  }
  return netSen;
}

const danaKinds = {
  ACQUIRING_ORDER: 'payment',
  VOUCHER_DEDUCTION: 'payment',
  CAPTURE: 'payment',
  REFUND: 'refund',
  CANCEL: 'cancel',
} as const satisfies Record<string, SettlementKind>;

/**
 * DANA's published "Payment Services" settlement file (document version 1.2.0): semicolons, sums in cents, positive
 * whatever the type. SETTLE_AMOUNT tells what is paid out; the commission and tax columns differ by contract, so the
 * fee is taken as amount less settle amount. One TXN_ID may stand on several lines, one per PAY_METHOD.
 */
export const danaFormat: FileFormat<SettlementRow> = {
  name: 'dana',
  delimiter: ';',
  columns: [
    'SETTLEMENT_TXN_ID',
    'TXN_ID',
    'TXN_TYPE',
    'MID',
    'SETTLE_DATE',
    'TXN_AMOUNT',
    'TXN_CURRENCY',
    'TXN_DATE',
    'ORIGINAL_TXN_ID',
    'SETTLE_AMOUNT',
    'MERCHANT_TRANS_ID',
  ],
  read(fields) {
    const type = fields.oneOf('TXN_TYPE', Object.keys(danaKinds) as (keyof typeof danaKinds)[]);
    fields.oneOf('TXN_CURRENCY', ['IDR']);
    const amountSen = fields.sen('TXN_AMOUNT');
    fields.whole('TXN_AMOUNT', amountSen);
    const kind = danaKinds[type];
    const original = kind === 'payment' ? fields.optional('ORIGINAL_TXN_ID') : fields.text('ORIGINAL_TXN_ID');
    return {
      acquirer: 'dana',
      kind,
      transactionId: fields.text('TXN_ID'),
      part: `${type}/${fields.optional('PAY_METHOD') ?? ''}`,
      originalTransactionId: original,
      batchId: fields.text('SETTLEMENT_TXN_ID'),
      orderId: fields.text('MERCHANT_TRANS_ID'),
      rrn: null,
      nmid: null,
      mid: fields.text('MID'),
      terminal: fields.optional('SHOP_ID'),
      cardLast4: null,
      trace: null,
      ...money(amountSen, checkNet('SETTLE_AMOUNT', amountSen, fields.sen('SETTLE_AMOUNT'))),
      transactionAt: fields.instant('TXN_DATE'),
      settlementDate: businessDateOf(fields.instant('SETTLE_DATE')),
    };
  },
};

/** Our own documented CSV, for acquirers that publish no format (docs/SETTLEMENT-FILES.md). */
export const canonicalFormat: FileFormat<SettlementRow> = {
  name: 'canonical',
  delimiter: ',',
  columns: ['acquirer', 'kind', 'transaction_id', 'batch_id', 'amount', 'fee', 'transaction_at', 'settlement_date'],
  read(fields) {
    const kind = fields.oneOf('kind', ['payment', 'refund', 'cancel', 'fee']);
    const amountSen = fields.decimalSen('amount');
    fields.whole('amount', amountSen);
    const feeSen = fields.decimalSen('fee');
    if (kind === 'fee' && feeSen !== 0)
      throw new FieldFault('format', 'fee', 'a fee line has its sum in amount; write 0');
    const refundLike = kind === 'refund' || kind === 'cancel';
    return {
      acquirer: fields.text('acquirer', 32),
      kind,
      transactionId: fields.text('transaction_id'),
      part: fields.optional('part') ?? '',
      originalTransactionId: refundLike ? fields.text('original_transaction_id') : null,
      batchId: fields.text('batch_id'),
      orderId: fields.optional('order_id'),
      rrn: fields.optional('rrn'),
      nmid: fields.optional('nmid'),
      mid: fields.optional('mid'),
      terminal: fields.optional('terminal'),
      cardLast4: last4(fields, 'card_last4'),
      trace: fields.optional('trace'),
      ...money(amountSen, checkNet('fee', amountSen, amountSen - feeSen)),
      transactionAt: fields.instant('transaction_at'),
      settlementDate: fields.date('settlement_date'),
    };
  },
};

/**
 * SYNTHETIC. No issuer of e-money cards (Flazz, Brizzi, e-Money, TapCash) publishes its settlement format; this one was
 * made up for the simulator and the tests, and every column says so.
 */
export const syntheticCardFormat: FileFormat<SettlementRow> = {
  name: 'synthetic-card',
  delimiter: ',',
  columns: [
    'synthetic_batch',
    'synthetic_issuer',
    'synthetic_type',
    'synthetic_terminal',
    'synthetic_trace',
    'synthetic_card_last4',
    'synthetic_amount',
    'synthetic_fee',
    'synthetic_at',
    'synthetic_settled_on',
  ],
  read(fields) {
    const kind = fields.oneOf('synthetic_type', ['SALE', 'REFUND']) === 'SALE' ? 'payment' : 'refund';
    const amountSen = fields.decimalSen('synthetic_amount');
    fields.whole('synthetic_amount', amountSen);
    const terminal = fields.text('synthetic_terminal', 32);
    const trace = fields.text('synthetic_trace', 16);
    const transactionAt = fields.instant('synthetic_at');
    const id = cardTransactionId(terminal, businessDateOf(transactionAt), trace);
    return {
      acquirer: `card-${fields.text('synthetic_issuer', 27)}`,
      kind,
      transactionId: id,
      part: '',
      originalTransactionId: kind === 'refund' ? fields.text('synthetic_original') : null,
      batchId: fields.text('synthetic_batch'),
      orderId: null,
      rrn: null,
      nmid: null,
      mid: fields.optional('synthetic_mid'),
      terminal,
      cardLast4: last4(fields, 'synthetic_card_last4'),
      trace,
      ...money(amountSen, checkNet('synthetic_fee', amountSen, amountSen - fields.decimalSen('synthetic_fee'))),
      transactionAt,
      settlementDate: fields.date('synthetic_settled_on'),
    };
  },
};

/** A terminal's trace counter runs for a day: with terminal and day it names one card transaction. */
export function cardTransactionId(terminal: string, date: BusinessDate, trace: string): string {
  return `${terminal}:${date}:${trace}`;
}

/** Exactly four digits: a whole card number must never enter the books. */
function last4(fields: FieldReader, field: string): string | null {
  const value = fields.optional(field);
  if (value !== null && !/^\d{4}$/.test(value)) {
    throw new FieldFault('format', field, 'must be the last four digits only; never a whole card number');
  }
  return value;
}

function positive(fields: FieldReader, field: string): number {
  const amount = fields.rupiah(field);
  if (amount === 0) throw new FieldFault('format', field, 'is 0; an entry moves money, leave the line out');
  return amount;
}

/** A bank statement as CSV (docs/SETTLEMENT-FILES.md). */
export const bankFormat: FileFormat<BankEntry> = {
  name: 'bank',
  delimiter: ',',
  columns: ['account', 'entry_id', 'direction', 'value_date', 'amount', 'reference', 'description'],
  read(fields) {
    return {
      account: fields.text('account', 34),
      entryId: fields.text('entry_id'),
      direction: fields.oneOf('direction', ['C', 'D']) === 'C' ? 'credit' : 'debit',
      valueDate: fields.date('value_date'),
      amount: positive(fields, 'amount'),
      reference: fields.optional('reference'),
      description: fields.optional('description', 200) ?? '',
    };
  },
};

/** The adapters `POST /api/v1/settlements` knows, by the name it is given. */
export const settlementFormats: Readonly<Record<string, FileFormat<SettlementRow>>> = {
  dana: danaFormat,
  canonical: canonicalFormat,
  'synthetic-card': syntheticCardFormat,
};
