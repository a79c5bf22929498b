// zlib's format (RFC 1950, RFC 1951) read and written without any module of a runtime: what a mask is consolidated to must have
// the same bytes whatever version of a compressor is there.

interface Codes {
  /** How many codes have each length. */
  readonly counts: Uint16Array;
  /** Symbols in the order of their codes. */
  readonly symbols: Uint16Array;
}

const longestCode = 15;
const lengthBases = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const lengthBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** @returns the bytes, or undefined when they are damaged or not exactly `size` many. */
export function inflate(bytes: Uint8Array, size: number): Uint8Array | undefined {
  const out = new Uint8Array(size);
  let [at, hold, held, end] = [2, 0, 0, 0];
  const bits = (count: number): number => {
    while (held < count) {
      if (at >= bytes.length) throw damaged;
      hold |= bytes[at++]! << held;
      held += 8;
    }
    const value = hold & ((1 << count) - 1);
    hold >>>= count;
    held -= count;
    return value;
  };
  const symbol = ({ counts, symbols }: Codes): number => {
    let [code, first, index] = [0, 0, 0];
    for (let length = 1; length <= longestCode; length++) {
      code |= bits(1);
      const count = counts[length]!;
      if (code - count < first) return symbols[index + code - first]!;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw damaged;
  };
  const put = (byte: number): void => {
    if (end >= size) throw damaged;
    out[end++] = byte;
  };
  const compressed = (literals: Codes, distances: Codes): void => {
    for (let each = symbol(literals); each !== 256; each = symbol(literals)) {
      if (each < 256) {
        put(each);
        continue;
      }
      if (each > 285) throw damaged;
      const length = lengthBases[each - 257]! + bits(lengthBits[each - 257]!);
      const code = symbol(distances);
      if (code > 29) throw damaged;
      const extra = Math.max(0, (code >> 1) - 1);
      const distance = (code < 2 ? code : (2 + (code & 1)) << extra) + bits(extra) + 1;
      if (distance > end) throw damaged;
      for (let copy = 0; copy < length; copy++) put(out[end - distance]!);
    }
  };
  const stored = (): void => {
    hold = held = 0;
    const length = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
    at += 4;
    if (at + length > bytes.length || end + length > size) throw damaged;
    out.set(bytes.subarray(at, at + length), end);
    at += length;
    end += length;
  };
  const described = (): readonly [Codes, Codes] => {
    const [literals, distances, codes] = [bits(5) + 257, bits(5) + 1, bits(4) + 4];
    const lengths = new Uint8Array(19);
    for (let index = 0; index < codes; index++) lengths[codeLengthOrder[index]!] = bits(3);
    const outer = codesOf(lengths);
    const all = new Uint8Array(literals + distances);
    for (let index = 0; index < all.length; ) {
      const each = symbol(outer);
      if (each < 16) {
        all[index++] = each;
        continue;
      }
      if (each === 16 && index === 0) throw damaged;
      const value = each === 16 ? all[index - 1]! : 0;
      const times = each === 16 ? 3 + bits(2) : each === 17 ? 3 + bits(3) : 11 + bits(7);
      if (index + times > all.length) throw damaged;
      all.fill(value, index, index + times);
      index += times;
    }
    return [codesOf(all.subarray(0, literals)), codesOf(all.subarray(literals))];
  };
  try {
    for (let last = 0; last === 0; ) {
      last = bits(1);
      const kind = bits(2);
      if (kind === 3) throw damaged;
      if (kind === 0) stored();
      else if (kind === 1) compressed(...fixedCodes());
      else compressed(...described());
    }
  } catch (error) {
    if (error === damaged) return undefined;
    throw error;
  }
  return end === size ? out : undefined;
}

const damaged = new Error('the data are damaged');

function codesOf(lengths: Uint8Array): Codes {
  const counts = new Uint16Array(longestCode + 1);
  for (const length of lengths) counts[length]!++;
  counts[0] = 0;
  const places = new Uint16Array(longestCode + 2);
  for (let length = 1; length <= longestCode; length++) places[length + 1] = places[length]! + counts[length]!;
  const symbols = new Uint16Array(lengths.length);
  for (const [symbol, length] of lengths.entries()) if (length > 0) symbols[places[length]!++] = symbol;
  return { counts, symbols };
}

let fixed: readonly [Codes, Codes] | undefined;

function fixedCodes(): readonly [Codes, Codes] {
  fixed ??= [
    codesOf(Uint8Array.from({ length: 288 }, (_each, symbol) => fixedLength(symbol))),
    codesOf(new Uint8Array(30).fill(5)),
  ];
  return fixed;
}

const fixedLength = (symbol: number): number => (symbol < 144 || symbol >= 280 ? 8 : symbol < 256 ? 9 : 7);

/** One block of the fixed codes, with repetitions of the byte before only: filtered rows of masks have hardly any others. */
export function deflate(bytes: Uint8Array): Uint8Array {
  const out: number[] = [0x78, 0x01];
  let [hold, held] = [0, 0];
  const put = (value: number, count: number): void => {
    hold |= value << held;
    for (held += count; held >= 8; held -= 8) {
      out.push(hold & 255);
      hold >>>= 8;
    }
  };
  const putSymbol = (symbol: number): void => {
    const length = fixedLength(symbol);
    const code =
      symbol < 144
        ? 0x30 + symbol
        : symbol < 256
          ? 0x190 + symbol - 144
          : symbol < 280
            ? symbol - 256
            : 0xc0 + symbol - 280;
    // Codes begin with their highest bit, numbers with their lowest.
    for (let bit = length - 1; bit >= 0; bit--) put((code >> bit) & 1, 1);
  };
  put(0b011, 3);
  for (let from = 0; from < bytes.length; ) {
    let to = from;
    while (from > 0 && to < bytes.length && to - from < 258 && bytes[to] === bytes[from - 1]) to++;
    if (to - from < 3) {
      putSymbol(bytes[from++]!);
      continue;
    }
    const index = lengthBases.findLastIndex((base) => base <= to - from);
    putSymbol(257 + index);
    put(to - from - lengthBases[index]!, lengthBits[index]!);
    put(0, 5);
    from = to;
  }
  putSymbol(256);
  put(0, (8 - held) % 8);
  let [low, high] = [1, 0];
  for (const byte of bytes) {
    low = (low + byte) % 65521;
    high = (high + low) % 65521;
  }
  out.push(high >> 8, high & 255, low >> 8, low & 255);
  return Uint8Array.from(out);
}
