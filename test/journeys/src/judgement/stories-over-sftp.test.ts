import type { Mode } from '@rosterport/domain';
import { tell } from '../product/operator.ts';
import type { Product } from '../product/product.ts';
import { sendOverSftp } from '../product/send.ts';
import { tellJudgementOver } from './tell-judgement.ts';

tellJudgementOver('SFTP', async (product, { fileName, bytes, mode, dryRun, feed }) => {
  const top = feed === null ? '' : `/feeds/${feed}`;
  if (!dryRun) return sendOverSftp(product, `${top}/${mode ?? 'incoming'}/${fileName}`, bytes);
  // A folder says one thing: the mode of a dry run is that of the feed.
  await changeMode(product, mode ?? 'delta');
  const job = await sendOverSftp(product, `${top}/test/${fileName}`, bytes);
  await changeMode(product, 'delta');
  return job;
});

function changeMode(product: Product, mode: Mode): Promise<unknown> {
  return tell(product, { method: 'PATCH', path: '/v1/admin/feeds/default', json: { mode } });
}
