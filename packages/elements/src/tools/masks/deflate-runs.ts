// Compresses at once what `CompressionStream` compresses at leisure: zlib with one block of the fixed codes, in which only
// repetitions of what stands right before are found. Masks have hardly any others.

const longest = 258;
const modulus = 65521;

/** @param distance how many bytes before the repetitions are looked for: those of one pixel, 1 to 4 */
export function deflateRuns(bytes: Uint8Array, distance: number): Uint8Array<ArrayBuffer> {
  // No byte takes more than nine bits.
  const out = new Uint8Array(Math.ceil((bytes.length * 9) / 8) + 16);
  let [at, bits, count] = [2, 0, 0];
  out.set([0x78, 0x01]);
  const put = (value: number, length: number) => {
    bits |= value << count;
    for (count += length; count >= 8; count -= 8) {
      out[at++] = bits & 255;
      bits >>>= 8;
    }
  };
  const distanceCode = reversed(distance - 1, 5);
  put(0b011, 3);
  const { length } = bytes;
  for (let from = 0; from < length; ) {
    let to = from;
    if (distance === 1 && from > 0) {
      const byte = bytes[from - 1]!;
      while (to < length && bytes[to] === byte) to++;
    } else if (from >= distance) while (to < length && bytes[to] === bytes[to - distance]) to++;
    for (let run = to - from; run >= 3; run = to - from) {
      // What is left over is too short for a repetition of its own.
      const part = run - longest > 0 && run - longest < 3 ? longest - 3 : Math.min(longest, run);
      const [symbol, extra, extraBits] = lengthSymbol(part);
      put(codes[symbol]!, sizeOf(symbol));
      put(extra, extraBits);
      put(distanceCode, 5);
      from += part;
    }
    const end = Math.max(to, from + (to > from ? 0 : 1));
    for (; from < Math.min(end, length); from++) put(codes[bytes[from]!]!, sizeOf(bytes[from]!));
  }
  put(codes[256]!, sizeOf(256));
  put(0, (8 - count) % 8);
  const sum = adler32(bytes);
  out.set([sum >>> 24, (sum >>> 16) & 255, (sum >>> 8) & 255, sum & 255], at);
  return out.slice(0, at + 4);
}

/** Codes go into the stream from their first bit on, numbers from their last one. */
function reversed(value: number, length: number): number {
  let result = 0;
  for (let bit = 0; bit < length; bit++) result |= ((value >>> bit) & 1) << (length - 1 - bit);
  return result;
}

const sizeOf = (symbol: number): number => (symbol < 144 || symbol >= 280 ? 8 : symbol < 256 ? 9 : 7);

const codes = Uint16Array.from({ length: 288 }, (_each, symbol) => {
  const first = symbol < 144 ? 0x30 : symbol < 256 ? 0x190 - 144 : symbol < 280 ? -256 : 0xc0 - 280;
  return reversed(first + symbol, sizeOf(symbol));
});

/** The symbol of a length from 3 to 258, with the number that follows it and how many bits that has. */
function lengthSymbol(length: number): readonly [symbol: number, extra: number, extraBits: number] {
  if (length === longest) return [285, 0, 0];
  const rest = length - 3;
  if (rest < 8) return [257 + rest, 0, 0];
  // Four symbols for each further bit.
  const extraBits = 29 - Math.clz32(rest);
  const group = rest >>> extraBits;
  return [257 + extraBits * 4 + group, rest & ((1 << extraBits) - 1), extraBits];
}

function adler32(bytes: Uint8Array): number {
  let [low, high] = [1, 0];
  // So many that the sums stay within 32 bits.
  const step = 3800;
  for (let from = 0; from < bytes.length; from += step) {
    const to = Math.min(bytes.length, from + step);
    for (let at = from; at < to; at++) {
      low += bytes[at]!;
      high += low;
    }
    low %= modulus;
    high %= modulus;
  }
  return ((high << 16) | low) >>> 0;
}
