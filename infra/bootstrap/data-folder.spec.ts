import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareDataFolder } from './data-folder.js';

describe('the data folder', () => {
  let parent: string;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'eparking-data-'));
  });
  afterEach(() => rmSync(parent, { recursive: true }));

  it('is made, with the folders above it', () => {
    prepareDataFolder(join(parent, 'a', 'b'), { newDatabase: true });
    expect(statSync(join(parent, 'a', 'b')).isDirectory()).toBe(true);
  });

  it('is refused under a file, in one sentence that names the folder and the variable', () => {
    writeFileSync(join(parent, 'file'), '');
    expect(() => prepareDataFolder(join(parent, 'file', 'data'), { newDatabase: true })).toThrow(
      /^The data folder .*file\/data lies under something that is no folder: set EPARKING_DATA_DIR/,
    );
  });
});
