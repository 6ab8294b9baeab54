/** Common names of North Sumatra, for invented people; who bears such a combination is coincidence. */
// prettier-ignore
export const GIVEN_NAMES = [
  'Ahmad', 'Andi', 'Anto', 'Arif', 'Bambang', 'Benny', 'Budi', 'Darwin', 'Dedi', 'Dodi', 'Edi', 'Eko', 'Ferry', 'Hendra',
  'Heri', 'Indra', 'Irwan', 'Iwan', 'Jefri', 'Joni', 'Juli', 'Khairul', 'Lamhot', 'Mangasi', 'Marulam', 'Muhammad',
  'Nurdin', 'Parlin', 'Poltak', 'Rahmat', 'Ramli', 'Ridwan', 'Robert', 'Roni', 'Rudi', 'Safrizal', 'Saiful', 'Samsul',
  'Sari', 'Siti', 'Sahat', 'Suherman', 'Sutrisno', 'Syahrul', 'Tigor', 'Togar', 'Wahyu', 'Yanti', 'Yusuf', 'Zulkifli',
] as const;

// prettier-ignore
export const FAMILY_NAMES = [
  'Batubara', 'Chaniago', 'Damanik', 'Ginting', 'Harahap', 'Hasibuan', 'Hutabarat', 'Hutagalung', 'Lubis', 'Manurung',
  'Matondang', 'Nasution', 'Pane', 'Panjaitan', 'Pasaribu', 'Perangin-angin', 'Pohan', 'Purba', 'Rangkuti', 'Ritonga',
  'Saragih', 'Sembiring', 'Siagian', 'Sihombing', 'Simanjuntak', 'Simbolon', 'Sinaga', 'Siregar', 'Sitepu', 'Sitorus',
  'Situmorang', 'Tanjung', 'Tarigan', 'Telaumbanua', 'Wijaya', 'Zebua',
] as const;

/** Invented companies. The first run the busiest districts. */
export const OPERATOR_NAMES = [
  'PT Deli Parkir Mandiri',
  'PT Sarana Tepi Jalan',
  'CV Putra Kesawan',
  'PT Kota Tertib Parkir',
  'CV Maju Bersama Medan',
  'CV Sumber Rejeki Parkir',
  'PT Anugerah Lahan Parkir',
  'Koperasi Jukir Sejahtera',
] as const;
