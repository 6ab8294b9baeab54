import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../i18n/i18n';
import type { Ahead } from './ahead';
import { App } from './app';
import { printLight } from './light-paper';
import { router } from './router';

/** Figures that come within so many ms are drawn at once with the page; for slower ones it holds places. */
const FIGURES_MS_MAX = 400;

/** Draws the page when it is known for whom. */
export async function start({ me, figures }: Ahead): Promise<void> {
  printLight();
  const screen = router.load();
  const person = await me;
  if (person) await Promise.all([screen, Promise.race([figures, new Promise((go) => setTimeout(go, FIGURES_MS_MAX))])]);
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <App person={person} />
    </StrictMode>,
  );
}
