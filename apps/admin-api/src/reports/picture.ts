import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { FONT_FILES } from './paper.js';

const require = createRequire(import.meta.url);
let loaded: Promise<Uint8Array[]> | undefined;

/** A chart as a PNG, `scale` times its own size, for files that hold no vectors. */
export async function pictureOf(svg: string, scale = 2): Promise<Buffer> {
  loaded ??= load();
  const fontBuffers = await loaded;
  const image = new Resvg(svg, {
    background: 'white',
    fitTo: { mode: 'zoom', value: scale },
    font: { fontBuffers, defaultFontFamily: 'Roboto' },
  });
  try {
    return Buffer.from(image.render().asPng());
  } finally {
    image.free();
  }
}

async function load(): Promise<Uint8Array[]> {
  await initWasm(await readFile(require.resolve('@resvg/resvg-wasm/index_bg.wasm')));
  return Promise.all(FONT_FILES.map((file) => readFile(file)));
}
