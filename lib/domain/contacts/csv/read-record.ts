export type CsvRecord = {
  /** At most as many as were asked for. */
  cells: string[];
  /** How many there are. */
  count: number;
  /** Where the next record begins. */
  end: number;
  /** Nothing but delimiters, spaces and empty quotation marks: what spreadsheets write for an empty row. */
  isBlank: boolean;
  /** The cell (from 1) in which a quotation mark stands that is neither doubled nor the closing one. */
  misquoted: number | null;
};

const quote = 34;
const space = 32;
const tab = 9;
const lineFeed = 10;
const carriageReturn = 13;

/**
 * One record of RFC 4180 from `at` on, with any of three line ends. A quotation mark counts only at the very beginning
 * of a cell; what follows the closing one is kept as it stands, and reported. `splitUpload` walks by the same rules.
 */
export function readRecord(text: string, at: number, delimiter: string, most: number): CsvRecord {
  const separator = delimiter.charCodeAt(0);
  const cells: string[] = [];
  let count = 0;
  let isBlank = true;
  let misquoted: number | null = null;
  let position = at;
  for (;;) {
    const isQuoted = text.charCodeAt(position) === quote;
    let quoted = "";
    if (isQuoted) {
      // From here to the closing mark, without looking at every letter.
      let close = text.indexOf('"', position + 1);
      let isDoubled = false;
      while (close !== -1 && text.charCodeAt(close + 1) === quote) {
        isDoubled = true;
        close = text.indexOf('"', close + 2);
      }
      const end = close === -1 ? text.length : close;
      if (end > position + 1) isBlank = false;
      if (count < most) {
        quoted = text.slice(position + 1, end);
        if (isDoubled) quoted = quoted.replaceAll('""', '"');
      }
      position = close === -1 ? text.length : close + 1;
    }
    const from = position;
    let isSpace = true;
    let code = 0;
    for (; position < text.length; position++) {
      code = text.charCodeAt(position);
      if (code === separator || code === lineFeed || code === carriageReturn) break;
      if (code !== space && code !== tab) isSpace = false;
    }
    if (position >= text.length) code = 0;
    if (!isSpace) isBlank = false;
    if (isQuoted && !isSpace) misquoted ??= count + 1;
    if (count < most) {
      const plain = text.slice(from, position);
      cells.push(!isQuoted ? plain : isSpace ? quoted : quoted + plain);
    }
    count++;
    if (code === separator) {
      position++;
      continue;
    }
    if (code === carriageReturn) position += text.charCodeAt(position + 1) === lineFeed ? 2 : 1;
    else if (code === lineFeed) position++;
    return { cells, count, end: position, isBlank, misquoted };
  }
}
