import { afterAll, beforeAll, beforeEach, describe, test } from '@jest/globals';
import type { Database } from '@rosterport/database';
import { badFiles, cases, programFiles, seedExamples, type Story } from '@rosterport/fixtures';
import { put, withSftp } from './product/sftp-client.ts';
import { removeDataDir, startProduct, type Product } from './product/product.ts';
import { databaseOf, emptied, jobIds, newJob, refuseFile, tellStory, type Send } from './stories.ts';

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
  const known = await jobIds(to);
  await withSftp(to, (sftp) => put(sftp, `/incoming/${fileName}`, bytes));
  return newJob(to, known);
};

const told = (stories: readonly Story[]): [string, Story][] => stories.map((story) => [story.name, story]);

describe('over SFTP', () => {
  test.each(told([...cases(), ...seedExamples(), ...programFiles()]))('the story %s', async (_name, story) => {
    await emptied(database, story.expected.feedPolicy);
    await tellStory(product, story, send);
  });

  test.each(badFiles().map((file) => [file.name, file] as const))('the bad file %s', (_name, file) => refuseFile(product, file, send));
});
