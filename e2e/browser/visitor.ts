import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page, type Request } from 'playwright-core';
import { eventually } from '@app/testing';
import { ensureProgram } from '../../infra/bootstrap/programs.js';

/** Debian's Chromium, looking for nothing outside by itself. */
const FLAGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-dev-shm-usage',
  // Debian's own flags draw pages by a graphics card, which a server only plays by reckoning.
  '--disable-gpu-compositing',
  '--disable-gpu-rasterization',
  '--disable-sync',
  '--no-first-run',
];

export const WIDE = { width: 1440, height: 900 } as const;
export const PHONE = { width: 390, height: 844 } as const;
export type Language = 'id' | 'en';

/** How long a page may take on a busy machine, ms. */
const PATIENCE_MS = 60_000;

/** Rows of a table that axe looks at. */
const ROWS_LOOKED_AT = 12;

const axeSource = readFileSync(join(createRequire(import.meta.url).resolve('axe-core'), '..', 'axe.min.js'), 'utf8');

export async function openBrowser(): Promise<Browser> {
  const { file, env } = await ensureProgram('chromium');
  return chromium.launch({
    executablePath: file,
    args: FLAGS,
    env: { ...process.env, ...env } as Record<string, string>,
  });
}

export interface VisitorOptions {
  readonly origin: string;
  readonly language?: Language;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly dark?: boolean;
}

interface Fault {
  readonly id: string;
  readonly impact: string;
  readonly nodes: string[];
}

/** Where axe looks, by which of its rules (all when there are none), and whether in the other scheme of colours too. */
export interface Looking {
  readonly within?: string;
  readonly rules?: readonly string[];
  readonly bothSchemes?: boolean;
}

