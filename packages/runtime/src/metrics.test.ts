import { expect, test } from '@jest/globals';
import { metricList } from './metric-list.ts';
import { openMetrics } from './metrics.ts';

test('every metric of the list and those of the process are told', async () => {
  const metrics = openMetrics();
  const text = await metrics.text();
  for (const [name, { kind, help }] of Object.entries(metricList)) {
    expect(name).toMatch(/^rosterport_[a-z_]+$/);
    expect(name.endsWith('_total')).toBe(kind === 'counter');
    expect(text).toContain(`# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n`);
  }
  expect(text).toContain('process_cpu_seconds_total');
  expect(metrics.contentType).toContain('text/plain');
});

test('numbers are counted, set, moved and observed', async () => {
  const metrics = openMetrics();
  metrics.count('rosterport_uploads_total', { channel: 'sftp', outcome: 'accepted' });
  metrics.count('rosterport_upload_bytes_total', { channel: 'sftp' }, 500);
  metrics.count('rosterport_upload_bytes_total', { channel: 'sftp' }, 12);
  metrics.move('rosterport_sftp_sessions', {}, 2);
  metrics.move('rosterport_sftp_sessions', {}, -1);
  metrics.observe('rosterport_job_seconds', { step: 'parse' }, 0.3);
  const lines = (await metrics.text()).split('\n');
  expect(lines).toContain('rosterport_uploads_total{channel="sftp",outcome="accepted"} 1');
  expect(lines).toContain('rosterport_upload_bytes_total{channel="sftp"} 512');
  expect(lines).toContain('rosterport_sftp_sessions 1');
  expect(lines).toContain('rosterport_job_seconds_bucket{le="0.25",step="parse"} 0');
  expect(lines).toContain('rosterport_job_seconds_bucket{le="0.5",step="parse"} 1');
  expect(await openMetrics().text()).not.toContain('channel="sftp"');
});

test('gauges are read before each text, and keep their value when that fails', async () => {
  const metrics = openMetrics();
  let jobs = 3;
  metrics.beforeText(() => {
    if (jobs < 0) return Promise.reject(new Error('the database is away'));
    metrics.set('rosterport_open_jobs', { state: 'staged' }, jobs);
    return Promise.resolve();
  });
  for (const [value, wanted] of [[3, 3], [4, 4], [-1, 4]] as const) {
    jobs = value;
    expect(await metrics.text()).toContain(`rosterport_open_jobs{state="staged"} ${wanted}\n`);
  }
});
