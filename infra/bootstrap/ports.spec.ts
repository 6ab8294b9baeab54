import { createServer, type AddressInfo, type Server } from 'node:net';
import { settlePorts } from './ports.js';

describe('ports', () => {
  let taken: Server;
  let takenPort: number;
  beforeAll(async () => {
    taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    takenPort = (taken.address() as AddressInfo).port;
  });
  afterAll(() => new Promise((resolve) => taken.close(resolve)));

  it('turns 0 into a free port', async () => {
    const { EPARKING_MQTT_PORT: port } = await settlePorts([
      { variable: 'EPARKING_MQTT_PORT', host: '127.0.0.1', port: 0 },
    ]);
    expect(Number(port)).toBeGreaterThan(1023);
  });

  it('names a taken port, its variable and the remedy; on Linux also who holds it', async () => {
    const wanted = { variable: 'EPARKING_HTTP_PORT', host: '127.0.0.1', port: takenPort };
    const holder = process.platform === 'linux' ? ` by .+ \\(process ${process.pid}\\)` : '';
    await expect(settlePorts([wanted])).rejects.toThrow(
      new RegExp(
        `^Port ${takenPort} \\(EPARKING_HTTP_PORT\\) is taken${holder}: .*set EPARKING_HTTP_PORT to a free port`,
      ),
    );
  });

  it('refuses the same port twice', async () => {
    const one = { host: '127.0.0.1', port: 45_671 };
    await expect(
      settlePorts([
        { ...one, variable: 'EPARKING_MQTT_PORT' },
        { ...one, variable: 'EPARKING_HTTP_PORT' },
      ]),
    ).rejects.toThrow(/EPARKING_HTTP_PORT and EPARKING_MQTT_PORT both name port 45671/);
  });

  it('names the variable of an address that this machine does not have', async () => {
    const foreign = { variable: 'EPARKING_HTTP_PORT', host: '192.0.2.1', port: 0 };
    await expect(settlePorts([foreign])).rejects.toThrow(/no address 192\.0\.2\.1: correct EPARKING_HTTP_HOST/);
  });
});
