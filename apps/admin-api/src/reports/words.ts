/** What exact exceptions are called on paper, by pattern. */
export const PATTERNS: Readonly<Record<string, string>> = {
  'recorded-not-settled': 'Tercatat, belum diselesaikan',
  'settled-not-recorded': 'Diselesaikan, tidak tercatat',
  'double-debit': 'Pembayaran didebit ganda',
  'amount-mismatch': 'Jumlah berbeda',
  'wrong-payee': 'Penerima pembayaran salah',
  'void-abuse': 'Pembatalan atas pembayaran yang diselesaikan',
  'refunded-payment': 'Pembayaran dikembalikan',
  'refund-without-payment': 'Pengembalian tanpa pembayaran',
  'payout-not-credited': 'Pencairan tidak masuk bank',
  'payout-difference': 'Pencairan berbeda',
  'credit-not-explained': 'Kredit bank tanpa penjelasan',
  'cash-under-declared': 'Tunai kurang dilaporkan',
  'cash-over-declared': 'Tunai lebih dilaporkan',
  'shift-not-closed': 'Sif tidak ditutup',
  'collection-difference': 'Selisih pengambilan kas meter',
  'late-deposit': 'Setoran terlambat',
  'short-deposit': 'Setoran kurang',
  'below-minimum': 'Di bawah setoran minimum',
  'no-credit-note': 'Tanpa nota kredit',
  'credit-note-difference': 'Nota kredit berbeda',
  'serial-reuse': 'Karcis dipakai ulang',
  'serial-unknown': 'Nomor karcis tidak dikenal',
  'sequence-gap': 'Catatan terminal hilang',
  'record-conflict': 'Catatan terminal bertentangan',
  'broken-chain': 'Rantai catatan terputus',
};

/** A pattern's name, or the pattern itself where none is given yet. */
export const patternText = (pattern: string): string => PATTERNS[pattern] ?? pattern;

/** Groups without a code of their own. */
export const groupText = (kind: 'point' | 'operator' | 'district', key: string, label: string): string =>
  key !== ''
    ? label
    : { point: '(tanpa titik yang dikenal)', operator: 'Dikelola kota sendiri', district: '(tanpa kecamatan)' }[kind];
