/** Degrees of longitude and latitude. */
export type Place = readonly [longitude: number, latitude: number];

/**
 * The closed ring around places (Andrew's monotone chain), drawn `margin` further out from their middle (1 = as it is);
 * null where three of them make no surface.
 */
export function hullOf(places: readonly Place[], margin = 1): Place[] | null {
  const sorted = [...places].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const ring = [...half(sorted), ...half(sorted.reverse())];
  if (ring.length < 3) return null;
  const [x, y] = middleOf(ring);
  const wider = ring.map(([longitude, latitude]): Place => [x + (longitude - x) * margin, y + (latitude - y) * margin]);
  return [...wider, wider[0]!];
}

export function middleOf(places: readonly Place[]): Place {
  const sum = (of: 0 | 1) => places.reduce((all, place) => all + place[of], 0) / places.length;
  return [sum(0), sum(1)];
}

/** The lower side of sorted places, without its last one, with which the other side begins. */
function half(sorted: readonly Place[]): Place[] {
  const side: Place[] = [];
  for (const place of sorted) {
    while (side.length >= 2 && turn(side.at(-2)!, side.at(-1)!, place) <= 0) side.pop();
    side.push(place);
  }
  return side.slice(0, -1);
}

/** Positive where a, b, c turn left. */
function turn(a: Place, b: Place, c: Place): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}
