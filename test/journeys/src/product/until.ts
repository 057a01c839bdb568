import { setTimeout as pause } from 'node:timers/promises';

const patienceMs = 80_000;

/** Asks again and again until the answer is there, and gives it. Throws with what was waited for when it does not come. */
export async function until<Answer>(
  what: string,
  ask: () => Promise<Answer | null | undefined | false>,
): Promise<Answer> {
  for (const end = Date.now() + patienceMs; ; await pause(50)) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`It did not come to this: ${what}.`);
  }
}
