const SCHEME = 'data-mantine-color-scheme';

/** Paper is white: who works in the dark prints dark on light all the same. */
export function printLight(): void {
  const root = document.documentElement;
  let shown: string | null = null;
  window.addEventListener('beforeprint', () => {
    shown = root.getAttribute(SCHEME);
    root.setAttribute(SCHEME, 'light');
    root.toggleAttribute('data-was-dark', shown === 'dark');
  });
  window.addEventListener('afterprint', () => {
    if (shown) root.setAttribute(SCHEME, shown);
    root.removeAttribute('data-was-dark');
  });
}
