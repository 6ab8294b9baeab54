import { settingGroups } from './settings.js';
import type { Setting } from './setting.js';

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function row(setting: Setting<unknown>): string {
  const fallback = setting.defaultText === undefined ? (setting.whenAbsent ?? '') : `\`${setting.defaultText}\``;
  const about = setting.secret ? `${setting.about} **Secret.**` : setting.about;
  return `| \`${setting.variable}\` | ${cell(setting.range)} | ${cell(fallback)} | ${cell(about)} |`;
}

/** docs/CONFIGURATION.md, made from the table that the program itself reads. */
export function configurationMarkdown(): string {
  const groups = Object.entries(settingGroups).map(([heading, group]) =>
    [
      `## ${heading}`,
      '',
      '| variable | values | default | what it does |',
      '| --- | --- | --- | --- |',
      ...Object.values(group as Record<string, Setting<unknown>>).map(row),
      '',
    ].join('\n'),
  );
  return [
    '# Configuration',
    '',
    'Everything is set by environment variables, read once at start. An empty variable counts as absent.',
    'A wrong value stops the process with a line that names the variable and says what it may be.',
    'This page is generated from `libs/platform/src/settings.ts` by `npm run docs`; CI fails when they differ.',
    '',
    ...groups,
  ].join('\n');
}
