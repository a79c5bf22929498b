/** One line of a file, without its end. */
export interface Line {
  /** From 1; empty lines count. */
  readonly number: number;
  /** Empty where the line is longer than the limit. */
  readonly bytes: Buffer;
  readonly tooLong: boolean;
}

const newline = 0x0a;
const carriageReturn = 0x0d;
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * The lines of a stream, in groups as they arrive. The memory in use is bounded: a line above the limit is passed over
 * byte by byte and told of as too long.
 *
 * @param limit bytes of one line.
 */
export async function* readLines(source: AsyncIterable<Buffer>, limit: number): AsyncGenerator<readonly Line[]> {
  let number = 0;
  let pieces: Buffer[] = [];
  let length = 0;

  function take(last: Buffer): Line {
    const whole = length + last.length;
    const bytes =
      whole > limit ? Buffer.alloc(0) : pieces.length === 0 ? last : Buffer.concat([...pieces, last], whole);
    pieces = [];
    length = 0;
    number++;
    return { number, bytes: trimmed(bytes, number === 1), tooLong: whole > limit };
  }

  for await (const chunk of source) {
    const lines: Line[] = [];
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      lines.push(take(chunk.subarray(from, end)));
      from = end + 1;
    }
    const rest = chunk.subarray(from);
    length += rest.length;
    if (length > limit) pieces = [];
    else if (rest.length > 0) pieces.push(rest);
    if (lines.length > 0) yield lines;
  }
  if (length > 0) yield [take(Buffer.alloc(0))];
}

function trimmed(bytes: Buffer, first: boolean): Buffer {
  const from = first && bytes.subarray(0, 3).equals(byteOrderMark) ? 3 : 0;
  const to = bytes.at(-1) === carriageReturn ? bytes.length - 1 : bytes.length;
  return bytes.subarray(from, to);
}
