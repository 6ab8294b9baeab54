import { Card, Group, Text, Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';
import { useCommon } from '../../i18n/i18n';
import type { Schemas } from '../../parts/api';
import { VEHICLES } from '../../parts/columns';
import { useFormat } from '../../parts/figures';
import { useT } from './texts';

type Tariff = Schemas['TariffDto'];

export const TARIFF_COLOURS = { past: 'gray.7', current: 'teal.9', future: 'blue.8' } as const;
const DAY_MS = 86_400_000;
/** Shown after the last change, so that what holds without end has a length. */
const AHEAD_MS = 200 * DAY_MS;

/** What is in force stands at the end of a line that a phone cannot show whole. */
const toTheEnd = (scroller: HTMLElement | null): void => scroller?.scrollTo({ left: scroller.scrollWidth });

/** Every class's tariffs of the whole city on one line of time: what was, what holds, what will. */
export function TariffTimeline({ rows }: { rows: readonly Tariff[] }): ReactElement | null {
  const t = useT();
  const common = useCommon();
  if (rows.length === 0) return null;
  const now = Date.now();
  const moments = rows.flatMap(({ validFrom, validTo }) => [validFrom, ...(validTo ? [validTo] : [])]).map(Date.parse);
  const start = Math.min(...moments);
  const end = Math.max(now, ...moments) + AHEAD_MS;
  const at = (ms: number): number => ((ms - start) / (end - start)) * 100;
  const lines = VEHICLES.flatMap((vehicle) => {
    const own = rows.filter(({ vehicleClass }) => vehicleClass === vehicle);
    const streets = [...new Set(own.map(({ streetClass }) => streetClass))].sort();
    return streets.map((street) => ({
      name: [common(`vehicle.${vehicle}`), street && t('ofStreetClass', { class: street })].filter(Boolean).join(', '),
      tariffs: own.filter(({ streetClass }) => streetClass === street),
    }));
  });
  return (
    <Card withBorder padding="sm">
      <Text size="sm" fw={600} mb="xs">
        {t('timeline')}
      </Text>
      <div ref={toTheEnd} style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={t('timeline')}>
        <div style={{ minWidth: 640 }}>
          {lines.map(({ name, tariffs }) => (
            <Group key={name} wrap="nowrap" gap="xs" mb={4}>
              <Text size="xs" w={150} miw={150} className="timeline-name">
                {name}
              </Text>
              <div style={{ position: 'relative', height: 24, flex: 1 }}>
                {tariffs.map((tariff) => {
                  const from = at(Date.parse(tariff.validFrom));
                  const to = tariff.validTo ? at(Date.parse(tariff.validTo)) : 100;
                  return <Bar key={tariff.code} tariff={tariff} from={from} to={to} />;
                })}
                <div className="timeline-now" style={{ left: `${at(now)}%` }} />
              </div>
            </Group>
          ))}
          <Years at={at} start={start} end={end} />
        </div>
      </div>
    </Card>
  );
}

/** One tariff from its first moment to its last, in percent of the line. */
function Bar({ tariff, from, to }: { tariff: Tariff; from: number; to: number }): ReactElement {
  const t = useT();
  const format = useFormat();
  const { amount, state, validFrom, validTo, code } = tariff;
  const amountText = format.rupiah(amount);
  const told = [
    `${code}: ${amountText}, ${t(`tariff.${state}`)}`,
    `${format.instant(validFrom)} – ${validTo ? format.instant(validTo) : t('endless')}`,
  ].join(' · ');
  const colour = `var(--mantine-color-${TARIFF_COLOURS[state].replace('.', '-')})`;
  return (
    <Tooltip label={told}>
      <div
        className="timeline-bar"
        style={{ left: `${from}%`, width: `calc(${Math.max(to - from, 0.4)}% - 2px)`, background: colour }}
        role="img"
        aria-label={told}
      >
        {to - from > 6 && amountText}
      </div>
    </Tooltip>
  );
}

function Years({ at, start, end }: { at: (ms: number) => number; start: number; end: number }): ReactElement {
  const first = new Date(start).getUTCFullYear() + 1;
  const count = Math.max(0, new Date(end).getUTCFullYear() - first + 1);
  const step = Math.ceil(count / 10);
  const years = Array.from({ length: count }, (_, n) => first + n).filter((_, n) => n % step === 0);
  return (
    <Group wrap="nowrap" gap="xs" aria-hidden>
      <div style={{ width: 150, minWidth: 150 }} />
      <div style={{ position: 'relative', height: 18, flex: 1 }}>
        {years.map((year) => (
          <Text key={year} size="xs" c="dimmed" pos="absolute" left={`${at(Date.UTC(year, 0, 1))}%`}>
            {year}
          </Text>
        ))}
      </div>
    </Group>
  );
}
