import { createTheme, type MantineThemeOverride } from '@mantine/core';

/** How everything looks. @param close what the cross of a dialogue and of a message is called */
export function themeWith(close: string): MantineThemeOverride {
  const named = { closeButtonProps: { 'aria-label': close } };
  return createTheme({
    primaryColor: 'cyan',
    primaryShade: 9,
    defaultRadius: 'md',
    respectReducedMotion: true,
    components: {
      // A word that is cut says nothing.
      Badge: { defaultProps: { miw: 'max-content' } },
      Modal: { defaultProps: named },
      Notification: { defaultProps: named },
      // A wide table is scrolled by the arrow keys too.
      TableScrollContainer: { defaultProps: { scrollAreaProps: { viewportProps: { tabIndex: 0 } } } },
    },
  });
}
