import fc from 'fast-check';
import { defaultFileLimits, readFile, type FileFormat, type FileLine, type FileRefused } from './csv-file.js';
import { addSettlement, emptySettlementSummary } from './file-summary.js';
import { bankFormat, canonicalFormat, danaFormat, syntheticCardFormat } from './settlement-formats.js';
import { settlementHash, settlementKey, type SettlementRow } from './settlement-row.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

async function lines<Row>(
  format: FileFormat<Row>,
  content: string | Uint8Array | Uint8Array[],
  limits = defaultFileLimits,
): Promise<FileLine<Row>[]> {
  const chunks = Array.isArray(content) ? content : [typeof content === 'string' ? encode(content) : content];
  const found: FileLine<Row>[] = [];
  for await (const line of readFile(chunks, format, limits)) found.push(line);
  return found;
}

async function refused(
  format: FileFormat<unknown>,
  content: string | Uint8Array | Uint8Array[],
  limits = defaultFileLimits,
) {
  return lines(format, content, limits).then(
    () => null,
    (error: FileRefused) => ({ code: error.code, message: error.message, line: error.line }),
  );
}

const header = 'acquirer,kind,transaction_id,batch_id,order_id,amount,fee,transaction_at,settlement_date';
const line = (change: Record<string, string> = {}): string => {
  const fields: Record<string, string> = {
    acquirer: 'bankx',
    kind: 'payment',
    transaction_id: 'T1',
    batch_id: 'B1',
    order_id: 'ORD1',
    amount: '4000.00',
    fee: '28.00',
    transaction_at: '2026-11-21T09:15:02+07:00',
    settlement_date: '2026-11-22',
    ...change,
  };
  return header
    .split(',')
    .map((name) => fields[name])
    .join(',');
};

// The shape of DANA's published file with made-up figures.
const dana = [
  'SETTLEMENT_TXN_ID;TXN_ID;TXN_TYPE;ACQUIREMENT_ID;MID;SETTLE_DATE;MERCHANT_NAME;TXN_AMOUNT;TXN_CURRENCY;TXN_DATE;ORIGINAL_TXN_ID;ORIGINAL_TXN_DATE;MERCHANT_COMMISSION_EDIK;SERVICE_TAX_EDIK;WITHHOLDING_TAX_EDIK;MERCHANT_COMMISSION_ASR;SERVICE_TAX_ASR;WITHHOLDING_TAX_ASR;SETTLE_AMOUNT;MERCHANT_TRANS_ID;MERCHANT_REQUEST_ID;PAY_METHOD;SHOP_ID',
  'S1;P1;ACQUIRING_ORDER;P1;216;2026-11-22T10:58:08+07:00;Parkir;400000;IDR;2026-11-21T10:58:08+07:00;;;2545;255;0;0;0;0;397200;ORD1;;BALANCE;10790',
  'S1;P1;VOUCHER_DEDUCTION;P1;216;2026-11-22T10:58:08+07:00;Parkir;100000;IDR;2026-11-21T10:58:08+07:00;;;0;0;0;0;0;0;100000;ORD1;;COUPON_DEALS;10790',
  'S1;R1;REFUND;;216;2026-11-22T10:58:08+07:00;Parkir;400000;IDR;2026-11-21T11:58:08+07:00;P1;2026-11-21T10:58:08+07:00;0;0;0;0;0;0;400000;ORD1;req;BALANCE;10790',
  'S1;P2;CANCEL;;216;2026-11-22T10:58:08+07:00;Parkir;50000;IDR;2026-11-21T12:58:08+07:00;P2;2026-11-21T10:58:08+07:00;333;0;0;0;0;0;49667;ORD2;;BALANCE;10790',
].join('\n');

describe('DANA settlement file', () => {
  it('gives canonical rows: cents to rupiah, kinds by type, net as paid out, parts of one transaction apart', async () => {
    const rows = (await lines(danaFormat, dana)).map((item) => item.row!);
    expect(rows.map((row) => [row.kind, row.amount, row.fee, row.net, row.netSen])).toEqual([
      ['payment', 4000, 28, 3972, 397200],
      ['payment', 1000, 0, 1000, 100000],
      ['refund', 4000, 0, 4000, 400000],
      ['cancel', 500, 3, 497, 49667],
    ]);
    expect(rows[0]).toMatchObject({
      acquirer: 'dana',
      batchId: 'S1',
      orderId: 'ORD1',
      mid: '216',
      settlementDate: '2026-11-22',
    });
    expect(rows[2]).toMatchObject({ transactionId: 'R1', originalTransactionId: 'P1' });
    expect(new Set(rows.map(settlementKey)).size).toBe(4);
  });

  it('refuses a payment with sen, another currency and a refund without its original', async () => {
    const bad = dana
      .replace(';400000;IDR;2026-11-21T10', ';400050;IDR;2026-11-21T10')
      .replace(';100000;IDR', ';100000;USD')
      .replace('11:58:08+07:00;P1;', '11:58:08+07:00;;');
    const errors = (await lines(danaFormat, bad)).map(
      (item) => item.error && [item.line, item.error.field, item.error.code],
    );
    expect(errors).toEqual([
      [2, 'TXN_AMOUNT', 'sen'],
      [3, 'TXN_CURRENCY', 'format'],
      [4, 'ORIGINAL_TXN_ID', 'missing'],
      undefined,
    ]);
  });
});

