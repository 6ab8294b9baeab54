import { join } from 'node:path';
import { defineConfig } from 'vite';

const here = import.meta.dirname;

/** What the first page is made of: fetched beside the entry, which asks the API for its figures meanwhile. */
const FIRST = ['src/app/start.tsx', 'src/screens/today/today.tsx'];

/** Names the scripts of the first page in its head. */
const loadFirstPage = {
  name: 'load-first-page',
  transformIndexHtml: {
    order: /** @type {const} */ ('post'),
    /** @param {string} _ @param {{ bundle?: Record<string, any> }} context */
    handler: (_, { bundle = {} }) => {
      const needed = new Set();
      const need = (/** @type {string} */ file) => {
        if (needed.has(file) || bundle[file]?.isEntry) return;
        needed.add(file);
        bundle[file]?.imports?.forEach(need);
      };
      for (const [file, { facadeModuleId }] of Object.entries(bundle))
        if (FIRST.some((name) => facadeModuleId === join(here, name))) need(file);
      return [...needed].map((file) => ({
        tag: 'link',
        attrs: { rel: 'modulepreload', crossorigin: true, href: `/${file}` },
        injectTo: /** @type {const} */ ('head'),
      }));
    },
  },
};

export default defineConfig({
  root: here,
  plugins: [loadFirstPage],
  resolve: { alias: { '@app/api-client': join(here, '../../libs/api-client/src/index.ts') } },
  build: {
    outDir: join(here, 'dist'),
    emptyOutDir: true,
    target: 'es2022',
    // Charts and maps are loaded by the screens that show them, never at first.
    chunkSizeWarningLimit: 1_200,
    rollupOptions: {
      // Mantine marks its files for React's servers, which we have none of.
      onwarn: (warning, warn) => warning.code !== 'MODULE_LEVEL_DIRECTIVE' && warn(warning),
    },
    manifest: true,
  },
  server: { proxy: { '/api': process.env.EPARKING_API_URL ?? 'http://127.0.0.1:3000' } },
});
