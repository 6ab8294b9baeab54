/** A street of Medan on which the demo city has parking points. */
export interface DemoStreet {
  readonly name: string;
  /** Kecamatan. */
  readonly district: string;
  /** Where its middle lies, roughly: read off a map by eye, for illustration only. Degrees. */
  readonly latitude: number;
  readonly longitude: number;
  readonly streetClass: 'I' | 'II';
  /** Parking points along it. */
  readonly points: number;
}

type Row = readonly [name: string, latitude: number, longitude: number, streetClass: 'I' | 'II', points: number];

/** Real streets and districts (kecamatan) of Medan; class, number of points and coordinates are illustrative. */
const DISTRICTS: Readonly<Record<string, readonly Row[]>> = {
  'Medan Barat': [
    ['Jl. Jenderal Ahmad Yani (Kesawan)', 3.5885, 98.6788, 'I', 3],
    ['Jl. Balai Kota', 3.5926, 98.6769, 'I', 3],
    ['Jl. Putri Hijau', 3.5985, 98.6752, 'I', 3],
    ['Jl. Guru Patimpus', 3.5968, 98.6722, 'I', 2],
    ['Jl. Perdana', 3.5873, 98.6752, 'I', 2],
    ['Jl. Hindu', 3.5868, 98.6767, 'II', 2],
    ['Jl. Pulau Pinang', 3.5899, 98.6797, 'I', 2],
    ['Jl. Kereta Api', 3.5906, 98.6798, 'II', 2],
    ['Jl. Kol. Yos Sudarso', 3.6123, 98.6716, 'II', 3],
  ],
  'Medan Petisah': [
    ['Jl. Jenderal Gatot Subroto', 3.5917, 98.6602, 'I', 4],
    ['Jl. Iskandar Muda', 3.5842, 98.6621, 'I', 3],
    ['Jl. Nibung Raya', 3.5921, 98.6636, 'I', 3],
    ['Jl. Kejaksaan', 3.5871, 98.6719, 'I', 2],
    ['Jl. K.H. Zainul Arifin', 3.5852, 98.6698, 'I', 3],
    ['Jl. S. Parman', 3.5869, 98.6666, 'I', 3],
    ['Jl. Gajah Mada', 3.5829, 98.6599, 'II', 2],
    ['Jl. Ayahanda', 3.5937, 98.6557, 'II', 2],
    ['Jl. Rotan', 3.5934, 98.6643, 'II', 2],
  ],
  'Medan Kota': [
    ['Jl. Sisingamangaraja', 3.5738, 98.6907, 'I', 4],
    ['Jl. M.T. Haryono', 3.5866, 98.6866, 'I', 3],
    ['Jl. Cirebon', 3.5823, 98.6845, 'I', 3],
    ['Jl. Pandu', 3.5816, 98.6829, 'I', 2],
    ['Jl. Surabaya', 3.5836, 98.6853, 'II', 2],
    ['Jl. Bandung', 3.5829, 98.6857, 'II', 2],
    ['Jl. Semarang', 3.5856, 98.6884, 'I', 2],
    ['Jl. Bintang', 3.5872, 98.6886, 'II', 2],
    ['Jl. Pusat Pasar', 3.5879, 98.6879, 'I', 3],
    ['Jl. H.M. Joni', 3.5712, 98.7001, 'II', 2],
    ['Jl. Sutomo', 3.5883, 98.6893, 'I', 3],
  ],
  'Medan Timur': [
    ['Jl. Prof. H.M. Yamin', 3.5954, 98.6866, 'I', 3],
    ['Jl. Jawa', 3.5934, 98.6826, 'I', 2],
    ['Jl. Perintis Kemerdekaan', 3.5967, 98.6812, 'I', 3],
    ['Jl. Gaharu', 3.5998, 98.6838, 'II', 2],
    ['Jl. Krakatau', 3.6187, 98.6838, 'II', 2],
  ],
  'Medan Maimun': [
    ['Jl. Brigjen Katamso', 3.5717, 98.6846, 'I', 4],
    ['Jl. Pemuda', 3.5829, 98.6806, 'I', 3],
    ['Jl. Ir. H. Juanda', 3.5669, 98.6803, 'I', 2],
    ['Jl. Letjen Suprapto', 3.5789, 98.6789, 'I', 2],
    ['Jl. Multatuli', 3.5745, 98.6813, 'II', 2],
    ['Jl. Palang Merah', 3.5852, 98.6792, 'I', 2],
  ],
  'Medan Polonia': [
    ['Jl. Imam Bonjol', 3.5797, 98.6738, 'I', 3],
    ['Jl. Pangeran Diponegoro', 3.5816, 98.6711, 'I', 3],
    ['Jl. Cik Ditiro', 3.5789, 98.6698, 'II', 2],
    ['Jl. Wolter Mongonsidi', 3.5701, 98.6654, 'II', 2],
  ],
  'Medan Baru': [
    ['Jl. Dr. Mansyur', 3.5671, 98.6529, 'II', 3],
    ['Jl. Kapten Pattimura', 3.5727, 98.6597, 'I', 3],
    ['Jl. Jamin Ginting', 3.5612, 98.6589, 'I', 3],
    ['Jl. Abdullah Lubis', 3.5788, 98.6585, 'II', 2],
    ['Jl. K.H. Wahid Hasyim', 3.5807, 98.6559, 'II', 2],
    ['Jl. D.I. Panjaitan', 3.5786, 98.6613, 'II', 1],
  ],
  'Medan Area': [
    ['Jl. M.H. Thamrin', 3.5852, 98.6913, 'I', 3],
    ['Jl. Asia', 3.5812, 98.6935, 'I', 3],
    ['Jl. A.R. Hakim', 3.5783, 98.7019, 'II', 3],
    ['Jl. Sutrisno', 3.5797, 98.6962, 'II', 2],
  ],
  'Medan Sunggal': [
    ['Jl. Setia Budi', 3.5741, 98.6402, 'I', 3],
    ['Jl. Sei Batang Hari', 3.5823, 98.6478, 'II', 2],
  ],
  'Medan Helvetia': [['Jl. Kapten Muslim', 3.6019, 98.6459, 'II', 3]],
  'Medan Perjuangan': [
    ['Jl. H.M. Said', 3.6045, 98.6926, 'II', 2],
    ['Jl. Pahlawan', 3.6003, 98.6993, 'II', 1],
  ],
  'Medan Tembung': [['Jl. Letda Sujono', 3.5966, 98.7188, 'II', 2]],
  'Medan Johor': [['Jl. A.H. Nasution', 3.5433, 98.6701, 'II', 2]],
  'Medan Marelan': [['Jl. Marelan Raya', 3.6788, 98.6601, 'II', 1]],
};

export const DEMO_STREETS: readonly DemoStreet[] = Object.entries(DISTRICTS).flatMap(([district, rows]) =>
  rows.map(([name, latitude, longitude, streetClass, points]) => ({
    name,
    district,
    latitude,
    longitude,
    streetClass,
    points,
  })),
);
