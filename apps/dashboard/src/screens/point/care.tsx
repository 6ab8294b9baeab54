import { Group } from '@mantine/core';
import type { ReactElement } from 'react';
import { useIsOfficer } from '../../app/me';
import { texts, useCommon } from '../../i18n/i18n';
import { Action, type Field } from '../../parts/action';
import { useGet, type Page, type Schemas } from '../../parts/api';
import { VEHICLES } from '../../parts/columns';
import { addDays, jakartaToday } from '../../parts/format';
import { spanOf, spanText } from './hours';

type Point = Schemas['PointDto'];

const useT = texts(
  'point-care',
  {
    edit: 'Ubah data titik',
    subdistrict: 'Kelurahan',
    streetClass: 'Kelas jalan',
    streetClassFrom: 'Kelas jalan berlaku mulai',
    streetClassHint: 'Kosong: hari ini. Pembagian bulan lalu ikut dikoreksi bila harinya sudah lewat.',
    latitude: 'Lintang (derajat)',
    longitude: 'Bujur (derajat)',
    coordinates: 'Asal koordinat',
    'from.none': 'tanpa koordinat',
    'from.illustrative': 'ilustrasi',
    'from.surveyed': 'hasil survei',
    geofence: 'Radius (m)',
    geofenceHint: 'Pembayaran lebih jauh dari ini ditandai.',
    spaces: 'Ruang parkir {{vehicle}}',
    closed: 'Titik ditutup',
    closedHint: 'Titik tetap ada di pembukuan dan tidak menerima terminal baru.',
    hours: 'Ganti jam buka',
    hoursHint: 'Jam yang lama berakhir pada hari itu. Kosong: tutup.',
    validFrom: 'Mulai hari',
    validTo: 'Tidak lagi sejak hari',
    endless: 'Kosong: tanpa batas',
    operator: 'Ganti pengelola',
    operatorHint: 'Pengelola sebelumnya tetap mengelola sampai hari itu.',
    contract: 'Kontrak',
    cityRuns: 'Kelola sendiri oleh kota',
    day0: 'Minggu',
    day1: 'Senin',
    day2: 'Selasa',
    day3: 'Rabu',
    day4: 'Kamis',
    day5: 'Jumat',
    day6: 'Sabtu',
  },
  {
    edit: 'Edit the point',
    subdistrict: 'Subdistrict',
    streetClass: 'Street class',
    streetClassFrom: 'Street class holds from',
    streetClassHint: 'Empty: today. Shares of past months are corrected when the day is over.',
    latitude: 'Latitude (degrees)',
    longitude: 'Longitude (degrees)',
    coordinates: 'Where the coordinates are from',
    'from.none': 'no coordinates',
    'from.illustrative': 'illustrative',
    'from.surveyed': 'surveyed',
    geofence: 'Radius (m)',
    geofenceHint: 'A payment further away than this is flagged.',
    spaces: 'Spaces: {{vehicle}}',
    closed: 'The point is closed',
    closedHint: 'It stays on the books and takes no new terminals.',
    hours: 'Change the opening hours',
    hoursHint: 'The hours before end on that day. Empty: closed.',
    validFrom: 'From the day',
    validTo: 'No longer from the day',
    endless: 'Empty: without end',
    operator: 'Change the operator',
    operatorHint: 'The operator before runs it until that day.',
    contract: 'Contract',
    cityRuns: 'Run by the city itself',
    day0: 'Sunday',
    day1: 'Monday',
    day2: 'Tuesday',
    day3: 'Wednesday',
    day4: 'Thursday',
    day5: 'Friday',
    day6: 'Saturday',
  },
);

const MICRO = 1_000_000;
/** Monday first, as weeks begin here; the API counts Sunday as 0. */
const WEEK = [1, 2, 3, 4, 5, 6, 0] as const;

/** What an officer may change of a point, each from a day on where it has one. */
export function PointCare({ point }: { point: Point }): ReactElement | null {
  if (!useIsOfficer()) return null;
  return (
    <Group gap="xs" className="no-print">
      <Edit point={point} />
      <Hours point={point} />
      <Operator point={point} />
    </Group>
  );
}

/** Degrees and spaces, as the form has them, into what the API takes. */
function changeOf(values: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(values).filter(([name]) => !name.startsWith('spaces.'));
  const spaces = Object.entries(values).filter(([name]) => name.startsWith('spaces.'));
  const micro = (degrees: unknown) => Math.round(Number(String(degrees).replace(',', '.')) * MICRO);
  return {
    ...Object.fromEntries(kept.map(([name, value]) => [name, name.endsWith('Microdegrees') ? micro(value) : value])),
    spaces: Object.fromEntries(spaces.map(([name, count]) => [name.slice('spaces.'.length), count])),
  };
}

