export { readCommandLine } from './command-line.js';
export * from './config.js';
export * from './config-doc.js';
export * from './health-server.js';
export * from './logger.js';
export * from './metrics.js';
export * from './secret-file.js';
export * from './shutdown.js';
export * from './tracing.js';
