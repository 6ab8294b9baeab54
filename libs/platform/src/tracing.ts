import type { Config } from './config.js';
import type { Logger } from './logger.js';

/** How long the end of a process waits for its last spans to be taken, ms. */
const FLUSH_MS_MAX = 2_000;
const TOLD_EVERY_MS = 60_000;

/** Traces that are being sent. */
export interface Tracing {
  /** Sends what is left. */
  close(): Promise<void>;
}

/**
 * Sends the spans of this process to the collector of OTEL_EXPORTER_OTLP_ENDPOINT, in the background and bounded: when it
 * does not answer, spans are dropped and nothing else. Without the setting nothing is loaded, and every span that the
 * code begins is a no-op of `@opentelemetry/api`.
 * @param service the name under which the process is shown
 */
export async function startTracing(config: Config, service: string, log: Logger): Promise<Tracing | null> {
  const { otlpEndpoint, tracePercent } = config;
  if (otlpEndpoint === undefined) return null;
  const [{ diag, DiagLogLevel }, { OTLPTraceExporter }, { resourceFromAttributes }, sdk] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/sdk-trace-node'),
  ]);
  let toldAtMs = -Infinity;
  const silent = (): void => undefined;
  const error = (message: string): void => {
    if (performance.now() - toldAtMs < TOLD_EVERY_MS) return;
    toldAtMs = performance.now();
    log.warn({ reason: message.slice(0, 500) }, 'traces cannot be sent; they are dropped');
  };
  diag.setLogger(
    { error, warn: silent, info: silent, debug: silent, verbose: silent },
    { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true },
  );
  const exporter = new OTLPTraceExporter({
    url: `${otlpEndpoint.replace(/\/$/, '')}/v1/traces`,
    timeoutMillis: FLUSH_MS_MAX,
  });
  const provider = new sdk.NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': `eparking-${service}` }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(tracePercent / 100) }),
    spanProcessors: [new sdk.BatchSpanProcessor(exporter)],
  });
  provider.register();
  return { close: () => provider.shutdown().catch(() => undefined) };
}