function Edit({ point }: { point: Point }): ReactElement {
  const t = useT();
  const common = useCommon();
  const degrees = (micro: number | null) => (micro === null ? '' : String(micro / MICRO));
  const fields: Field[] = [
    { name: 'name', label: t('name'), initial: point.name, required: true },
    { name: 'street', label: t('street'), initial: point.street },
    { name: 'district', label: t('district'), initial: point.district },
    { name: 'subdistrict', label: t('subdistrict'), initial: point.subdistrict },
    { name: 'streetClass', label: t('streetClass'), initial: point.streetClass ?? '' },
    { name: 'streetClassFrom', label: t('streetClassFrom'), type: 'date', hint: t('streetClassHint') },
    ...VEHICLES.map((vehicle) => ({
      name: `spaces.${vehicle}`,
      label: t('spaces', { vehicle: common(`vehicle.${vehicle}`).toLowerCase() }),
      type: 'number' as const,
      initial: String(point.spaces[vehicle as never] ?? ''),
    })),
    { name: 'latitudeMicrodegrees', label: t('latitude'), initial: degrees(point.latitudeMicrodegrees) },
    { name: 'longitudeMicrodegrees', label: t('longitude'), initial: degrees(point.longitudeMicrodegrees) },
    {
      name: 'coordinatesSource',
      label: t('coordinates'),
      type: 'choice',
      initial: point.coordinatesSource,
      options: (['none', 'illustrative', 'surveyed'] as const).map((value) => ({ value, label: t(`from.${value}`) })),
    },
    {
      name: 'geofenceRadiusMetres',
      label: t('geofence'),
      type: 'number',
      hint: t('geofenceHint'),
      initial: String(point.geofenceRadiusMetres ?? ''),
    },
    {
      name: 'closed',
      label: t('closed'),
      type: 'yes',
      hint: t('closedHint'),
      initial: String(point.closedAt !== null),
    },
  ];
  return (
    <Action
      label={t('edit')}
      method="PATCH"
      path="/api/v1/points/{code}"
      params={{ code: point.code }}
      fields={fields}
      body={changeOf}
      button={{ variant: 'light' }}
    />
  );
}

function Hours({ point }: { point: Point }): ReactElement {
  const t = useT();
  const hours = (point.hours ?? {}) as Record<string, [number, number]>;
  return (
    <Action
      label={t('hours')}
      method="POST"
      path="/api/v1/points/{code}/hours"
      params={{ code: point.code }}
      explanation={t('hoursHint')}
      fields={[
        {
          name: 'validFrom',
          label: t('validFrom'),
          type: 'date',
          required: true,
          initial: addDays(jakartaToday(), 1),
        },
        ...WEEK.map((day) => ({
          name: `hours.${day}`,
          label: t(`day${day}`),
          initial: hours[day] ? spanText(hours[day]) : '',
        })),
      ]}
      body={({ validFrom, ...days }) => ({
        validFrom,
        hours: Object.fromEntries(
          Object.entries(days).map(([name, span]) => [name.slice('hours.'.length), spanOf(String(span))]),
        ),
      })}
      button={{ variant: 'light' }}
    />
  );
}

function Operator({ point }: { point: Point }): ReactElement {
  const t = useT();
  const contracts = useGet<Page<Schemas['ContractDto']>>('/api/v1/contracts', {
    query: { limit: 1000, on: jakartaToday() },
  });
  const params = { code: point.code };
  const from = { type: 'date', required: true, initial: addDays(jakartaToday(), 1) } as const;
  return (
    <>
      <Action
        label={t('operator')}
        method="POST"
        path="/api/v1/points/{code}/operator"
        params={params}
        explanation={t('operatorHint')}
        fields={(filled) => [
          { name: 'operator', label: t('operator'), lookup: 'operator', required: true },
          {
            name: 'contract',
            label: t('contract'),
            type: 'choice',
            options: (contracts.data?.rows ?? [])
              .filter(({ operator }) => operator === filled['operator'])
              .map(({ number }) => ({ value: number, label: number })),
          },
          { name: 'validFrom', label: t('validFrom'), ...from },
          { name: 'validTo', label: t('validTo'), type: 'date', hint: t('endless') },
        ]}
        button={{ variant: 'light' }}
      />
      {point.operator && (
        <Action
          label={t('cityRuns')}
          method="POST"
          path="/api/v1/points/{code}/operator/end"
          params={params}
          explanation={t('operatorHint')}
          fields={[{ name: 'validTo', label: t('validFrom'), ...from }]}
          dangerous
        />
      )}
    </>
  );
}
