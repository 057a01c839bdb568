/** How long somebody who is in no hurry waits for others, in milliseconds, and how many go without waiting any longer. */
const patienceMs = 20;
const enough = 32;

/**
 * Lets what nobody waits for go together: those in no hurry wait for a moment, for each other or for the next who is in a
 * hurry. `work` is called for all of them in one turn. What it gives, or fails with, is passed on.
 */
export function unhurried<Item, Result>(work: (item: Item) => Promise<Result>): (item: Item, isInHurry: boolean) => Promise<Result> {
  let waiting: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;
  const goOn = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const all = waiting;
    waiting = [];
    for (const go of all) go();
  };
  return (item, isInHurry) =>
    new Promise((resolve, reject) => {
      waiting.push(() => void work(item).then(resolve, reject));
      if (isInHurry || waiting.length >= enough) goOn();
      else timer ??= setTimeout(goOn, patienceMs);
    });
}
