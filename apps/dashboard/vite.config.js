import { join } from 'node:path';
import { defineConfig } from 'vite';

const here = import.meta.dirname;

export default defineConfig({
  root: here,
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
