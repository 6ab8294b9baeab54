import { createMetrics, Counter } from './metrics.js';
import { startHealthServer, type HealthServer, type ReadyChecks } from './health-server.js';

describe('health server', () => {
  let health: HealthServer;
  const metrics = createMetrics('gateway');
  const database = { reason: '' };
  const checks: ReadyChecks = {
    database: () => (database.reason ? Promise.reject(new Error(database.reason)) : Promise.resolve()),
  };
  const get = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${health.port}${path}`);

  beforeAll(async () => {
    health = await startHealthServer({ host: '127.0.0.1', port: 0, checks, metrics });
  });
  afterAll(() => health.close());

  it('is live as long as it answers, and ready only when every check passes', async () => {
    expect((await get('/health/live')).status).toBe(200);
    expect((await get('/health/ready')).status).toBe(200);
    database.reason = 'connection refused';
    const unready = await get('/health/ready');
    expect(unready.status).toBe(503);
    expect(await unready.json()).toEqual({ ok: false, checks: { database: 'connection refused' } });
    expect((await get('/health/live')).status).toBe(200);
    database.reason = '';
  });

  it('exposes metrics in the format of Prometheus, labelled with the service', async () => {
    new Counter({ name: 'records_total', help: 'records', registers: [metrics] }).inc(3);
    const response = await get('/metrics');
    expect(response.headers.get('content-type')).toContain('text/plain');
    expect(await response.text()).toContain('records_total{service="gateway"} 3');
  });

  it('knows no other path', async () => {
    expect((await get('/')).status).toBe(404);
  });

  it('rejects when its port is taken', async () => {
    const second = startHealthServer({ host: '127.0.0.1', port: health.port, checks, metrics });
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
