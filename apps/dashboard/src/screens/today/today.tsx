import { Grid, Stack } from '@mantine/core';
import type { ReactElement } from 'react';
import { Later } from '../../parts/later';
import { PageHeader } from '../../parts/page';
import { PeriodPicker, usePeriod } from '../../parts/period';
import { DAYS } from './asks';
import { DueNext, LargestGaps } from './lists';
import { Now } from './now';
import { Road } from './road';
import { Targets } from './targets';
import { useT } from './texts';

/** As high as both lists with their eight rows, about. */
const LISTS_PX = 480;

export function Today(): ReactElement {
  const t = useT();
  const period = usePeriod(DAYS);
  return (
    <>
      <PageHeader title={t('today')} period={period}>
        <PeriodPicker period={period} />
      </PageHeader>
      <Stack gap="lg">
        <Now />
        <Road period={period} />
        <Targets period={period} />
        <Later height={LISTS_PX}>
          <Grid>
            <Grid.Col span={{ base: 12, lg: 6 }}>
              <DueNext />
            </Grid.Col>
            <Grid.Col span={{ base: 12, lg: 6 }}>
              <LargestGaps period={period} />
            </Grid.Col>
          </Grid>
        </Later>
      </Stack>
    </>
  );
}
