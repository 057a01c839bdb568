import { expect } from '@jest/globals';
import { finishedJob, uploadFile } from './product/https-client.ts';
import { tellStoriesOver } from './stories.ts';

tellStoriesOver('HTTPS', async (to, fileName, bytes) => {
  const answer = await uploadFile(to, { fileName, bytes });
  // A file that is refused within ten seconds is told so at once.
  const location = String(answer.headers['location']);
  const job = await finishedJob(to, location.slice(location.lastIndexOf('/') + 1));
  expect(answer.status).toBe(job.state === 'rejected' ? 400 : 200);
  return job;
});
