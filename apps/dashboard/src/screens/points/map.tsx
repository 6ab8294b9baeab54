import { Group, SegmentedControl, Skeleton, Stack, Text, useComputedColorScheme } from '@mantine/core';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { FeatureCollection, Point as Spot } from 'geojson';
import { Map as Ground, NavigationControl, Popup, setWorkerUrl, type GeoJSONSource } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import { useGet, type Page, type Query, type Schemas } from '../../parts/api';
import { useFormat } from '../../parts/figures';
import { levelOf, type Colour } from './level';
import { useT } from './texts';

// A worker of our own address: the page's policy lets no other run.
setWorkerUrl(workerUrl);

type Point = Schemas['PointOverviewDto'];
/** From little to much, readable for the colour-blind and on both grounds. */
const SCALE = ['#2b8a3e', '#94d82d', '#ffd43b', '#ff922b', '#c92a2a'];
const NOTHING = '#868e96';

function features(points: readonly Point[], colour: Colour, now: number): FeatureCollection<Spot> {
  const most = Math.max(0, ...points.map(({ recorded }) => recorded));
  const placed = points.filter(({ latitudeMicrodegrees }) => latitudeMicrodegrees !== null);
  return {
    type: 'FeatureCollection',
    features: placed.map((point) => {
      const level = levelOf(point, colour, most, now);
      const index = level === null ? -1 : Math.min(SCALE.length - 1, Math.floor(level * SCALE.length));
      return {
        type: 'Feature',
        geometry: {
          type: 'Point',
          coordinates: [point.longitudeMicrodegrees! / 1e6, point.latitudeMicrodegrees! / 1e6],
        },
        properties: { code: point.code, name: point.name, colour: SCALE[index] ?? NOTHING, cases: point.openCases },
      };
    }),
  };
}

const SOURCE = 'points';

function draw(map: Ground): void {
  map.addSource(SOURCE, {
    type: 'geojson',
    data: { type: 'FeatureCollection', features: [] },
    cluster: true,
    clusterRadius: 28,
    clusterMaxZoom: 12,
  });
  map.addLayer({
    id: 'clusters',
    type: 'circle',
    source: SOURCE,
    filter: ['has', 'point_count'],
    paint: {
      'circle-color': '#0b7285',
      'circle-opacity': 0.85,
      'circle-radius': ['step', ['get', 'point_count'], 12, 5, 16, 20, 22],
    },
  });
  map.addLayer({
    id: 'spots',
    type: 'circle',
    source: SOURCE,
    filter: ['!', ['has', 'point_count']],
    paint: {
      'circle-color': ['get', 'colour'],
      'circle-radius': ['case', ['>', ['get', 'cases'], 0], 9, 6],
      'circle-stroke-color': ['case', ['>', ['get', 'cases'], 0], '#c92a2a', '#ffffff'],
      'circle-stroke-width': ['case', ['>', ['get', 'cases'], 0], 3, 1],
    },
  });
}

/** The points on a plain ground; a tile address in the configuration would bring a base map. Never the only way in: the table stands below. */
export function PointMap({ query }: { query: Query }): ReactElement {
  const t = useT();
  const format = useFormat();
  const [colour, setColour] = useState<Colour>('gap');
  const navigate = useNavigate();
  const scheme = useComputedColorScheme('light');
  const box = useRef<HTMLDivElement>(null);
  const ground = useRef<Ground | null>(null);
  const [ready, setReady] = useState(false);
  const answer = useGet<Page<Point>>('/api/v1/points-overview', { query: { ...query, limit: 1000 } });
  const points = answer.data?.rows;
  const data = useMemo(() => points && features(points, colour, Date.now()), [points, colour]);
  const illustrative = points?.some(({ coordinatesSource }) => coordinatesSource === 'illustrative');

  useEffect(() => {
    const background = {
      id: 'ground',
      type: 'background' as const,
      paint: { 'background-color': scheme === 'dark' ? '#1a1b1e' : '#eef2f4' },
    };
    const map = new Ground({
      container: box.current!,
      style: { version: 8, sources: {}, layers: [background] },
      center: [98.672, 3.59],
      zoom: 11.3,
      attributionControl: false,
    });
    map.addControl(new NavigationControl({ showCompass: false }));
    const popup = new Popup({ closeButton: false, closeOnClick: false });
    map.on('load', () => {
      draw(map);
      setReady(true);
    });
    map.on(
      'click',
      'spots',
      ({ features: hit }) =>
        void navigate({ to: `/points/${encodeURIComponent(String(hit?.[0]?.properties['code']))}` }),
    );
    map.on('click', 'clusters', ({ lngLat }) => map.easeTo({ center: lngLat, zoom: map.getZoom() + 2 }));
    map.on('mouseenter', 'spots', ({ features: hit, lngLat }) => {
      map.getCanvas().style.cursor = 'pointer';
      popup.setLngLat(lngLat).setText(`${hit?.[0]?.properties['code']} · ${hit?.[0]?.properties['name']}`).addTo(map);
    });
    map.on('mouseleave', 'spots', () => {
      map.getCanvas().style.cursor = '';
      popup.remove();
    });
    ground.current = map;
    return () => {
      setReady(false);
      map.remove();
    };
  }, [scheme, navigate]);

  useEffect(() => {
    if (ready && data) void (ground.current?.getSource(SOURCE) as GeoJSONSource | undefined)?.setData(data);
  }, [ready, data]);

  return (
    <Stack gap={0}>
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
          {SCALE.map((each) => (
            <span key={each} style={{ background: each, width: 18, height: 12, display: 'inline-block' }} />
          ))}
          <Text size="xs">{t(colour === 'income' ? 'low' : 'high')}</Text>
          <span style={{ background: NOTHING, width: 18, height: 12, display: 'inline-block' }} />
          <Text size="xs">{t('noFigure')}</Text>
        </Group>
      </Group>
      {!points && <Skeleton h={8} />}
      <div
        ref={box}
        style={{ height: 'min(60vh, 560px)', width: '100%' }}
        role="application"
        aria-label={`${t('map')}: ${format.integer(points?.length ?? 0)} ${t('points')}`}
      />
      <Text size="xs" c="dimmed" p={6}>
        {illustrative && t('illustrative')} {t('noTiles')}
      </Text>
    </Stack>
  );
}
