import type { Feature, FeatureCollection, Point as Spot, Polygon } from 'geojson';
import type { Map as Ground, StyleSpecification } from 'maplibre-gl';
import type { Schemas } from '../../parts/api';
import { hullOf, middleOf, type Place } from './hull';
import { levelOf, type Colour } from './level';

type Point = Schemas['PointOverviewDto'];
export type Tiles = Schemas['AboutDto']['map'];

/** From little to much, readable for the colour-blind and on both grounds. */
export const SCALE = ['#2b8a3e', '#94d82d', '#ffd43b', '#ff922b', '#c92a2a'];
export const NOTHING = '#868e96';
export const POINTS = 'points';
export const DISTRICTS = 'districts';
/** A district's shape reaches so far beyond its outermost points. */
const MARGIN = 1.06;

/** The colour of a level (0-1); of -1, which has no figure. */
export function colourAt(level: number): string {
  return level < 0 ? NOTHING : SCALE[Math.min(SCALE.length - 1, Math.floor(level * SCALE.length))]!;
}

const placeOf = ({ longitudeMicrodegrees, latitudeMicrodegrees }: Point): Place => [
  longitudeMicrodegrees! / 1e6,
  latitudeMicrodegrees! / 1e6,
];

export const placed = (points: readonly Point[]): Point[] =>
  points.filter(
    ({ latitudeMicrodegrees, longitudeMicrodegrees }) =>
      latitudeMicrodegrees !== null && longitudeMicrodegrees !== null,
  );

/** The points as the map draws them. @param now ms since 1970 */
export function spotsOf(points: readonly Point[], colour: Colour, now: number): FeatureCollection<Spot> {
  const most = Math.max(0, ...points.map(({ recorded }) => recorded));
  return {
    type: 'FeatureCollection',
    features: placed(points).map((point) => {
      const level = levelOf(point, colour, most, now) ?? -1;
      return {
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [...placeOf(point)] },
        properties: { code: point.code, level, colour: colourAt(level), cases: point.openCases },
      };
    }),
  };
}

/** A shape for each district that has points enough, around its own points: no boundary that anybody surveyed. */
export function districtsOf(points: readonly Point[]): Feature<Polygon, { name: string; top: Place }>[] {
  const all = placed(points);
  return [...new Set(all.map(({ district }) => district))].flatMap((name) => {
    const places = all.filter(({ district }) => district === name).map(placeOf);
    const ring = hullOf(places, MARGIN);
    if (!ring) return [];
    const coordinates = [ring.map((place) => [...place])];
    const top: Place = [middleOf(places)[0], Math.max(...ring.map(([, latitude]) => latitude))];
    return [{ type: 'Feature', geometry: { type: 'Polygon', coordinates }, properties: { name, top } }];
  });
}

/** Share of the points at each side that the first view need not hold: a far port must not make the city small. */
const OUTSIDE = 0.02;

/** South-west and north-east of nearly all points; null without any. */
export function frameOf(points: readonly Point[]): [Place, Place] | null {
  const places = placed(points).map(placeOf);
  if (places.length === 0) return null;
  const at = (of: 0 | 1, share: number): number => {
    const sorted = places.map((place) => place[of]).sort((a, b) => a - b);
    return sorted[Math.round(share * (sorted.length - 1))]!;
  };
  return [
    [at(0, OUTSIDE), at(1, OUTSIDE)],
    [at(0, 1 - OUTSIDE), at(1, 1 - OUTSIDE)],
  ];
}

/** The ground: plain, or the tiles that the configuration names. */
export function groundStyle(dark: boolean, tiles: Tiles): StyleSpecification {
  const paint = { 'background-color': dark ? '#1a1b1e' : '#eef2f4' };
  return {
    version: 8,
    sources: tiles
      ? { tiles: { type: 'raster', tiles: [tiles.tiles], tileSize: 256, attribution: escaped(tiles.credit) } }
      : {},
    layers: [
      { id: 'ground', type: 'background', paint },
      ...(tiles ? [{ id: 'tiles', type: 'raster' as const, source: 'tiles' }] : []),
    ],
  };
}

/** MapLibre takes a credit for HTML. */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const EMPTY: FeatureCollection = { type: 'FeatureCollection', features: [] };

export function addLayers(map: Ground, dark: boolean): void {
  map.addSource(DISTRICTS, { type: 'geojson', data: EMPTY });
  map.addLayer({
    id: 'districts',
    type: 'fill',
    source: DISTRICTS,
    paint: { 'fill-color': '#0b7285', 'fill-opacity': dark ? 0.2 : 0.12 },
  });
  map.addLayer({
    id: 'district-lines',
    type: 'line',
    source: DISTRICTS,
    paint: { 'line-color': dark ? '#66d9e8' : '#0b7285', 'line-opacity': 0.5, 'line-dasharray': [3, 2] },
  });
  map.addSource(POINTS, {
    type: 'geojson',
    data: EMPTY,
    cluster: true,
    clusterRadius: 34,
    clusterMaxZoom: 13,
    clusterProperties: { level: ['max', ['get', 'level']], cases: ['+', ['get', 'cases']] },
  });
  map.addLayer({
    id: 'spots',
    type: 'circle',
    source: POINTS,
    filter: ['!', ['has', 'point_count']],
    paint: {
      'circle-color': ['get', 'colour'],
      'circle-radius': ['case', ['>', ['get', 'cases'], 0], 10, 7],
      'circle-stroke-color': ['case', ['>', ['get', 'cases'], 0], '#c92a2a', '#ffffff'],
      'circle-stroke-width': ['case', ['>', ['get', 'cases'], 0], 3, 1.5],
    },
  });
}
