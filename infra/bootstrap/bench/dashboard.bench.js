import { ensureProgram } from '../programs.js';
import { PlainError } from '../plain-error.js';
import { startShortDemo } from '../short-demo.js';

/**
 * `npm run bench -- dashboard`: how soon the first figures stand, and how fluid long tables, the map and charts of a
 * year are, in Debian's Chromium slowed down to a quarter; of a demo that it starts and ends, or, with EPARKING_URL and
 * EPARKING_ADMIN_PASSWORD, of one that runs. Rows and days beyond the demo's own are copies of those.
 */

const SLOWED = 4;
const ROWS = 10_000;
const DAYS = 365;
const FRAMES = 120;
const FIRST_VIEWS = 5;

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').CDPSession} Cdp */

/** Tells when every figure of the first page has its value, ms since the address was opened. */
const NOTE_FIGURES = `
  window.figuresAt = new Promise((tell) => {
    const look = () => {
      const figures = [...document.querySelectorAll('[data-figure]')];
      const done = figures.length >= 12 && figures.every((each) => !each.textContent.includes('…'));
      if (done) tell(performance.now());
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });`;

/** @param {number[]} values @param {number} share */
const quantile = (values, share) => [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? 0;

/** Processor time of the page's main thread, ms. @param {Cdp} cdp */
async function threadMs(cdp) {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return 1000 * (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? 0);
}

/** @param {Page} page @param {boolean} cached */
async function slowed(page, cached = true) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  await cdp.send('Network.enable');
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: !cached });
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
  return cdp;
}

/**
 * Draws frame after frame, doing `step` before each.
 * @param {Page} page @param {Cdp} cdp @param {string} name @param {string} step body of a function of the frame's number
 */
async function frames(page, cdp, name, step) {
  const before = await threadMs(cdp);
  /** @type {number[]} */
  const gaps = await page.evaluate(`new Promise((done) => {
    const gaps = [];
    let last = performance.now(), n = 0;
    const step = (n) => { ${step} };
    const frame = () => {
      const now = performance.now();
      if (n > 0) gaps.push(now - last);
      last = now;
      if (++n > ${FRAMES}) return done(gaps);
      step(n);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  })`);
  const cpu = (await threadMs(cdp)) - before;
  const [p50, p95] = [quantile(gaps, 0.5), quantile(gaps, 0.95)].map(Math.round);
  console.log(`${name}: a frame p50 ${p50} ms, p95 ${p95} ms; main thread ${Math.round(cpu / FRAMES)} ms a frame`);
}

/** @param {import('playwright-core').BrowserContext} context @param {string} origin */
async function firstViews(context, origin) {
  for (const cached of [false, true]) {
    const times = /** @type {number[]} */ ([]);
    const work = /** @type {number[]} */ ([]);
    for (let n = 0; n < FIRST_VIEWS; n++) {
      const page = await context.newPage();
      const cdp = await slowed(page, cached);
      await page.addInitScript(NOTE_FIGURES);
      await page.goto(origin);
      times.push(Number(await page.evaluate('window.figuresAt')));
      work.push(await threadMs(cdp));
      await page.close();
    }
    const told = (/** @type {number[]} */ values) => (quantile(values, 0.5) / 1000).toFixed(2);
    console.log(
      `first view, ${cached ? 'warm' : 'cold'}: figures after ${told(times)} s (main thread ${told(work)} s)`,
    );
  }
}

/** Answers the address with more rows than there are. @param {Page} page @param {string} path @param {(body: any) => any} more */
async function swell(page, path, more) {
  await page.route(`**${path}?*`, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: more(await answer.json()) });
  });
}

/** @param {import('playwright-core').BrowserContext} context @param {string} origin */
async function longTable(context, origin) {
  const tables = /** @type {const} */ ([
    ['/api/v1/points-overview', '/points?limit=1000', 'code'],
    ['/api/v1/cases', '/cases?limit=1000', 'id'],
  ]);
  for (const [path, address, key] of tables) {
    const page = await context.newPage();
    await swell(page, path, ({ rows, ...rest }) => ({
      ...rest,
      total: ROWS,
      rows: Array.from({ length: ROWS }, (_, n) => ({ ...rows[n % rows.length], [key]: `ROW-${n}` })),
    }));
    await page.goto(origin + address);
    await page.locator('main tr[data-row]').first().waitFor({ timeout: 120_000 });
    const cdp = await slowed(page);
    await page.evaluate(`window.region = document.querySelector('main [role=region]')`);
    await frames(
      page,
      cdp,
      `table ${address.split('?')[0]}, ${ROWS} rows, 5 new a frame`,
      'region.scrollTop = n * 205;',
    );
    await frames(page, cdp, '  the same, leaps of a page', `region.scrollTop = (n * 7919 % ${ROWS}) * 41;`);
    await page.close();
  }
}

/** @param {import('playwright-core').BrowserContext} context @param {string} origin */
async function pictures(context, origin) {
  const page = await context.newPage();
  await swell(page, '/api/v1/waterfall', ({ rows, ...rest }) => ({
    ...rest,
    rows: Array.from({ length: DAYS }, (_, n) => ({
      ...rows[n % rows.length],
      key: new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10),
    })),
  }));
  await page.goto(origin);
  await page.locator('main canvas').first().waitFor({ timeout: 120_000 });
  const cdp = await slowed(page);
  const mouse = `const box = canvas.getBoundingClientRect();
    canvas.dispatchEvent(new MouseEvent('mousemove', { bubbles: true, clientX: box.left + 60 + (n * 7) % (box.width - 80), clientY: box.top + 120 }));`;
  await page.evaluate(`window.canvas = document.querySelector('main canvas')`);
  await frames(page, cdp, `chart of ${DAYS} days, under the mouse`, mouse);
  await page.goto(`${origin}/points?view=map`);
  await page.locator('.maplibregl-canvas').waitFor({ timeout: 120_000 });
  await page.waitForTimeout(5_000);
  await page.evaluate(`window.canvas = document.querySelector('.maplibregl-canvas')`);
  const wheel = `const box = canvas.getBoundingClientRect();
    canvas.dispatchEvent(new WheelEvent('wheel', { bubbles: true, cancelable: true, deltaY: n % 60 < 30 ? -40 : 40, clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 }));`;
  await frames(page, cdp, 'map of all points, zoomed by the wheel', wheel);
  await page.close();
}

/** @returns {Promise<void>} */
export async function bench() {
  const { EPARKING_URL: url, EPARKING_ADMIN_PASSWORD: secret } = process.env;
  if (url && !secret) throw new PlainError("Set EPARKING_ADMIN_PASSWORD to the running demo's.");
  const { file, env } = await ensureProgram('chromium');
  const { origin, password, stop } =
    url && secret ? { origin: url, password: secret, stop: async () => undefined } : await startShortDemo();
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({
    executablePath: file,
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-gpu-compositing',
      '--disable-gpu-rasterization',
    ],
    env: /** @type {Record<string, string>} */ ({ ...process.env, ...env }),
  });
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, timezoneId: 'Asia/Jakarta' });
    const page = await context.newPage();
    await page.goto(origin);
    await page.locator('input[autocomplete=username]').fill('admin');
    await page.locator('input[autocomplete=current-password]').fill(password);
    await page.locator('button[type=submit]').click();
    await page.locator('[data-figure]').first().waitFor({ timeout: 120_000 });
    await page.close();
    await firstViews(context, origin);
    await longTable(context, origin);
    await pictures(context, origin);
  } finally {
    await browser.close();
    await stop();
  }
}
