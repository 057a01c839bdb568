import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { metricList, type MetricEntry, type MetricName } from './metric-list.ts';

type Kind<Name extends MetricName> = (typeof metricList)[Name]['kind'];
type Label<Name extends MetricName> = (typeof metricList)[Name]['labels'][number];
type Labels<Name extends MetricName> = Readonly<Record<Label<Name>, string | number>>;

/** The names of the metrics of one kind. */
export type MetricOf<Of extends MetricEntry['kind']> = { [N in MetricName]: Kind<N> extends Of ? N : never }[MetricName];

/** The numbers of a process, for Prometheus. Every instance has its own registry. */
export interface Metrics {
  /** Adds to a counter; 1 unless told. */
  count<Name extends MetricOf<'counter'>>(name: Name, labels: Labels<Name>, by?: number): void;
  /** Sets a gauge. */
  set<Name extends MetricOf<'gauge'>>(name: Name, labels: Labels<Name>, value: number): void;
  /** Moves a gauge up or down. */
  move<Name extends MetricOf<'gauge'>>(name: Name, labels: Labels<Name>, by: number): void;
  /** Takes one observation, in the unit of the metric's name. */
  observe<Name extends MetricOf<'histogram'>>(name: Name, labels: Labels<Name>, value: number): void;
  /** Runs before every `text`, to set gauges that are read and not counted. When it fails they keep their last value. */
  beforeText(reader: () => Promise<void>): void;
  /** All metrics in the text exposition format. */
  text(): Promise<string>;
  /** The media type of `text`. */
  readonly contentType: string;
}

/** Opens the metrics: those of the list, and the usual ones of a Node process. */
export function openMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counters = new Map<string, Counter>();
  const gauges = new Map<string, Gauge>();
  const histograms = new Map<string, Histogram>();
  for (const [name, entry] of Object.entries<MetricEntry>(metricList)) {
    const details = { name, help: entry.help, labelNames: [...entry.labels], registers: [registry] };
    if (entry.kind === 'counter') counters.set(name, new Counter(details));
    else if (entry.kind === 'gauge') gauges.set(name, new Gauge(details));
    else histograms.set(name, new Histogram({ ...details, buckets: [...(entry.buckets ?? [])] }));
  }
  const readers: (() => Promise<void>)[] = [];
  return {
    count: (name, labels, by = 1) => counters.get(name)?.inc(labels, by),
    set: (name, labels, value) => gauges.get(name)?.set(labels, value),
    move: (name, labels, by) => gauges.get(name)?.inc(labels, by),
    observe: (name, labels, value) => histograms.get(name)?.observe(labels, value),
    beforeText: (reader) => void readers.push(reader),
    async text() {
      await Promise.allSettled(readers.map(async (reader) => reader()));
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}
