import type { Visitor } from './visitor.js';

/** Who looks, at which address. */
export type Look = (visitor: Visitor, address: string) => Promise<void>;

/**
 * Every page that the menu leads to and every other one that is named, tab by tab. Two visitors share them, as two cores
 * draw them in half the time. Tells the addresses that were seen.
 */
export async function tour(visitors: readonly Visitor[], others: readonly string[], look: Look): Promise<string[]> {
  const menu = await visitors[0]!.page
    .locator('nav a')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  const left = [...menu, '/account', ...others].map((place) => ({ place, tab: 0 }));
  const seen: string[] = [];
  const walk = async (visitor: Visitor): Promise<void> => {
    let here = '';
    for (let next = left.shift(); next; next = left.shift()) {
      const { place, tab } = next;
      if (place !== here) await visitor.go(place);
      here = place;
      const tabs = visitor.page.locator('main [role=tab]');
      if (tab === 0) {
        left.unshift(...Array.from({ length: await tabs.count() }, (_, n) => ({ place, tab: n })).slice(1));
      } else {
        await tabs.nth(tab).click();
        await visitor.rest();
      }
      const address = visitor.page.url().slice(visitor.origin.length);
      seen.push(address);
      await look(visitor, address);
    }
  };
  await Promise.all(visitors.map(walk));
  return seen;
}
