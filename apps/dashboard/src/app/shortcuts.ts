import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

const GO: Readonly<Record<string, string>> = { h: '/', t: '/points', k: '/cases', p: '/devices', u: '/money' };
/** A box or a choice takes no letters. */
const TYPED_IN = 'textarea, select, input:not([type=radio], [type=checkbox])';
const SECOND_KEY_MS = 1_200;

/** `g` and a letter goes somewhere, `/` to the search of the page, `?` shows this. Never while somebody types. */
export function useShortcuts(help: () => void): void {
  const navigate = useNavigate();
  const wentAt = useRef(0);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement;
      const typing = target.isContentEditable || target.matches(TYPED_IN);
      if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
      const to = GO[event.key];
      if (to && Date.now() - wentAt.current < SECOND_KEY_MS) void navigate({ to });
      wentAt.current = event.key === 'g' ? Date.now() : 0;
      if (event.key === '?') help();
      if (event.key === '/') {
        event.preventDefault();
        document.querySelector<HTMLInputElement>('main input[type="search"]')?.focus();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [navigate, help]);
}
