/**
 * A payment's cell: two groups of class (motorcycles; all that is dearer) by five ways of paying. What a theft does to
 * the mix of cells is what tells it from less demand: rain takes motorcycles, a thief takes cash.
 */
export const METHODS = ['cash', 'qris', 'card', 'assisted', 'none'] as const;
export const CELLS = 10;
export const MOTORCYCLE = 0;
export const DEARER = 5;
export const CASH = 0;
export const QRIS = 1;
export const CARD = 2;
export const ASSISTED = 3;
/** By subscription or free of charge. */
export const NONE = 4;

export function cellOf(vehicleClass: string, method: string, assisted: boolean): number {
  const group = vehicleClass === 'motorcycle' ? MOTORCYCLE : DEARER;
  if (method === 'cash') return group + CASH;
  if (method === 'qris') return group + QRIS;
  if (method === 'card') return group + (assisted ? ASSISTED : CARD);
  return group + NONE;
}

export type Cells = readonly number[] | Float64Array;

export const total = (cells: Cells): number => (cells as number[]).reduce((sum, value) => sum + value, 0);
export const cashOf = (cells: Cells): number => cells[MOTORCYCLE + CASH]! + cells[DEARER + CASH]!;
export const digitalOf = (cells: Cells): number =>
  cells[MOTORCYCLE + QRIS]! + cells[DEARER + QRIS]! + cells[MOTORCYCLE + CARD]! + cells[DEARER + CARD]!;
export const motorcyclesOf = (cells: Cells): number => {
  let sum = 0;
  for (let i = 0; i < 5; i++) sum += cells[i]!;
  return sum;
};

export function addCells(into: Float64Array, cells: Cells, times = 1): void {
  for (let i = 0; i < CELLS; i++) into[i]! += times * cells[i]!;
}
