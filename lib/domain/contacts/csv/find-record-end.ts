/** Where the walk through an unfinished record stands. It is moved along, because there is one step for every letter. */
export type RecordWalk = {
  at: number;
  isQuoted: boolean;
  /** A quotation mark counts where a cell begins, and directly behind another one. */
  mayQuote: boolean;
  /** Lines of this record so far: only inside quotation marks can there be more than one. */
  lines: number;
};

const [lineFeed, carriageReturn, quote] = [10, 13, 34];

/**
 * Moves to the end of the record that is being walked through: true when it was found, false at `stop`, at the end of the
 * text, or with more lines than are allowed. Knows the rules of `readRecord`, letter by letter, across pieces of text.
 */
export function findRecordEnd(
  text: string,
  walk: RecordWalk,
  { separator, stop, mostLines, isLast }: { separator: number; stop: number; mostLines: number; isLast: boolean },
): boolean {
  const end = Math.min(stop, text.length);
  let { at, isQuoted, mayQuote, lines } = walk;
  let isFound = false;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (isQuoted) {
      if (code === quote) {
        isQuoted = false;
        mayQuote = true;
      } else if (code === carriageReturn || (code === lineFeed && text.charCodeAt(at - 1) !== carriageReturn)) {
        if (++lines > mostLines) break;
      }
    } else if (code === separator) mayQuote = true;
    else if (code === quote && mayQuote) isQuoted = true;
    else if (code === lineFeed) isFound = true;
    else if (code === carriageReturn) {
      // Whether a line feed belongs to this line end shows in what comes next.
      if (at + 1 >= text.length && !isLast) break;
      if (text.charCodeAt(at + 1) === lineFeed) at++;
      isFound = true;
    } else mayQuote = false;
    at++;
    if (isFound) break;
  }
  walk.at = at;
  walk.isQuoted = isFound ? false : isQuoted;
  walk.mayQuote = isFound ? true : mayQuote;
  walk.lines = isFound ? 1 : lines;
  return isFound;
}
