import { Failure } from '@rosterport/domain';

/**
 * The answer, or the failure `databaseUnavailable` when it takes longer than so many seconds: behind a network that swallows
 * packets a query waits for minutes. What comes later, an error too, is dropped.
 */
export async function answerWithin<T>(seconds: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Failure('databaseUnavailable')), seconds * 1000);
  });
  try {
    return await Promise.race([answer, silence]);
  } finally {
    clearTimeout(timer);
  }
}
