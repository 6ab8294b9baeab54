import './require-node.js';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { install } from './install.js';
import { PlainError } from './plain-error.js';
import { ensureProgram } from './programs.js';
import { main, repository } from './run.js';
import { startShortDemo } from './short-demo.js';

/**
 * `npm run screenshots`: pictures of the real pages into docs/images, of a demo that it starts and ends; or, with
 * EPARKING_URL and EPARKING_ADMIN_PASSWORD, of one that runs. EPARKING_IMAGES_DIR names another place for them.
 */

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const JPEG_QUALITY = 72;
const DAY_MS = 86_400_000;
/** So long the detector may take for the days of a short demo. */
const ASSESSED_MS_MAX = 480_000;
const ASSESSED_LOOK_MS = 35_000;
/** A page that asks for more when an answer came stands for a moment only; so many looks, half a second apart, are enough. */
const STOOD_LOOKS = 6;
/** Nothing holds a place any more, each figure is there, and each chart is drawn. */
const STANDS = `(() => {
  const waits = document.querySelector('main .mantine-Skeleton-root, main .mantine-Loader-root');
  const figures = [...document.querySelectorAll('[data-figure]')];
  const charts = [...document.querySelectorAll('main .chart')];
  return !waits && figures.every((each) => !each.textContent.includes('…')) && charts.every((each) => each.querySelector('canvas'));
})()`;

/** @type {{name: string, path: string, phone?: boolean, dark?: boolean, language?: 'id' | 'en'}[]} */
const SHOTS = [
  { name: 'today', path: '/' },
  { name: 'today-phone', path: '/', phone: true },
  { name: 'map', path: '/points?view=map' },
  { name: 'point', path: '/points/MDN-005' },
  { name: 'deposits', path: '/money/slips', language: 'en' },
  { name: 'cases', path: '/cases', language: 'en' },
  { name: 'case', path: 'case', language: 'en' },
  { name: 'case-phone', path: 'case', phone: true },
  { name: 'devices', path: '/devices', dark: true },
  { name: 'exceptions', path: '/money/exceptions' },
  { name: 'settlements', path: '/money/settlements', language: 'en' },
  { name: 'tariffs', path: '/registry/tariffs' },
];

/**
 * Asks the API as the administrator.
 * @param {import('./short-demo.js').Demo} demo
 * @returns {Promise<(path: string) => Promise<any>>} answers of GET
 */
async function asker({ origin, password }) {
  const login = await fetch(`${origin}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password }),
  });
  if (!login.ok) throw new PlainError(`${origin} refuses admin: set EPARKING_ADMIN_PASSWORD to the demo's.`);
  const { accessToken } = /** @type {{accessToken: string}} */ (await login.json());
  const headers = { authorization: `Bearer ${accessToken}` };
  return async (path) => (await fetch(`${origin}/api/v1${path}`, { headers })).json();
}

/**
 * Waits until the detector has told what the days should have brought: it begins when their records have come to rest.
 * @param {(path: string) => Promise<any>} ask
 */
async function untilAssessed(ask) {
  const dayOf = (/** @type {number} */ ago) => new Date(Date.now() - ago * DAY_MS).toISOString().slice(0, 10);
  const until = Date.now() + ASSESSED_MS_MAX;
  for (let known = -1; Date.now() < until; await sleep(ASSESSED_LOOK_MS)) {
    const { total } = await ask(`/waterfall?from=${dayOf(7)}&to=${dayOf(0)}&groupBy=day`);
    if (total.potentialPointDays > 0 && total.potentialPointDays === known) return;
    known = total.potentialPointDays;
  }
}

/**
 * @param {import('playwright-core').Browser} browser @param {import('./short-demo.js').Demo} demo
 * @param {typeof SHOTS[number]} shot @param {string} folder
 */
async function take(
  browser,
  { origin, password },
  { name, path, phone = false, dark = false, language = 'id' },
  folder,
) {
  const context = await browser.newContext({
    viewport: phone ? PHONE : WIDE,
    colorScheme: dark ? 'dark' : 'light',
    timezoneId: 'Asia/Jakarta',
    reducedMotion: 'reduce',
  });
  await context.addInitScript(`localStorage.setItem('eparking.language', '${language}')`);
  const page = await context.newPage();
  await page.goto(origin + path);
  await page.locator('input[autocomplete=username]').fill('admin');
  await page.locator('input[autocomplete=current-password]').fill(password);
  await page.locator('button[type=submit]').click();
  await page.locator('main h1').first().waitFor();
  await page.mouse.move(0, 0);
  for (let stood = 0; stood < STOOD_LOOKS; stood = (await page.evaluate(STANDS)) ? stood + 1 : 0)
    await page.waitForTimeout(500);
  await page.screenshot({ path: join(folder, `dashboard-${name}.jpg`), type: 'jpeg', quality: JPEG_QUALITY });
  await context.close();
}

/** The demo that the environment names, or one for these pictures. @returns {Promise<import('./short-demo.js').Demo>} */
async function demoToShow() {
  const { EPARKING_URL: origin, EPARKING_ADMIN_PASSWORD: password } = process.env;
  if (origin && password) return { origin, password, stop: async () => undefined };
  if (origin) throw new PlainError("Set EPARKING_ADMIN_PASSWORD to the running demo's.");
  console.log('Starting a demo for the pictures, which takes some minutes ...');
  return startShortDemo();
}

await main(async () => {
  const folder = process.env['EPARKING_IMAGES_DIR'] ?? join(repository, 'docs', 'images');
  mkdirSync(folder, { recursive: true });
  await install();
  const { file, env } = await ensureProgram('chromium');
  const demo = await demoToShow();
  const { chromium } = await import('playwright-core');
  /** @type {import('playwright-core').Browser | undefined} */
  let browser;
  try {
    browser = await chromium.launch({
      executablePath: file,
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--no-first-run'],
      env: /** @type {Record<string, string>} */ ({ ...process.env, ...env }),
    });
    const ask = await asker(demo);
    await untilAssessed(ask);
    // The worst case that is open.
    const { rows } = await ask('/cases?limit=1');
    const single = rows[0] ? `/cases/${rows[0].id}` : '/cases';
    for (const shot of SHOTS) {
      await take(browser, demo, { ...shot, path: shot.path === 'case' ? single : shot.path }, folder);
      console.log(`dashboard-${shot.name}.jpg`);
    }
  } finally {
    // A browser that still runs would keep the command from ending.
    await browser?.close();
    await demo.stop();
  }
});
