import { describe, expect, it } from '@jest/globals';
import { hullOf, type Place } from './hull';

const SQUARE: Place[] = [
  [0, 0],
  [2, 0],
  [2, 2],
  [0, 2],
];

describe('the ring around the points of a district', () => {
  it('holds all of them and leaves out those within', () => {
    const ring = hullOf([...SQUARE, [1, 1], [1, 0]])!;
    expect(ring).toHaveLength(5);
    expect(ring[0]).toEqual(ring.at(-1));
    for (const corner of SQUARE) expect(ring).toContainEqual(corner);
  });

  it('is drawn further out by the margin', () => {
    expect(hullOf(SQUARE, 2)).toContainEqual([3, 3]);
  });

  it.each<[string, Place[]]>([
    ['nothing', []],
    ['one point', [[1, 1]]],
    [
      'two points',
      [
        [0, 0],
        [1, 1],
      ],
    ],
    [
      'points in one line',
      [
        [0, 0],
        [1, 1],
        [2, 2],
      ],
    ],
  ])('there is none around %s', (_, places) => {
    expect(hullOf(places)).toBeNull();
  });
});
