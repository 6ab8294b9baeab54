/** Refusals of the money: cases, papers, banks, acquirers. */
export const money: Readonly<Record<string, string>> = {
  // Cases
  'The case is at version {1}, not {2}: somebody moved it meanwhile.':
    'Kasus ini sudah di versi {1}, bukan {2}: seseorang mengubahnya sementara itu.',
  'Read it again, and decide on what it says now.': 'Muat ulang, lalu putuskan berdasarkan isinya sekarang.',
  '{1} needs {2}.': '{1} memerlukan {2}.',
  'Give it in the body.': 'Isi dahulu.',
  'content must be base64': 'Isi berkas harus base64',
  'the role {1} may not {2}; ask {3}': 'peran {1} tidak boleh melakukan {2}; minta kepada {3}',
  'a case that is {1} cannot {2}; it must be {3}': 'kasus yang {1} tidak dapat {2}; kasus harus {3}',
  'the case is assigned to {1}; have it assigned to you first':
    'kasus ini ditugaskan kepada {1}; ambil dahulu untuk Anda',
  'must be 64 hexadecimal digits': 'harus 64 angka heksadesimal',
  'must be 1 or more': 'harus 1 atau lebih',
  'must be whole rupiah, 1 or more': 'harus rupiah bulat, 1 atau lebih',
  'only {1} rupiah are outstanding; book a surplus as a deposit':
    'hanya {1} rupiah yang belum tertagih; bukukan kelebihannya sebagai setoran',
  'must name the account that received it': 'harus menyebut akun yang menerimanya',
  '{1} has already asked; a second person must approve or reject':
    '{1} sudah mengajukan; orang kedua harus menyetujui atau menolak',
  'nothing is outstanding; resolve the case with another outcome':
    'tidak ada lagi yang belum tertagih; selesaikan kasus dengan hasil lain',
  'a write-off needs a second person; somebody else must approve it':
    'penghapusan memerlukan orang kedua; orang lain harus menyetujuinya',
  'the sum has changed since it was asked for; reject it and ask again':
    'jumlahnya berubah sejak diajukan; tolak lalu ajukan lagi',
  'must be one of {1}': 'harus salah satu dari {1}',
  'a write-off waits for its second person; approve or reject it first':
    'penghapusan menunggu orang kedua; setujui atau tolak dahulu',
  '{1} rupiah are outstanding; record the recovery, or confirm':
    '{1} rupiah belum tertagih; catat pemulihannya, atau nyatakan terbukti',
  'no write-off has been asked for; ask for one first': 'belum ada penghapusan yang diajukan; ajukan dahulu',
  '{1} must have 1 to {2} characters': '{1} harus 1 sampai {2} karakter',
  'into must be an account of a treasurer, a bank or the treasury, such as treasurer/bp-1.':
    'Tujuan harus akun bendahara, bank atau kas daerah, seperti treasurer/bp-1.',
  // Cash and papers
  'Only an operator hands over without a point.': 'Hanya pengelola yang menyetor tanpa titik.',
  'Name the point the cash comes from.': 'Sebut titik asal uangnya.',
  'The number {1} stands for another hand-over.': 'Nomor {1} sudah dipakai setoran lain.',
  'Check the number on the paper; a mistake is put right by a new hand-over.':
    'Periksa nomor pada kertas; kekeliruan diperbaiki dengan setoran baru.',
  'A deposit slip {1} exists.': 'STS {1} sudah ada.',
  'Check the number on the paper.': 'Periksa nomor pada kertas.',
  'Check the reference on the paper.': 'Periksa rujukan pada kertas.',
  'A hand-over is unknown, went to no treasurer, or stands on another slip.':
    'Ada setoran yang tidak dikenal, tidak masuk ke bendahara, atau sudah ada di STS lain.',
  'Leave it out, or correct its number.': 'Keluarkan, atau perbaiki nomornya.',
  'A batch stands on another slip already.': 'Ada kelompok pembayaran yang sudah ada di STS lain.',
  'The slip {1} or the bank entry has a credit note already.': 'STS {1} atau mutasi bank itu sudah punya nota kredit.',
  'The books hold {1} with other content.': 'Buku sudah memuat {1} dengan isi lain.',
  'Correct it by a new entry; the number or reference may be taken by something else.':
    'Perbaiki dengan catatan baru; nomor atau rujukannya mungkin sudah dipakai.',
  '{1} has another security deposit with the reference {2}.': '{1} sudah punya uang jaminan lain dengan rujukan {2}.',
  // Banks
  'The account {1} has entries and is of the other kind.': 'Rekening {1} sudah punya mutasi dan jenisnya lain.',
  'Register a treasury account before its first statement.':
    'Daftarkan rekening kas daerah sebelum rekening koran pertamanya.',
  '{1} is no treasury account.': '{1} bukan rekening kas daerah.',
  'The bank entry {1} is known with other content.': 'Mutasi bank {1} sudah dikenal dengan isi lain.',
  'Ask the bank which statement counts.': 'Tanyakan kepada bank rekening koran mana yang benar.',
  // Rule books
  'A rule for "*" is missing.': 'Aturan untuk "*" tidak ada.',
  'Add one for the acquirers not named.': 'Tambahkan untuk penyelenggara yang tidak disebut.',
  'An acquirer has two rules.': 'Satu penyelenggara punya dua aturan.',
  'acquirer must be a code or *': 'Penyelenggara harus kode atau *',
  'A rule book of version {1} exists.': 'Buku aturan versi {1} sudah ada.',
  'Give it a new version.': 'Beri versi baru.',
  // Acquirers
  'An acquirer with the code {1} exists.': 'Penyelenggara dengan kode {1} sudah ada.',
  'Only acquirers of the channel qris make or notify of codes.':
    'Hanya penyelenggara saluran QRIS yang membuat kode atau memberi kabar.',
  '{1} is needed: {2}.': '{1} diperlukan: {2}.',
  'its notices name it by it (X-PARTNER-ID)': 'kabarnya menyebut nama itu (X-PARTNER-ID)',
  'the symmetric scheme signs with it': 'skema simetris menandatangani dengannya',
  'asymmetric notices are verified by it': 'kabar asimetris diperiksa dengannya',
  'codes made here show it': 'kode yang dibuat di sini menampilkannya',
  'codes are asked for there': 'kode diminta di sana',
  'codes are asked for with it': 'kode diminta dengannya',
  'calls of the asymmetric scheme are signed with it': 'panggilan skema asimetris ditandatangani dengannya',
  '{1} is no RSA key in PEM form.': '{1} bukan kunci RSA berbentuk PEM.',
  'Paste the whole key, with its BEGIN and END lines.': 'Tempel seluruh kunci, dengan baris BEGIN dan END.',
  'baseUrl is no address.': 'baseUrl bukan alamat.',
  'Write https://host or https://host:port.': 'Tulis https://host atau https://host:port.',
  'baseUrl must be https.': 'baseUrl harus https.',
  'Plain http is for an address on this machine only.': 'http biasa hanya untuk alamat di mesin ini.',
  'baseUrl must be scheme, host and port only.': 'baseUrl hanya boleh skema, host dan port.',
  'Leave sign-in and query out.': 'Hilangkan nama masuk dan kueri.',
  'Another acquirer has the partner id {1}.': 'Penyelenggara lain memakai id mitra {1}.',
  'Each has one of its own.': 'Masing-masing punya sendiri.',
  'The merchant id {1} belongs to another acquirer.': 'Id merchant {1} milik penyelenggara lain.',
  'payees is needed: a code is shown only when it pays one of our merchant ids.':
    'Penerima diperlukan: kode ditampilkan hanya bila membayar salah satu id merchant kita.',
  'Give the NMID.': 'Isi NMID.',
  'pathPrefix must be a path such as /v1.0': 'pathPrefix harus jalur seperti /v1.0',
  'merchantName must have at most 25 characters of plain ASCII': 'merchantName paling banyak 25 karakter ASCII',
  'merchantCity must have at most 15 characters of plain ASCII': 'merchantCity paling banyak 15 karakter ASCII',
  'cutOffs must be times of day such as 15:00': 'cutOffs harus jam seperti 15:00',
};
