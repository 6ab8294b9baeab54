/** What is wrong in the lines of settlement files and bank statements, which name line and field before it. */
export const files: Readonly<Record<string, string>> = {
  'line {1}, {2}: {3}': 'baris {1}, {2}: {3}',
  'line {1}: {2} stands in {3} with other content; ask the sender which counts':
    'baris {1}: {2} sudah ada di {3} dengan isi lain; tanyakan kepada pengirim mana yang benar',
  'line {1} of this file': 'baris {1} berkas ini',
  'line {1} of {2} (file {3})': 'baris {1} dari {2} (berkas {3})',
  'an entry that an officer made': 'catatan yang dibuat petugas',
  'line {1}: has {2} fields, the header {3}; quote fields that hold "{4}"':
    'baris {1}: memuat {2} isian, kepalanya {3}; beri tanda kutip pada isian yang memuat "{4}"',
  'near line {1} a quote is misplaced or left open; double quotes inside fields':
    'di sekitar baris {1} tanda kutip salah tempat atau tidak ditutup; gandakan tanda kutip di dalam isian',
  'line 1 lacks {1}: this is no {2} file.{3}': 'baris 1 tidak memuat {1}: ini bukan berkas {2}.{3}',
  'line 1 names a column twice; rename one': 'baris 1 menyebut satu kolom dua kali; ganti nama salah satunya',
  'the file is empty; it must begin with a header line': 'berkas kosong; baris pertamanya harus nama kolom',
  'the file has more than {1} lines; split it': 'berkas lebih dari {1} baris; bagi menjadi beberapa berkas',
  'the file is larger than {1} bytes; split it': 'berkas lebih besar dari {1} bita; bagi menjadi beberapa berkas',
  'the file is UTF-16 (Excel "Unicode text"); save it as CSV UTF-8':
    'berkas berbentuk UTF-16 (Excel "Unicode text"); simpan sebagai CSV UTF-8',
  'the file is not UTF-8 (Latin-1 or Windows-1252, at or after line {1}); save it as CSV UTF-8':
    'berkas bukan UTF-8 (Latin-1 atau Windows-1252, pada atau sesudah baris {1}); simpan sebagai CSV UTF-8',
  'the file holds a zero byte: no text file; save it as CSV UTF-8':
    'berkas memuat bita nol: bukan berkas teks; simpan sebagai CSV UTF-8',
  'is empty; it must be filled': 'kosong; harus diisi',
  'has {1} characters; at most {2}': 'memuat {1} karakter; paling banyak {2}',
  'holds a control character; remove it': 'memuat karakter kendali; hapus',
  '{1} is not known; one of {2}': '{1} tidak dikenal; salah satu dari {2}',
  'has {1} sen; a payment is whole rupiah': 'memuat {1} sen; pembayaran adalah rupiah bulat',
  '{1} is no instant; write 2026-11-21T09:15:02+07:00': '{1} bukan waktu; tulis 2026-11-21T09:15:02+07:00',
  '{1} is no day; write 2026-11-21': '{1} bukan tanggal; tulis 2026-11-21',
  '{1} has a comma; write 4000 or 4000.00, no separators':
    '{1} memuat koma; tulis 4000 atau 4000.00, tanpa pemisah ribuan',
  '{1} is negative; sums are positive, the type says which way':
    '{1} negatif; jumlah selalu positif, jenisnya menentukan arah',
  '{1} is no sum; write {2}, no separators': '{1} bukan jumlah; tulis {2}, tanpa pemisah ribuan',
  'the net must lie between 0 and the amount; check fee and amount':
    'jumlah bersih harus antara 0 dan jumlah kotor; periksa biaya dan jumlah',
  'a fee line has its sum in amount; write 0': 'baris biaya menaruh jumlahnya di amount; tulis 0',
  'must be the last four digits only; never a whole card number':
    'hanya empat angka terakhir; jangan pernah nomor kartu utuh',
  'is 0; an entry moves money, leave the line out': 'bernilai 0; mutasi memindahkan uang, hilangkan baris ini',
};
