/**
 * Where an object's file lies: the key's segments (cut at `/`) are directories, the last one is the file, so that a
 * listing of one "folder" reads one directory and needs no index. Internally keys are strings of one character per
 * UTF-8 byte, whose order is S3's order.
 *
 * Names are made of characters that mean nothing to any file system: `a–z 0–9 _ - .` stay, an upper-case letter is `!`
 * and its lower-case form (some file systems do not tell them apart), every other byte `%xx`; nothing is empty, begins or
 * ends with a dot, or is one of Windows' device names. A file has the bare name, a directory ends in `=`: `a` and `a/b`
 * can both be objects. A segment of 64 bytes or more is cut: its first 64 bytes are a directory that ends in `~`, and what
 * remains, possibly nothing, lies in it.
 */

const chunkBytes = 64;
const device = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/;

/** What a directory entry stands for: a whole last segment, a segment with more below it, or the beginning of a long one. */
export interface KeyEntry {
  readonly kind: 'object' | 'segment' | 'beginning';
  /** What the entry adds to the key, with the `/` of a segment: entries sort by it. */
  readonly text: string;
  /** The name in the file system. */
  readonly name: string;
}

export const toByteKey = (key: string): string => Buffer.from(key, 'utf8').toString('latin1');
export const fromByteKey = (byteKey: string): string => Buffer.from(byteKey, 'latin1').toString('utf8');

/** The names that lead to the object's file, the file's own last. */
export function keyPath(byteKey: string): string[] {
  const path: string[] = [];
  const segments = byteKey.split('/');
  for (const [index, segment] of segments.entries()) {
    let rest = segment;
    for (; rest.length >= chunkBytes; rest = rest.slice(chunkBytes))
      path.push(`${escapeName(rest.slice(0, chunkBytes))}~`);
    path.push(index === segments.length - 1 ? escapeName(rest) : `${escapeName(rest)}=`);
  }
  return path;
}

/** Reads a name that `keyPath` made; undefined for any other. */
export function readEntry(name: string): KeyEntry | undefined {
  const last = name.at(-1);
  const kind = last === '=' ? 'segment' : last === '~' ? 'beginning' : 'object';
  const escaped = kind === 'object' ? name : name.slice(0, -1);
  const text = unescapeName(escaped);
  if (escapeName(text) !== escaped) return undefined;
  return { kind, text: kind === 'segment' ? `${text}/` : text, name };
}

function escapeName(text: string): string {
  if (text === '') return '%';
  const escaped = text.replace(/[^a-z0-9_.-]|^\.|\.$/g, (character) =>
    character >= 'A' && character <= 'Z' ? `!${character.toLowerCase()}` : escapeByte(character),
  );
  return device.test(escaped) ? `${escapeByte(escaped.charAt(0))}${escaped.slice(1)}` : escaped;
}

function unescapeName(escaped: string): string {
  if (escaped === '%') return '';
  return escaped.replace(/!([a-z])|%([0-9a-f]{2})/g, (_, letter: string | undefined, byte: string) =>
    letter === undefined ? String.fromCharCode(Number.parseInt(byte, 16)) : letter.toUpperCase(),
  );
}

function escapeByte(character: string): string {
  return `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
