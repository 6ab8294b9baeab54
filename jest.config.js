/** Tests run as ESM over swc. `.spec.ts` needs nothing; `.medium.spec.ts` real PostgreSQL/Redis/MQTT; `e2e/` whole processes. */
const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          keepClassNames: true,
        },
        module: { type: 'es6' },
      },
    ],
  },
  moduleNameMapper: {
    '^@app/([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
};

export default {
  projects: [
    {
      ...common,
      displayName: 'unit',
      setupFiles: process.env['FUZZ_TIMES'] ? ['<rootDir>/libs/testing/src/fuzz-runs.js'] : [],
      testMatch: ['<rootDir>/{apps,libs,devices-sim,infra}/**/*.spec.ts'],
      testPathIgnorePatterns: ['\\.medium\\.spec\\.ts$', '/node_modules/'],
    },
    {
      ...common,
      displayName: 'medium',
      setupFilesAfterEnv: ['<rootDir>/libs/testing/src/patience.js'],
      testMatch: ['<rootDir>/{apps,libs,devices-sim,infra}/**/*.medium.spec.ts'],
      globalSetup: '<rootDir>/libs/testing/src/global-setup.js',
      globalTeardown: '<rootDir>/libs/testing/src/global-teardown.js',
    },
    {
      ...common,
      displayName: 'e2e',
      setupFilesAfterEnv: ['<rootDir>/libs/testing/src/patience.js'],
      testMatch: ['<rootDir>/e2e/**/*.spec.ts'],
      globalSetup: '<rootDir>/libs/testing/src/global-setup.js',
      globalTeardown: '<rootDir>/libs/testing/src/global-teardown.js',
    },
  ],
};
