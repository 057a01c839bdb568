/** A share in words, such as `12.5 %`. */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}

/** A number of people in words. */
export function peopleText(count: number): string {
  return count === 1 ? '1 person' : `${count} people`;
}

/** How many of all, with the share, and how many of them an earlier file of the last 24 hours accounts for. */
export function shareText(count: number, all: number, lastDay: number): string {
  const earlier = lastDay === 0 ? '' : `, ${lastDay} of them by earlier files of the last 24 hours`;
  return `${count} of ${peopleText(all)} (${percent(count / all)}${earlier})`;
}
