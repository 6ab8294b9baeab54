import { VEHICLE_CLASSES } from '@app/protocol';
import { readCsv, type CsvRows } from '../http/csv.js';
import { CreatePointDto } from './points.dto.js';

const TEXT_COLUMNS = ['code', 'name', 'street', 'district', 'subdistrict', 'streetClass', 'operator'] as const;

/** The columns of a file of points; only code and name are needed. */
export const POINT_COLUMNS = [
  ...TEXT_COLUMNS,
  'latitude',
  'longitude',
  'coordinatesSource',
  'geofenceRadiusMetres',
  ...VEHICLE_CLASSES,
  'opens',
  'closes',
];

/**
 * Reads a file of points. `latitude` and `longitude` are decimal degrees, the columns named like vehicle classes are
 * parking spaces, `opens` and `closes` are HH:MM of every day (closing before opening runs past midnight).
 */
export function readPointsCsv(text: string): CsvRows<CreatePointDto> {
  return readCsv(text, CreatePointDto, { needed: ['code', 'name'], known: POINT_COLUMNS }, (cells) => {
    const spaces = VEHICLE_CLASSES.filter((name) => cells[name] !== undefined);
    return {
      ...Object.fromEntries(TEXT_COLUMNS.filter((name) => name in cells).map((name) => [name, cells[name]])),
      ...(cells['latitude'] !== undefined && { latitudeMicrodegrees: microdegrees(cells['latitude']) }),
      ...(cells['longitude'] !== undefined && { longitudeMicrodegrees: microdegrees(cells['longitude']) }),
      ...(cells['coordinatesSource'] !== undefined && { coordinatesSource: cells['coordinatesSource'] }),
      ...(cells['geofenceRadiusMetres'] !== undefined && {
        geofenceRadiusMetres: Number(cells['geofenceRadiusMetres']),
      }),
      ...(spaces.length > 0 && { spaces: Object.fromEntries(spaces.map((name) => [name, Number(cells[name])])) }),
      ...((cells['opens'] ?? cells['closes']) !== undefined && { hours: everyDay(cells['opens'], cells['closes']) }),
    };
  });
}

function microdegrees(text: string): number {
  return /^-?\d{1,3}([.]\d{1,12})?$/.test(text) ? Math.round(Number(text) * 1e6) : NaN;
}

function everyDay(opens: string | undefined, closes: string | undefined): Record<string, number[]> {
  const span = [minutes(opens), minutes(closes)];
  return Object.fromEntries(['0', '1', '2', '3', '4', '5', '6'].map((day) => [day, span]));
}

function minutes(text: string | undefined): number {
  const match = /^([01]?\d|2[0-4])[:.]([0-5]\d)$/.exec(text ?? '');
  return match ? Number(match[1]) * 60 + Number(match[2]) : NaN;
}