describe('canonical settlement file', () => {
  it('reads columns by name, in any order, with or without byte order mark and CRLF', async () => {
    const plain = await lines(canonicalFormat, `${header}\n${line()}\n`);
    const marked = await lines(canonicalFormat, `\uFEFF${header}\r\n${line()}\r\n`);
    expect(plain[0]!.row).toMatchObject({
      amount: 4000,
      fee: 28,
      net: 3972,
      netSen: 397200,
      settlementDate: '2026-11-22',
    });
    expect(marked).toEqual(plain);
  });

  it.each([
    ['a decimal comma', { amount: '"4000,00"' }, 'amount', 'decimal-comma'],
    ['thousands separators', { amount: '4.000' }, 'amount', 'format'],
    ['a negative amount', { amount: '-4000' }, 'amount', 'negative'],
    ['a bracketed amount', { amount: '(4000)' }, 'amount', 'negative'],
    ['sen', { amount: '4000.50' }, 'amount', 'sen'],
    ['no amount', { amount: '' }, 'amount', 'missing'],
    ['a currency sign', { amount: 'Rp4000' }, 'amount', 'format'],
    ['an absurd amount', { amount: '9'.repeat(20) }, 'amount', 'format'],
    ['a fee above the amount', { fee: '5000' }, 'fee', 'format'],
    ['an unknown kind', { kind: 'order' }, 'kind', 'format'],
    ['a day that is none', { settlement_date: '2026-02-30' }, 'settlement_date', 'format'],
    ['a local time without offset', { transaction_at: '2026-11-21T09:15:02' }, 'transaction_at', 'format'],
    ['too long an id', { transaction_id: 'x'.repeat(65) }, 'transaction_id', 'too-long'],
  ])('refuses %s, naming line, field and remedy, and reads the lines around it', async (_what, change, field, code) => {
    const items = await lines(
      canonicalFormat,
      [header, line(), line(change), line({ transaction_id: 'T3' })].join('\n'),
    );
    expect(items.map((item) => item.error?.code)).toEqual([undefined, code, undefined]);
    expect(items[1]!.error).toMatchObject({ line: 3, field });
    expect(items[1]!.error!.message).toMatch(/^line 3, \w+: .{10,}/);
  });

  it('tells a line with too few or too many fields', async () => {
    const items = await lines(canonicalFormat, `${header}\n1,2\n${line()},more\n${line()}`);
    expect(items.map((item) => item.error?.code)).toEqual(['columns', 'columns', undefined]);
  });

  it('counts lines as an editor does, past empty lines', async () => {
    const items = await lines(
      bankFormat,
      [
        'account,entry_id,direction,value_date,amount,reference,description',
        'A,1,C,2026-11-21,4000,B1,plain',
        '',
        'A,2,C,2026-11-21,-1,B1,plain',
      ].map((text) => encode(`${text}\n`)),
    );
    expect(items.map((item) => item.line)).toEqual([2, 4]);
    expect(items[1]!.error).toMatchObject({ code: 'negative' });
  });
});

describe('a file that cannot be trusted', () => {
  const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'));

  it.each<[string, string | Uint8Array, string]>([
    ['UTF-16', utf16(header), 'encoding'],
    ['UTF-16 without mark', utf16(header).subarray(2), 'encoding'],
    ['Latin-1', new Uint8Array(Buffer.from(`${header}\n${line({ order_id: 'caf\u00e9' })}`, 'latin1')), 'encoding'],
    ['a cut UTF-8 character', encode(`${header}\né`).subarray(0, -1), 'encoding'],
    ['zero bytes', encode(`${header}\n\u0000`), 'encoding'],
    ['nothing in it', '', 'empty'],
    ['another header', 'a,b,c\n1,2,3', 'header'],
    ['the wrong delimiter', header.replaceAll(',', ';'), 'header'],
    ['a column named twice', `${header},amount\n`, 'header'],
    ['a quote left open', `${header}\n"${line()}`, 'quotes'],
  ])('for %s is refused as a whole', async (_what, content, code) => {
    expect(await refused(canonicalFormat, content)).toMatchObject({ code });
  });

  it('is refused past the limits of bytes, rows and row length', async () => {
    const content = [header, line(), line({ transaction_id: 'T2' })].join('\n');
    expect(await refused(canonicalFormat, content, { ...defaultFileLimits, bytesMax: 150 })).toMatchObject({
      code: 'too-large',
    });
    expect(await refused(canonicalFormat, content, { ...defaultFileLimits, rowsMax: 1 })).toMatchObject({
      code: 'too-many-rows',
    });
    const open = `${header}\n"${'x'.repeat(20_000)}\n`;
    expect(await refused(canonicalFormat, open)).toMatchObject({ code: 'row-too-large' });
  });

  it('is never an unexpected error, whatever the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (tail) => {
        const result = await refused(canonicalFormat, [encode(`${header}\n`), tail]);
        expect(result === null || typeof result.code === 'string').toBe(true);
      }),
    );
  });
});

