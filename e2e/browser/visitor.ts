import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { ensureProgram } from '../../infra/bootstrap/programs.js';

/** Debian's Chromium, looking for nothing outside by itself. */
const FLAGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-dev-shm-usage',
  '--disable-sync',
  '--no-first-run',
];

export const WIDE = { width: 1440, height: 900 } as const;
export const PHONE = { width: 390, height: 844 } as const;
export type Language = 'id' | 'en';

/** How long a page may take on a busy machine, ms. */
const PATIENCE_MS = 20_000;

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

/** A person before a screen, in a browser profile of their own; everything that should not happen is noted. */
export class Visitor {
  /** Messages of the console and requests outside; empty on a good day. */
  readonly complaints: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    readonly origin: string,
  ) {
    page.on('pageerror', (error) => this.complaints.push(`error on ${page.url()}: ${error.message}`));
    page.on('console', (message) => {
      // Chromium itself writes a line for each refusal of the API: the screen shows those, and tests ask for them.
      if (message.type() === 'error' && !/the server responded with a status of (401|403|404)/.test(message.text()))
        this.complaints.push(`console on ${page.url()}: ${message.text()}`);
    });
    page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== origin)
        this.complaints.push(`a request outside: ${request.url()}`);
    });
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

  async signIn(username: string, password: string): Promise<this> {
    await this.page.goto(this.origin);
    await this.page.locator('input[autocomplete=username]').fill(username);
    await this.page.locator('input[autocomplete=current-password]').fill(password);
    await this.page.locator('button[type=submit]').click();
    await this.page.locator('nav').first().waitFor({ state: 'attached' });
    return this;
  }

  /** Goes to an address, as from a link that somebody passed on, and waits until it has come to rest. */
  async go(path: string): Promise<void> {
    await this.page.goto(this.origin + path);
    await this.rest();
  }

  /** Waits for a title, and until no placeholder is left. */
  async rest(): Promise<void> {
    await this.page.locator('main h1, main h2').first().waitFor();
    await this.page.waitForFunction(`!document.querySelector('main .mantine-Skeleton-root')`);
  }

  /** What axe finds serious or critical on the page as it stands. */
  async faults(): Promise<Fault[]> {
    await this.page.evaluate(axeSource);
    return this.page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
      violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, impact, nodes }) =>
        ({ id, impact, nodes: nodes.slice(0, 3).map(({ html, failureSummary }) => html.slice(0, 200) + ' ' + failureSummary) })))`);
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}
