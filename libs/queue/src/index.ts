export * from './job-type.js';
export { openQueues, Queues, type QueuesOptions } from './queues.js';
