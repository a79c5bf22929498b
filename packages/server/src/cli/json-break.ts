// Where a text stops being JSON. The engine's own errors tell that only for some mistakes, and quote the text.

const token =
  /[ \t\n\r]*(?:([{}[\],:])|"(?:[ !#-[\]-\u{10ffff}]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/uy;

type Wanted = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end' | 'nothing';

/** Line and column, from 1, at which a text stops being JSON; undefined for one that is JSON. */
export function jsonBreak(text: string): { line: number; column: number } | undefined {
  const open: string[] = [];
  let wanted: Wanted = 'value';
  let at = 0;
  while (at < text.length) {
    token.lastIndex = at;
    const match = token.exec(text);
    const next: Wanted | undefined = match === null ? undefined : follow(kindOf(match), wanted, open);
    if (match === null || next === undefined) return brokenAt(text, at);
    wanted = next;
    at = token.lastIndex;
    if (wanted === 'nothing' && text.slice(at).trim() === '') return undefined;
  }
  return brokenAt(text, at);
}

/** A sign as it is, `"` for a string, `0` for every other value. */
const kindOf = ([text, sign]: RegExpExecArray): string => sign ?? (/^\s*"/.test(text) ? '"' : '0');

/** What is wanted after a token; undefined where it does not belong. */
function follow(what: string, wanted: Wanted, open: string[]): Wanted | undefined {
  const done = (): Wanted => (open.length === 0 ? 'nothing' : ', or end');
  if (what === ']' || what === '}') {
    const empty = what === ']' ? 'value or ]' : 'key or }';
    if (wanted !== ', or end' && wanted !== empty) return undefined;
    return open.pop() === (what === ']' ? '[' : '{') ? done() : undefined;
  }
  if (what === ',') return wanted !== ', or end' ? undefined : open.at(-1) === '[' ? 'value' : 'key';
  if (what === ':') return wanted === ':' ? 'value' : undefined;
  if (wanted === 'key' || wanted === 'key or }') return what === '"' ? ':' : undefined;
  if (wanted !== 'value' && wanted !== 'value or ]') return undefined;
  if (what !== '[' && what !== '{') return done();
  open.push(what);
  return what === '[' ? 'value or ]' : 'key or }';
}

function brokenAt(text: string, from: number): { line: number; column: number } {
  const at = from + (/^[ \t\n\r]*/.exec(text.slice(from))?.[0].length ?? 0);
  const lines = text.slice(0, at).split('\n');
  return { line: lines.length, column: (lines.at(-1) as string).length + 1 };
}
