import { leakAt, type Stage } from './stage.js';
import { tour } from './tour.js';
import { PHONE, type Visitor } from './visitor.js';

/** How long a walk over all pages may take on a busy machine, ms. */
const PATIENCE_MS = 900_000;

/** What axe judges by how a page is laid out and coloured; for its other rules a page is the same wide and on a phone. */
const OF_LAYOUT = [
  'aria-hidden-focus',
  'button-name',
  'color-contrast',
  'link-in-text-block',
  'link-name',
  'scrollable-region-focusable',
  'target-size',
];

/** Buttons that would change something; heads of columns and tabs change what is seen. */
const WRITES =
  /^(Add|Register|Import|Upload|Record|Write|Assign|Start|Resolve|Ask|Lock|Rotate|Revoke|Move|Send|End|Delete|Disable|Change|Enter|Withdraw|Remove|Plan|Take|Approve|New|Adopt|Issue)\b/;

/** Every page, tab by tab: what axe calls serious on it, and what it offers. Each is seen in both schemes of colours. */
export function testsOfPages({ city, visit }: Stage): void {
  /** Single things, whose addresses no menu has. */
  async function singles(): Promise<string[]> {
    const { code, deviceId } = city().own;
    const { id } = await leakAt(city(), city().foreign);
    const things = [`/points/${code}`, `/devices/${deviceId}`, `/records/${deviceId}/1/2`, `/cases/${id}`];
    return [...things, '/points?view=map', '/no-such-page'];
  }

  /** Opens the forms of a page that were not seen on it yet: its tabs share some. */
  async function forms(visitor: Visitor, opened: Set<string>, look: (form: string) => Promise<void>): Promise<void> {
    const { pathname } = new URL(visitor.page.url());
    const isNew = (label: string): boolean => !opened.has(`${pathname}: ${label}`);
    await visitor.forms(isNew, async (label) => {
      opened.add(`${pathname}: ${label}`);
      await look(`${pathname}: ${label}`);
    });
  }

  test(
    'and every form is without a serious fault to axe: pages wide and light, forms in both schemes',
    async () => {
      const visitors = await Promise.all([visit('admin'), visit('admin')]);
      const faults: object[] = [];
      const opened = new Set<string>();
      const seen = await tour(visitors, await singles(), async (visitor, address) => {
        faults.push(...(await visitor.faults()).map((fault) => ({ address, ...fault })));
        await forms(visitor, opened, async (form) => {
          const found = await visitor.faults({ within: '[role=dialog]', bothSchemes: true });
          faults.push(...found.map((fault) => ({ form, ...fault })));
        });
      });
      expect(faults).toEqual([]);
      expect(seen.length).toBeGreaterThan(60);
      expect(opened.size).toBeGreaterThan(50);
    },
    PATIENCE_MS,
  );

  test(
    'is so on a phone and dark too; and an auditor is offered nothing that changes anything',
    async () => {
      const options = { language: 'en', viewport: PHONE, dark: true } as const;
      const visitors = await Promise.all([visit('sari', options), visit('sari', options)]);
      const faults: object[] = [];
      const offered: string[] = [];
      const seen = await tour(visitors, await singles(), async (visitor, address) => {
        faults.push(...(await visitor.faults({ rules: OF_LAYOUT })).map((fault) => ({ address, ...fault })));
        const buttons = await visitor.page.locator('main button:not([role=tab]):not(thead button)').allInnerTexts();
        offered.push(...buttons.filter((text) => WRITES.test(text)).map((text) => `${address}: ${text}`));
      });
      expect(faults).toEqual([]);
      expect(offered.filter((text) => !text.startsWith('/account'))).toEqual([]);
      expect(seen.length).toBeGreaterThan(60);
    },
    PATIENCE_MS,
  );
}
