import { sendOverHttps } from '../product/send.ts';
import { tellJudgementOver } from './tell-judgement.ts';

tellJudgementOver('HTTPS', (product, { fileName, bytes, mode, dryRun, feed }) => {
  const said = { ...(mode === null ? {} : { mode }), ...(dryRun ? { dryRun: 'true' } : {}), ...(feed === null ? {} : { feed }) };
  return sendOverHttps(product, { fileName, bytes, query: new URLSearchParams(said).toString() });
});
