import mqtt from 'mqtt';
import pg from 'pg';

/**
 * What a careful programmer would write first: subscribe at QoS 1 with a lasting session, INSERT each message, and
 * acknowledge it to the broker once it is in the table (mqtt.js does so when `handleMessage` calls back, one at a time).
 */
const [port, databaseUrl] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
const client = mqtt.connect(`mqtt://127.0.0.1:${port}`, { clientId: 'subscriber', clean: false });
/** @param {import('mqtt').IPublishPacket} packet @param {(error?: Error) => void} done */
client.handleMessage = (packet, done) => {
  pool
    .query({
      name: 'insert',
      text: 'INSERT INTO payments (topic, payload) VALUES ($1, $2)',
      values: [packet.topic, String(packet.payload)],
    })
    .then(() => done(), done);
};
client.on('connect', () => client.subscribe('eparking/v1/+/journal', { qos: 1 }, () => console.log('ready')));
