/** What a line asks for: a loop's name and its input content. */
import { isAscii, isUtf8 } from 'node:buffer';
import { basename, extname } from 'node:path';
import { operations } from '@holdpoint/protocol';
import { jsonBreak } from '../../json-break.ts';
import { printable } from '../../table.ts';
import type { Line } from './read-lines.ts';

export interface Item {
  readonly name: string;
  readonly input: string;
}

/** A line that cannot be started, with a sentence that says why. */
export interface BadLine {
  readonly code: string;
  readonly message: string;
}

export interface Fields {
  /** Names are the prefix, a hyphen and the number of the line, unless a field has them. */
  readonly prefix: string;
  readonly nameField?: string | undefined;
  readonly inputField?: string | undefined;
}

const { HumanLoopName, HumanLoopInput } = operations.StartHumanLoop.input.members;
const longestName = HumanLoopName.max;
const longestInput = HumanLoopInput.members.InputContent.max;
const namePattern = new RegExp(`^${HumanLoopName.pattern}$`);

/** Bytes of a line: an input of the longest kind, every character of it the widest, and some room for other fields. */
export const longestLine = 4 * longestInput + 1024 * 1024;
/** Leaves room for a hyphen and twelve digits. */
export const longestPrefix = longestName - 13;

const nameRule = `letters and digits with hyphens between them, ${longestName} at most`;

export const isLoopName = (text: string): boolean => text.length <= longestName && namePattern.test(text);
export const isPrefix = (text: string): boolean => text.length <= longestPrefix && namePattern.test(text);

/** A prefix made of a file's name; empty when nothing of it can be kept. */
export const prefixOf = (file: string): string =>
  basename(file, extname(file))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longestPrefix)
    .replace(/^-+|-+$/g, '');

/** The item of a line; undefined for an empty one. */
export function readItem({ number, bytes, tooLong }: Line, fields: Fields): Item | BadLine | undefined {
  if (tooLong) return tooLongLine;
  if (isBlank(bytes)) return undefined;
  if (!isUtf8(bytes)) return bad('NotUtf8', 'is not a text in UTF-8');
  // One byte per character is read and searched faster, and most lines are such.
  const text = bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');
  const { nameField, inputField } = fields;
  const value = parse(text, nameField !== undefined || inputField !== undefined);
  if (value === undefined) return notJson(text);
  if (nameField === undefined && inputField === undefined) return itemOf(`${fields.prefix}-${number}`, text);
  if (!isObject(value)) return bad('NotAnObject', 'is not a JSON object, which the fields are looked for in');
  const name = nameField === undefined ? `${fields.prefix}-${number}` : nameIn(value, nameField);
  if (typeof name !== 'string') return name;
  if (inputField === undefined) return itemOf(name, text);
  if (!Object.hasOwn(value, inputField)) return bad('NoInput', `has no field ${shown(inputField)}`);
  return itemOf(name, JSON.stringify(value[inputField]));
}

/** Whether there is nothing in a line but JSON's white space. */
export function isBlank(bytes: Buffer): boolean {
  for (const byte of bytes) if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return false;
  return true;
}

const itemOf = (name: string, input: string): Item | BadLine =>
  input.length > longestInput && [...input].length > longestInput ? tooLongLine : { name, input };

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value of a JSON text; undefined when it is none. */
function parse(text: string, keepNumbers: boolean): unknown {
  try {
    return keepNumbers ? JSON.parse(text, withRawNumbers) : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What the runtime has and the compiler's library does not know yet. */
const rawJson = JSON as unknown as { rawJSON(text: string): object; isRawJSON(value: unknown): boolean };

/** Numbers as they stand in the text: an identifier with 20 digits must not be rounded on its way. */
const withRawNumbers = ((_key: string, value: unknown, { source }: { source: string }) =>
  typeof value === 'number' ? rawJson.rawJSON(source) : value) as (key: string, value: unknown) => unknown;

function nameIn(value: JsonObject, field: string): string | BadLine {
  const given = Object.hasOwn(value, field) ? value[field] : undefined;
  const name = typeof given === 'number' || rawJson.isRawJSON(given) ? JSON.stringify(given) : given;
  if (typeof name !== 'string') return bad('NoName', `has no text in the field ${shown(field)}, which names the loop`);
  if (isLoopName(name)) return name;
  return bad('BadName', `has the name '${shown(name.slice(0, 80))}'; a name is made of ${nameRule}`);
}

function notJson(text: string): BadLine {
  const place = jsonBreak(text);
  return bad(
    'NotJson',
    place === undefined ? 'is nested too deeply' : `is not JSON: it breaks at column ${place.column}`,
  );
}

const tooLongLine: BadLine = {
  code: 'TooLong',
  message: `is too long; an input has at most ${longestInput.toLocaleString('en-US')} characters`,
};

const bad = (code: string, message: string): BadLine => ({ code, message });
const shown = (text: string): string => printable(text);