/** A person before a screen, in a browser profile of their own; everything that should not happen is noted. */
export class Visitor {
  /** Messages of the console and requests outside; empty on a good day. */
  readonly complaints: string[] = [];
  /** Requests that have not ended; the stream of live income never does. */
  private readonly underway = new Set<Request>();
  private forgiven: RegExp | null = null;

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    readonly origin: string,
  ) {
    page.on('pageerror', (error) => this.complaints.push(`error on ${page.url()}: ${error.message}`));
    page.on('console', (message) => {
      // Chromium itself writes a line for each refusal of the API: the screen shows those, and tests ask for them.
      if (message.type() !== 'error' || this.forgiven?.test(message.text())) return;
      if (!/the server responded with a status of (401|403|404)/.test(message.text()))
        this.complaints.push(`console on ${page.url()}: ${message.text()}`);
    });
    page.on('request', (request) => {
      if (/^(data|blob):/.test(request.url())) return;
      const { origin: asked, pathname } = new URL(request.url());
      if (asked !== origin) this.complaints.push(`a request outside: ${request.url()}`);
      // Nor does Chromium tell the end of a worker's script.
      if (pathname !== '/api/v1/live' && !pathname.includes('-worker')) this.underway.add(request);
    });
    page.on('requestfinished', (request) => this.underway.delete(request));
    page.on('requestfailed', (request) => this.underway.delete(request));
    page.on('framenavigated', () => this.underway.clear());
  }

  static async open(browser: Browser, options: VisitorOptions): Promise<Visitor> {
    const { origin, language = 'id', viewport = WIDE, dark = false } = options;
    const context = await browser.newContext({
      viewport,
      colorScheme: dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
      timezoneId: 'Asia/Jakarta',
      acceptDownloads: true,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    await context.addInitScript(
      `localStorage.setItem('eparking.language', localStorage.getItem('eparking.language') ?? '${language}')`,
    );
    return new Visitor(context, await context.newPage(), origin);
  }

  /** Lines of Chromium's own in the console that the test brings about itself. */
  forgives(pattern: RegExp): void {
    this.forgiven = pattern;
  }

  /** Opens an address, signs in there, and waits until the page has come to rest. */
  async signIn(username: string, password: string, path = '/'): Promise<this> {
    await this.page.goto(this.origin + path);
    await this.page.locator('input[autocomplete=username]').fill(username);
    await this.page.locator('input[autocomplete=current-password]').fill(password);
    await this.page.locator('button[type=submit]').click();
    await this.page.locator('input[autocomplete=username]').waitFor({ state: 'hidden' });
    await this.rest();
    return this;
  }

  /** Goes to an address within the page, as by its links: no reload. */
  async go(path: string): Promise<void> {
    await this.page.evaluate(`history.pushState({}, '', ${JSON.stringify(path)})`);
    await this.rest();
  }

  /** Waits until nothing is asked for any more, and no placeholder is left. */
  async rest(): Promise<void> {
    const looked = async (): Promise<boolean> => {
      const drawn = await this.page.evaluate(
        `new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(
          !!document.querySelector('main h1, main h2, main [role=alert]') &&
          !document.querySelector('main .mantine-Skeleton-root, main .mantine-Loader-root')))))`,
      );
      return drawn === true && this.underway.size === 0;
    };
    await eventually(
      async () => {
        // Twice: an answer that came a moment ago may ask for more.
        if (!(await looked()) || !(await looked()))
          throw new Error(
            `${this.page.url()} does not come to rest: ${[...this.underway].map((request) => request.url()).join(' ')}`,
          );
      },
      { withinMs: PATIENCE_MS },
    );
  }

  /** The exact sum (rupiah) of a figure, and what people read. Null where there is none. */
  async figure(label: string): Promise<{ text: string; exact: number | null }> {
    const box = this.page.locator(`[data-figure="${label}"]`).first();
    const exact = box.locator('data');
    const value = (await exact.count()) > 0 ? await exact.getAttribute('value') : null;
    const text = (await box.innerText()).replace(label, '').trim();
    return { text, exact: value === null ? null : Number(value) };
  }

  /** The rows of a list as people read them: text by column, by row key. */
  async rows(list: string): Promise<Record<string, Record<string, string>>> {
    return this.page.evaluate(`(() => {
      const region = [...document.querySelectorAll('main [role=region]')]
        .find((each) => each.getAttribute('aria-label') === ${JSON.stringify(list)});
      const cells = (row) => [...row.querySelectorAll('td[data-column]')];
      return Object.fromEntries([...region.querySelectorAll('tr[data-row]')].map((row) =>
        [row.dataset.row, Object.fromEntries(cells(row).map((cell) => [cell.dataset.column, cell.innerText.trim()]))]));
    })()`);
  }

  /**
   * What axe finds serious or critical on the page as it stands, or within a part of it, by all of its rules or by some.
   * With `bothSchemes`, also which texts cannot be read in the other scheme of colours. Of a long list the first rows
   * stand for those like them.
   */
  async faults({ within = ':root', rules = [], bothSchemes = false }: Looking = {}): Promise<Fault[]> {
    if (!(await this.page.evaluate(`'axe' in window`))) await this.page.evaluate(axeSource);
    return this.page.evaluate(`(async () => {
      const place = { include: [${JSON.stringify(within)}], exclude: ['tbody tr:nth-child(n + ${ROWS_LOOKED_AT + 1})'] };
      const look = async (options) => (await axe.run(place, { resultTypes: ['violations'], ...options })).violations;
      const found = await look(${JSON.stringify(rules.length > 0 ? { runOnly: rules } : {})});
      if (${bothSchemes}) {
        // A colour that is still fading would be measured half way.
        const still = document.createElement('style');
        still.textContent = '* { transition: none !important }';
        document.head.append(still);
        const root = document.documentElement, name = 'data-mantine-color-scheme', own = root.getAttribute(name);
        root.setAttribute(name, own === 'dark' ? 'light' : 'dark');
        found.push(...(await look({ runOnly: ['color-contrast'] })));
        root.setAttribute(name, own);
        still.remove();
      }
      return found.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, impact, nodes }) =>
        ({ id, impact, nodes: nodes.slice(0, 3).map(({ html, failureSummary }) => html.slice(0, 200) + ' ' + failureSummary) }));
    })()`);
  }

  /** Opens the forms of the page that are `wanted` by the words on their buttons, one after the other, for `look`. */
  async forms(wanted: (label: string) => boolean, look: (label: string) => Promise<void>): Promise<void> {
    const buttons = this.page.locator('main button[aria-haspopup=dialog]:enabled');
    const labels = await buttons.allInnerTexts();
    const dialog = this.page.getByRole('dialog');
    for (const label of new Set(labels)) {
      if (!wanted(label)) continue;
      await buttons.nth(labels.indexOf(label)).click();
      await dialog.first().waitFor();
      await this.rest();
      await look(label);
      await this.page.keyboard.press('Escape');
      await dialog.first().waitFor({ state: 'hidden' });
    }
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}
