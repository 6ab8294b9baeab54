import type { Language } from './visitor.js';

/** What the tests read and press, as the screens say it. */
const id = {
  cases: 'Kasus',
  listOfCases: 'Daftar kasus',
  unsettled: 'Belum diselesaikan',
  openCases: 'Kasus terbuka',
  takeIt: 'Ambil sendiri',
  startReview: 'Mulai meninjau',
  comment: 'Beri komentar',
  commentText: 'Komentar',
  save: 'Simpan',
  downloadFile: 'Unduh',
  requestWriteOff: 'Ajukan penghapusan',
  reason: 'Alasan',
  waitsOther: 'Menunggu persetujuan orang kedua.',
  approve: 'Setujui penghapusan',
  goOn: 'Ya, lanjutkan',
  writtenOff: 'Selesai: Dihapuskan',
  uploadSettlement: 'Unggah berkas penyelesaian',
  preview: 'Pratinjau',
  wouldBe: 'Pratinjau: belum ada yang disimpan',
  importIt: 'Impor',
  imported: 'Telah diimpor',
  export: 'Unduh',
} as const;

export type Words = Readonly<Record<keyof typeof id, string>>;

const en: Words = {
  cases: 'Cases',
  listOfCases: 'List of cases',
  unsettled: 'Unsettled',
  openCases: 'Open cases',
  takeIt: 'Take it',
  startReview: 'Start review',
  comment: 'Comment',
  commentText: 'Comment',
  save: 'Save',
  downloadFile: 'Download',
  requestWriteOff: 'Ask for a write-off',
  reason: 'Reason',
  waitsOther: 'It waits for a second person.',
  approve: 'Approve the write-off',
  goOn: 'Yes, go on',
  writtenOff: 'Resolved: Written off',
  uploadSettlement: 'Upload a settlement file',
  preview: 'Preview',
  wouldBe: 'Preview: nothing has been stored yet',
  importIt: 'Import',
  imported: 'Imported',
  export: 'Download',
};

export const words: Readonly<Record<Language, Words>> = { id, en };

/** Whole rupiah as people write it. */
export const rupiah = (amount: number | null, language: Language): string =>
  amount === null ? '–' : `${amount < 0 ? '−' : ''}Rp ${integer(Math.abs(amount), language)}`;

export const integer = (value: number, language: Language): string =>
  value.toLocaleString(language === 'id' ? 'id-ID' : 'en-GB');
