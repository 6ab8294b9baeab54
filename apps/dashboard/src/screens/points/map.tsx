import {
  Card,
  CloseButton,
  Group,
  SegmentedControl,
  Skeleton,
  Stack,
  Text,
  useComputedColorScheme,
} from '@mantine/core';
import 'maplibre-gl/dist/maplibre-gl.css';
import { Map as Ground, NavigationControl, setWorkerUrl, type GeoJSONSource } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { useEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import { useGet, type Page, type Query, type Schemas } from '../../parts/api';
import { ToPoint } from '../../parts/columns';
import { Instant, Money, useFormat } from '../../parts/figures';
import type { Colour } from './level';
import {
  addLayers,
  DISTRICTS,
  districtsOf,
  frameOf,
  groundStyle,
  NOTHING,
  placed,
  POINTS,
  SCALE,
  spotsOf,
} from './map-layers';
import { MapMarkers } from './map-markers';
import { useT } from './texts';

// A worker of our own address: the page's policy lets no other run.
setWorkerUrl(workerUrl);

type Point = Schemas['PointOverviewDto'];
const MEDAN: [number, number] = [98.672, 3.59];
/** Round the first view, px, and no nearer than this. */
const FRAME = { padding: 40, maxZoom: 15 };
/** From this zoom on the names of districts have room. */
const NAMES_FROM_ZOOM = 12.5;
/** Points that the map asks for; more are in the table. */
const POINTS_MAX = 1_000;

/** The points on plain ground, or on the tiles that the configuration names. Never the only way in: the table stands below. */
export function PointMap({ query }: { query: Query }): ReactElement {
  const t = useT();
  const format = useFormat();
  const [colour, setColour] = useState<Colour>('gap');
  const [chosen, setChosen] = useState<string | null>(null);
  const answer = useGet<Page<Point>>('/api/v1/points-overview', { query: { ...query, limit: POINTS_MAX } });
  const about = useGet<Schemas['AboutDto']>('/api/v1/about');
  const points = answer.data?.rows;
  const box = useGround(points, colour, about.data, setChosen);
  const point = points?.find(({ code }) => code === chosen);
  const illustrative = points?.some(({ coordinatesSource }) => coordinatesSource === 'illustrative');
  const hidden = (answer.data?.total ?? 0) - (points ? placed(points).length : 0);
  return (
    <Stack gap={0}>
      <Legend colour={colour} setColour={setColour} />
      {!points && <Skeleton h={8} />}
      <div style={{ position: 'relative' }}>
        <div
          ref={box}
          className="map"
          role="application"
          aria-label={`${t('map')}: ${format.integer(points?.length ?? 0)} ${t('points')}. ${t('mapKeys')}`}
        />
        {point && <Chosen point={point} close={() => setChosen(null)} />}
      </div>
      <Text size="xs" c="dimmed" p={6}>
        {illustrative && `${t('illustrative')} `}
        {about.data?.map ? '' : `${t('noTiles')} `}
        {hidden > 0 && points && t('notPlaced', { count: format.integer(hidden) })}
      </Text>
    </Stack>
  );
}

/** The map in its box; made anew when the ground changes, filled anew when the points or their colours do. */
function useGround(
  points: readonly Point[] | undefined,
  colour: Colour,
  about: Schemas['AboutDto'] | undefined,
  choose: (code: string | null) => void,
) {
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  const [ground, setGround] = useState<{ map: Ground; markers: MapMarkers } | null>(null);
  const dark = useComputedColorScheme('light') === 'dark';
  const tiles = about?.map ?? null;
  const spots = useMemo(() => points && spotsOf(points, colour, Date.now()), [points, colour]);
  const words = [t('zoomIn'), t('zoomOut'), t('twoFingers'), t('cluster')].join('\n');
  useEffect(() => {
    if (!about) return undefined;
    const map = makeMap(box.current!, groundStyle(dark, tiles), words.split('\n'));
    map.on('load', () => {
      addLayers(map, dark);
      const told = (count: string) => t('cluster', { count });
      const markers = new MapMarkers(map, map.getSource(POINTS) as GeoJSONSource, told);
      map.on('render', () => map.isSourceLoaded(POINTS) && markers.showClusters());
      const roomy = () => box.current?.classList.toggle('map-near', map.getZoom() >= NAMES_FROM_ZOOM);
      map.on('zoom', roomy);
      map.on('click', ({ point }) => {
        const [hit] = map.queryRenderedFeatures(around(point), { layers: ['spots'] });
        choose(hit ? String(hit.properties['code']) : null);
      });
      setGround({ map, markers });
    });
    return () => {
      setGround(null);
      map.remove();
    };
    // The texts change with the language, and the words say so.
  }, [about, dark, tiles?.tiles, words, choose]);
  useEffect(() => {
    if (!ground || !points) return;
    const districts = districtsOf(points);
    const shapes = ground.map.getSource(DISTRICTS) as GeoJSONSource;
    void shapes.setData({ type: 'FeatureCollection', features: districts });
    ground.markers.showNames(districts);
    const frame = frameOf(points);
    if (frame) ground.map.fitBounds(frame.flat() as [number, number, number, number], { ...FRAME, animate: false });
  }, [ground, points]);
  useEffect(() => {
    if (ground && spots) void (ground.map.getSource(POINTS) as GeoJSONSource).setData(spots);
  }, [ground, spots]);
  return box;
}

/** A finger is broad. */
const around = ({ x, y }: { x: number; y: number }): [[number, number], [number, number]] => [
  [x - 6, y - 6],
  [x + 6, y + 6],
];

function makeMap(container: HTMLElement, style: ReturnType<typeof groundStyle>, words: readonly string[]): Ground {
  const [zoomIn = '', zoomOut = '', twoFingers = ''] = words;
  const map = new Ground({
    container,
    style,
    center: MEDAN,
    zoom: 11.3,
    attributionControl: style.sources['tiles'] ? { compact: true } : false,
    // A page is scrolled by one finger, a map in it by two.
    cooperativeGestures: matchMedia('(pointer: coarse)').matches,
    locale: {
      'NavigationControl.ZoomIn': zoomIn,
      'NavigationControl.ZoomOut': zoomOut,
      'CooperativeGesturesHandler.MobileHelpText': twoFingers,
    },
  });
  map.addControl(new NavigationControl({ showCompass: false }));
  map.on('mousemove', 'spots', () => (map.getCanvas().style.cursor = 'pointer'));
  map.on('mouseleave', 'spots', () => (map.getCanvas().style.cursor = ''));
  return map;
}

function Legend({ colour, setColour }: { colour: Colour; setColour: (colour: Colour) => void }): ReactElement {
  const t = useT();
  const swatch = (background: string) => (
    <span key={background} style={{ background, width: 18, height: 12, display: 'inline-block' }} />
  );
  return (
    <Group p="xs" justify="space-between">
      <Group gap="xs">
        <Text size="sm">{t('colour')}</Text>
        <SegmentedControl
          size="xs"
          value={colour}
          onChange={(value) => setColour(value as Colour)}
          data={[
            { value: 'gap', label: t('byGap') },
            { value: 'income', label: t('byIncome') },
            { value: 'silence', label: t('bySilence') },
          ]}
        />
      </Group>
      <Group gap={6}>
        <Text size="xs">{t(colour === 'income' ? 'high' : 'low')}</Text>
        {SCALE.map(swatch)}
        <Text size="xs">{t(colour === 'income' ? 'low' : 'high')}</Text>
        {swatch(NOTHING)}
        <Text size="xs">{t('noFigure')}</Text>
      </Group>
    </Group>
  );
}

/** What the map knows of the point that was tapped, and the way to it. */
function Chosen({ point, close }: { point: Point; close: () => void }): ReactElement {
  const t = useT();
  const rows = [
    [t('recorded'), <Money key="recorded" amount={point.recorded} />],
    [t('unrecorded'), <Money key="unrecorded" amount={point.unrecorded} />],
    [t('openCases'), point.openCases],
    [t('lastRecord'), <Instant key="last" at={point.lastJournalAt} relative />],
  ] as const;
  return (
    <Card withBorder shadow="md" padding="sm" className="map-chosen" role="status">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Text size="sm" fw={600}>
            {point.name}
          </Text>
          <Text size="sm">
            <ToPoint code={point.code} /> · {point.district}
          </Text>
        </div>
        <CloseButton aria-label={t('close')} onClick={close} />
      </Group>
      {rows.map(([name, value]) => (
        <Group key={name} justify="space-between" gap="xs">
          <Text size="xs" c="dimmed">
            {name}
          </Text>
          <Text size="xs">{value}</Text>
        </Group>
      ))}
    </Card>
  );
}
