import { put, withSftp } from './product/sftp-client.ts';
import { jobIds, newJob, tellStoriesOver } from './stories.ts';

tellStoriesOver('SFTP', async (to, fileName, bytes) => {
  const known = await jobIds(to);
  await withSftp(to, (sftp) => put(sftp, `/incoming/${fileName}`, bytes));
  return newJob(to, known);
});
