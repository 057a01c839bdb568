import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Database } from '@rosterport/database';
import { badFiles, cases, programFiles, seedExamples, type Story } from '@rosterport/fixtures';
import { finishedJob, uploadFile } from './product/https-client.ts';
import { removeDataDir, startProduct, type Product } from './product/product.ts';
import { databaseOf, emptied, refuseFile, tellStory, type Send } from './stories.ts';

let product: Product;
let database: Database;

beforeAll(async () => {
  product = await startProduct();
  database = await databaseOf(product);
});
afterAll(async () => {
  await database.close();
  await product.stop();
  await removeDataDir(product.dataDir);
});
beforeEach(() => emptied(database));

const send: Send = async (to, fileName, bytes) => {
  const answer = await uploadFile(to, { fileName, bytes });
  // A file that is refused within ten seconds is told so at once.
  const location = String(answer.headers['location']);
  const job = await finishedJob(to, location.slice(location.lastIndexOf('/') + 1));
  expect(answer.status).toBe(job.state === 'rejected' ? 400 : 200);
  return job;
};

const told = (stories: readonly Story[]): [string, Story][] => stories.map((story) => [story.name, story]);

describe('over HTTPS', () => {
  test.each(told([...cases(), ...seedExamples(), ...programFiles()]))('the story %s', async (_name, story) => {
    await emptied(database, story.expected.feedPolicy);
    await tellStory(product, story, send);
  });

  test.each(badFiles().map((file) => [file.name, file] as const))('the bad file %s', (_name, file) => refuseFile(product, file, send));
});
