export * from './test-database.js';
export { restartTestPostgres, startTestPostgres } from './test-postgres.js';
export * from './copy-server.js';
export * from './test-redis.js';
export * from './wait.js';
export { spawnTypeScript } from './run-typescript.js';
export * from './registry.js';
export * from './terminal.js';
export * from './test-city.js';