describe('any cell of a sound file made up', () => {
  const bank = 'account,entry_id,direction,value_date,amount,reference,description\nA,1,C,2026-11-21,4000,B1,plain';
  const cardRow = 'B1,flazz,SALE,hh-0001,000123,4321,4000,0,2026-11-21T09:15:02+07:00,2026-11-23';
  const card = `${syntheticCardFormat.columns.join(',')}\n${cardRow}`;
  const files: [string, FileFormat<unknown>, string, string][] = [
    ['canonical', canonicalFormat, `${header}\n${line()}`, ','],
    ['DANA', danaFormat, dana, ';'],
    ['card', syntheticCardFormat, card, ','],
    ['bank', bankFormat, bank, ','],
  ];
  const odd = ['', '-0', '1e400', '9007199254740993', '0x10', '2026-02-30', '2026-11-21T25:00:00Z', '"', '""', '=1+1'];
  const cell = fc.oneof(fc.constantFrom(...odd), fc.string({ unit: 'binary', maxLength: 40 }));

  it.each(files)(
    'in the %s format is a row, a fault of its line or a refusal in words',
    async (_name, format, text, by) => {
      const rows = text.split('\n').map((row) => row.split(by));
      await fc.assert(
        fc.asyncProperty(fc.nat(), fc.nat(), cell, async (r, c, value) => {
          const changed = rows.map((row) => [...row]);
          const row = changed[r % changed.length]!;
          row[c % row.length] = value;
          const content = changed.map((cells) => cells.join(by)).join('\n');
          const result = await lines(format, content).catch((error: FileRefused) => error.code);
          if (typeof result === 'string') return;
          for (const { row: read, error } of result)
            expect(error ?? Number.isSafeInteger((read as { amount: number }).amount)).toBeTruthy();
        }),
      );
    },
  );
});

describe('reading in pieces', () => {
  it('gives the same lines however the bytes are cut', async () => {
    const content = encode(
      [header, line({ order_id: '"é,1"' }), line({ amount: '-1' }), line({ transaction_id: 'T9' })].join('\n'),
    );
    const whole = await lines(canonicalFormat, content);
    await fc.assert(
      fc.asyncProperty(fc.nat(content.length), fc.nat(content.length), async (a, b) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        const cut = [content.subarray(0, from), content.subarray(from, to), content.subarray(to)];
        expect(await lines(canonicalFormat, cut)).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });

  it('reads 20,000 rows as a stream and counts each', async () => {
    function* chunks(): Generator<Uint8Array> {
      yield encode(`${header}\n`);
      for (let i = 0; i < 20_000; i += 500) {
        yield encode(Array.from({ length: 500 }, (_, n) => `${line({ transaction_id: `T${i + n}` })}\n`).join(''));
      }
    }
    const summary = emptySettlementSummary();
    for await (const { row } of readFile(chunks(), canonicalFormat)) if (row) addSettlement(summary, row);
    expect(summary.totals.payment).toEqual({ count: 20_000, amount: 8e7, fee: 56e4, net: 8e7 - 56e4 });
    expect(summary.settlementDates).toEqual({ from: '2026-11-22', to: '2026-11-22' });
  }, 60_000);
});

describe('other formats', () => {
  it('the synthetic card format keeps four digits of a card and refuses a whole number', async () => {
    const columns = syntheticCardFormat.columns.join(',');
    const row = 'B1,flazz,SALE,hh-0001,000123,4321,4000,0,2026-11-21T09:15:02+07:00,2026-11-23';
    const items = await lines(
      syntheticCardFormat,
      `${columns}\n${row}\n${row.replace(',4321,', ',6013500012344321,')}`,
    );
    expect(items[0]!.row).toMatchObject({
      acquirer: 'card-flazz',
      transactionId: 'hh-0001:2026-11-21:000123',
      cardLast4: '4321',
    });
    expect(items[1]!.error).toMatchObject({ field: 'synthetic_card_last4' });
    expect(items[1]!.error!.message).not.toContain('6013500012344321');
  });

  it('hashes content, not the order of fields', () => {
    const row = { acquirer: 'a', kind: 'payment', amount: 1 } as unknown as SettlementRow;
    const turned = { amount: 1, kind: 'payment', acquirer: 'a' } as unknown as SettlementRow;
    expect(settlementHash(row)).toBe(settlementHash(turned));
    expect(settlementHash({ ...row, amount: 2 })).not.toBe(settlementHash(row));
  });
});
