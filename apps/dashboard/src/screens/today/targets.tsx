import type { ReactElement } from 'react';
import { useGet, type Schemas } from '../../parts/api';
import type { Period } from '../../parts/days';
import { Figure, Money, useFormat } from '../../parts/figures';
import { Answer } from '../../parts/states';
import { asks } from './asks';
import { useT } from './texts';

/** What the year was to bring, by the source of the target, against what came in of it. */
export function Targets({ period }: { period: Period }): ReactElement {
  const t = useT();
  const format = useFormat();
  const year = period.to.slice(0, 4);
  const answer = useGet<Schemas['RealisationDto']>(...asks.targets(period));
  return (
    <Answer of={answer} height={90}>
      {({ rows }) => {
        const whole = rows.find(({ month }) => month === null);
        const share = (bp: number | null) => (bp === null ? '–' : format.percent(bp / 10_000));
        if (!whole || whole.targets.length === 0)
          return (
            <div className="grid-figures">
              <Figure label={t('target', { year })} value="–" to="/money/targets" hint={t('noTarget')} />
            </div>
          );
        return (
          <div className="grid-figures">
            {whole.targets.map(({ source, amount, recordedBp, depositedBp }) => (
              <Figure
                key={source}
                label={`${t('target', { year })} (${source})`}
                value={<Money amount={amount} short />}
                to="/money/targets"
                search={{ year }}
                hint={t('ofTarget', { recorded: share(recordedBp), deposited: share(depositedBp) })}
              />
            ))}
          </div>
        );
      }}
    </Answer>
  );
}
