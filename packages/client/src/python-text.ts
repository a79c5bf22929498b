/** Values as Python writes them: botocore signs those bytes, and an equal request has an equal signature. */

/** `json.dumps(value)` with its standard separators and ASCII escapes. */
export function dumps(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(dumps).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([key, item]) => `${asciiString(key)}: ${dumps(item)}`);
    return `{${members.join(', ')}}`;
  }
  return typeof value === 'string' ? asciiString(value) : JSON.stringify(value);
}

/** In runs: to replace each unit of a long text by itself takes several times as long. */
const outsideAscii = /[\x7f-\uffff]+/g;

const asciiString = (text: string): string => JSON.stringify(text).replace(outsideAscii, escapeUnits);

function escapeUnits(units: string): string {
  let escaped = '';
  for (let index = 0; index < units.length; index++)
    escaped += `\\u${units.charCodeAt(index).toString(16).padStart(4, '0')}`;
  return escaped;
}

/** `str(value)` of what `json.loads` makes of a JSON value. */
export const str = (value: unknown): string => (typeof value === 'string' ? value : repr(value));

function repr(value: unknown): string {
  if (typeof value === 'string') return reprString(value);
  if (Array.isArray(value)) return `[${value.map(repr).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([key, item]) => `${repr(key)}: ${repr(item)}`);
    return `{${members.join(', ')}}`;
  }
  if (value === null) return 'None';
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function reprString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  // What Python calls unprintable: controls, formats, surrogates, private and unassigned code points, separators but the space.
  const body = text.replace(/[\\\n\r\t]|(?! )[\p{C}\p{Z}]/gu, (character) => escapes[character] ?? escapeOf(character));
  return `${quote}${quote === "'" ? body.replaceAll("'", "\\'") : body}${quote}`;
}

function escapeOf(character: string): string {
  const code = character.codePointAt(0)!;
  const [letter, digits] = code < 0x100 ? ['x', 2] : code < 0x10000 ? ['u', 4] : ['U', 8];
  return `\\${letter}${code.toString(16).padStart(digits as number, '0')}`;
}
