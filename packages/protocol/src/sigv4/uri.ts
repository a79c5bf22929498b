// Percent-encoding as Signature Version 4 wants it. Strings that came over the wire hold one byte per character (latin1).

const unreserved = new Uint8Array(128);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~') {
  unreserved[character.charCodeAt(0)] = 1;
}
const slash = 47;
const percent = 37;
const escapes = Array.from({ length: 256 }, (_, byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`);
const encoder = new TextEncoder();
const hexDigits = /^[0-9A-Fa-f]{2}$/;

/** Whether a character code is one that Signature Version 4 never encodes. */
export function isUnreserved(code: number): boolean {
  return code < 128 && unreserved[code] === 1;
}

/** Encodes text as UTF-8 and escapes every byte outside `A–Z a–z 0–9 - . _ ~` (and `/` when `keepSlash`). */
export function uriEncode(text: string, keepSlash = false): string {
  let clean = 0;
  while (clean < text.length && isKept(text.charCodeAt(clean), keepSlash)) clean++;
  if (clean === text.length) return text;
  let out = text.slice(0, clean);
  for (const byte of encoder.encode(text.slice(clean))) {
    out += isKept(byte, keepSlash) ? String.fromCharCode(byte) : escapes[byte];
  }
  return out;
}

/** As {@link uriEncode} for text that holds one byte per character. */
export function uriEncodeBytes(text: string, keepSlash = false): string {
  let out = '';
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (isKept(code, keepSlash)) continue;
    out += text.slice(start, index) + (code < 256 ? escapes[code] : uriEncode(text.charAt(index)));
    start = index + 1;
  }
  return start === 0 ? text : out + text.slice(start);
}

/** Replaces `%XX` by the byte that it names, one byte per character; a `%` without two digits stays. */
export function percentDecodeBytes(text: string): string {
  let cut = text.indexOf('%');
  if (cut < 0) return text;
  let out = '';
  let start = 0;
  while (cut >= 0) {
    const digits = text.slice(cut + 1, cut + 3);
    if (hexDigits.test(digits)) {
      out += text.slice(start, cut) + String.fromCharCode(Number.parseInt(digits, 16));
      start = cut + 3;
    }
    cut = text.indexOf('%', cut + (start === cut + 3 ? 3 : 1));
  }
  return out + text.slice(start);
}

/** The bytes of a string with one byte per character. */
export function latin1Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}

/** Whether a percent sign stands in the text that is not followed by two hexadecimal digits. */
export function hasMalformedPercent(text: string): boolean {
  for (let index = text.indexOf('%'); index >= 0; index = text.indexOf('%', index + 1)) {
    if (!hexDigits.test(text.slice(index + 1, index + 3))) return true;
  }
  return false;
}

function isKept(code: number, keepSlash: boolean): boolean {
  return code < 128 && (unreserved[code] === 1 || (keepSlash && code === slash));
}

/** The code of `%`. */
export const percentCode = percent;
