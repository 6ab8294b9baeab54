export { createDataSource, runMigrations, type DatabaseOptions } from './data-source.js';
