import { createServer } from 'node:net';
import { Aedes } from 'aedes';

// aedes as its README starts it: no guard, no database, no limits. The ceiling of the protocol in Node.
const broker = await Aedes.createBroker();
createServer((socket) => broker.handle(socket)).listen(Number(process.argv[2]), '127.0.0.1', () =>
  console.log('ready'),
);
