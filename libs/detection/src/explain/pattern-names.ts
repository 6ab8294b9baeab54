interface Name {
  readonly id: string;
  readonly en: string;
}

const NAMES: Readonly<Record<string, Name>> = {
  'unrecorded-cash': { id: 'tunai tidak dicatat', en: 'cash not recorded' },
  'hand-over-step': {
    id: 'tunai tidak dicatat sejak pergantian juru parkir',
    en: 'cash not recorded since a hand-over',
  },
  'withheld-records': { id: 'catatan ditahan atau dihapus', en: 'records withheld or deleted' },
  'device-off': { id: 'terminal sengaja dimatikan', en: 'the terminal switched off on purpose' },
  'wrong-class': { id: 'golongan kendaraan salah', en: 'the wrong vehicle class' },
  'void-abuse': { id: 'penyalahgunaan pembatalan', en: 'abuse of voids' },
  'cash-instead-of-qris': { id: 'pembayar QRIS dialihkan ke tunai', en: 'cashless payers steered to cash' },
  'foreign-qris': { id: 'QRIS milik pihak lain', en: "somebody else's QRIS code" },
  'cash-under-declared': { id: 'setoran tunai kurang lapor', en: 'cash declared short' },
  'collection-difference': { id: 'isi kotak meter kurang', en: "the meter's box counted short" },
  lapping: { id: 'setoran berulang kali terlambat', en: 'deposits late again and again' },
  'fixed-remittance': { id: 'setoran harian tetap', en: 'a fixed daily sum' },
  'off-hours': { id: 'pungutan di luar jam operasi', en: 'charging outside opening hours' },
  'free-zone-charge': { id: 'pungutan di zona bebas', en: 'charging in a free zone' },
  'subscriber-charged': { id: 'pelanggan ditagih lagi', en: 'subscribers charged again' },
  'subscription-abuse': { id: 'penyalahgunaan langganan', en: 'abuse of subscriptions' },
  'assisted-abuse': { id: 'penyalahgunaan kartu bantuan', en: 'abuse of assisted payments' },
  'tariff-mismatch': { id: 'jumlah di bawah tarif', en: 'amounts below the tariff' },
  'clock-tampering': { id: 'jam terminal diubah', en: "the terminal's clock changed" },
  'serial-reuse': { id: 'karcis dipakai ulang', en: 'tickets used again' },
  'serial-unknown': { id: 'karcis tidak resmi', en: 'tickets never issued' },
};

/** A pattern as officers say it. */
export function patternName(pattern: string): Name {
  return NAMES[pattern] ?? { id: pattern, en: pattern };
}
