/**
 * A text that is longer than a cell may be, cut just beyond that length, so that the rules see that it is too long and
 * nothing fills the memory. Space at its start is no part of its length.
 */
export function cutText(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return text.trimStart().slice(0, longest + 1).replace(/[\uD800-\uDBFF]$/, '');
}
