import { useComputedColorScheme } from '@mantine/core';
import type { EChartsCoreOption } from 'echarts/core';
import { useEffect, useRef, type ReactElement } from 'react';

/** The charting library, loaded when the first chart is to be drawn and the figures around it stand. */
const engine = async () => {
  await new Promise<void>((idle) =>
    'requestIdleCallback' in window ? requestIdleCallback(() => idle(), { timeout: 1_000 }) : setTimeout(idle, 100),
  );
  return import('./chart-engine');
};

/** A chart. `label` says in a sentence what it shows, for those who do not see it; the figures stand in a table nearby. */
export function Chart({
  option,
  height,
  label,
  onClick,
}: {
  option: EChartsCoreOption;
  height: number;
  label: string;
  onClick?: (name: string) => void;
}): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('light');
  useEffect(() => {
    const element = box.current!;
    let end = (): void => undefined;
    let gone = false;
    void engine().then(({ init }) => {
      if (gone) return;
      const chart = init(element, scheme === 'dark' ? 'dark' : undefined, { renderer: 'canvas' });
      chart.setOption({ backgroundColor: 'transparent', animation: false, ...option });
      if (onClick) chart.on('click', (event) => onClick(String(event.name)));
      const observer = new ResizeObserver(() => chart.resize());
      observer.observe(element);
      end = () => {
        observer.disconnect();
        chart.dispose();
      };
    });
    return () => {
      gone = true;
      end();
    };
  }, [option, scheme, onClick]);
  return <div ref={box} className="chart" role="img" aria-label={label} style={{ height, width: '100%' }} />;
}
