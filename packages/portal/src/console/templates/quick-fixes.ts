// What mends a finding of CheckUiTemplate where that is obvious: the finding says what is meant, or there is one way only.

export interface Finding {
  readonly Severity: 'Error' | 'Warning';
  readonly Code: string;
  readonly Message: string;
  readonly Line?: number | undefined;
  readonly Column?: number | undefined;
}

/** A part of the template and what comes in its place. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

export interface QuickFix {
  /** What pressing it does, in the words of a button. */
  readonly label: string;
  readonly edits: readonly Edit[];
}

/** Where a finding is in the template; undefined when it is about the whole. */
export function offsetOf(source: string, { Line, Column = 1 }: Finding): number | undefined {
  if (Line === undefined) return undefined;
  let start = 0;
  for (let line = 1; line < Line; line += 1) {
    const end = source.indexOf('\n', start);
    if (end < 0) return source.length;
    start = end + 1;
  }
  return Math.min(source.length, start + Column - 1);
}

/** How far a finding reaches, for marking it: an output, a tag's name, or a word. */
export function endOf(source: string, from: number): number {
  const rest = source.slice(from, from + 400);
  const found = /^(?:\{\{.*?\}\}|\{%.*?%\}|<\/?[\w-]+|[\w.\-[\]'"]+)/s.exec(rest);
  return from + Math.max(1, found?.[0].length ?? 1);
}

/** The fix of a finding, if there is an obvious one. */
export function quickFix(source: string, finding: Finding): QuickFix | undefined {
  const at = offsetOf(source, finding);
  const meant = / Did you mean (\S+)\?/.exec(finding.Message)?.[1];
  if (at === undefined) return finding.Code === 'NoCrowdForm' ? wrapInForm(source) : undefined;
  if (meant !== undefined) return replaceName(source, finding, at, meant);
  return fixes[finding.Code]?.(source, at, finding);
}

type Fix = (source: string, at: number, finding: Finding) => QuickFix | undefined;

const fixes: Readonly<Record<string, Fix | undefined>> = {
  ControlWithoutName: nameControl,
  MissingAttribute: addAttribute,
  UnquotedOutput: quote,
  ScriptOutput: printJson,
  UnsafeOutput: escapeOutput,
  AddressNotGranted: grant,
};

/** The name that is wrong stands in the message; it is looked for from the finding on. */
function replaceName(source: string, { Code, Message }: Finding, at: number, meant: string): QuickFix | undefined {
  const label = `Change to ${meant}`;
  if (Code === 'UnknownElement') {
    const tag = /<([\w-]+)>/.exec(Message)?.[1];
    if (tag === undefined) return undefined;
    const names = [...source.matchAll(new RegExp(`(</?)${escapeRegExp(tag)}(?![\\w-])`, 'g'))];
    return { label, edits: names.map(({ index, 1: open = '' }) => replaced(index + open.length, tag, meant)) };
  }
  const [, wrong] =
    /^undefined (?:variable|filter):? ([\w-]+)/.exec(Message) ?? /^tag "([^"]+)" not found/.exec(Message) ?? [];
  if (wrong === undefined) return undefined;
  const found = new RegExp(`(?<![\\w-])${escapeRegExp(wrong)}(?![\\w-])`).exec(source.slice(at, at + 400));
  return found ? { label, edits: [replaced(at + found.index, wrong, meant)] } : undefined;
}

const replaced = (from: number, was: string, insert: string): Edit => ({ from, to: from + was.length, insert });
const inserted = (at: number, insert: string): Edit => ({ from: at, to: at, insert });
const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Everything but the scripts that the page begins with. */
function wrapInForm(source: string): QuickFix {
  const start = /^(?:\s*<script\b[^>]*>\s*<\/script>)*\s*/.exec(source)?.[0].length ?? 0;
  const end = source.trimEnd().length;
  const edits = [inserted(start, '<crowd-form>\n'), inserted(Math.max(start, end), '\n</crowd-form>')];
  return { label: 'Put the page into a crowd-form', edits };
}

/** Where attributes of the tag that begins there can be added. */
function afterTagName(source: string, at: number): number | undefined {
  const tag = /^<[\w-]+/.exec(source.slice(at, at + 100));
  return tag ? at + tag[0].length : undefined;
}

function nameControl(source: string, at: number): QuickFix | undefined {
  const place = afterTagName(source, at);
  if (place === undefined) return undefined;
  let name = 'answer';
  for (let number = 2; new RegExp(`\\bname=["']?${name}["'\\s>]`).test(source); number += 1) name = `answer-${number}`;
  return { label: `Name it ${name}`, edits: [inserted(place, ` name="${name}"`)] };
}

const attributeValues: Readonly<Record<string, string>> = {
  src: '{{ task.input.image | grant_read_access }}',
  text: '{{ task.input.text }}',
};

function addAttribute(source: string, at: number, { Message }: Finding): QuickFix | undefined {
  const place = afterTagName(source, at);
  const name = /needs the attribute ([\w-]+)/.exec(Message)?.[1];
  if (place === undefined || name === undefined) return undefined;
  const value = attributeValues[name] ?? "['One', 'Two']";
  return { label: `Add ${name}`, edits: [inserted(place, ` ${name}="${value}"`)] };
}

/** The output or tag that begins there. */
function outputAt(source: string, at: number): string | undefined {
  return /^\{[{%].*?[}%]\}/s.exec(source.slice(at, at + 2000))?.[0];
}

function quote(source: string, at: number): QuickFix | undefined {
  let from = at;
  while (from > 0 && !/[=\s]/.test(source[from - 1]!)) from -= 1;
  const value = /^(?:\{\{.*?\}\}|\{%.*?%\}|[^\s>{])+/s.exec(source.slice(from, from + 2000))?.[0];
  if (source[from - 1] !== '=' || value === undefined || value.includes('"')) return undefined;
  return { label: 'Put quotes around it', edits: [inserted(from, '"'), inserted(from + value.length, '"')] };
}

/** Filters go before the end of the output. */
function withFilters(output: string, filters: string): string {
  return output.replace(/\s*(-?\}\})$/, ` | ${filters} $1`);
}

function printJson(source: string, at: number, { Message }: Finding): QuickFix | undefined {
  const output = outputAt(source, at);
  if (output === undefined || !output.startsWith('{{')) return undefined;
  if (!Message.startsWith('This puts'))
    return { label: 'Add to_json and escape', edits: [replaced(at, output, withFilters(output, 'to_json | escape'))] };
  // JSON brings its own quotes.
  const before = source[at - 1] ?? '';
  const isQuoted = /["'`]/.test(before) && source[at + output.length] === before;
  const was = isQuoted ? before + output + before : output;
  return { label: 'Add to_json', edits: [replaced(at - (isQuoted ? 1 : 0), was, withFilters(output, 'to_json'))] };
}

function escapeOutput(source: string, at: number): QuickFix | undefined {
  const output = outputAt(source, at);
  const mended = output?.replace(/\s*\|\s*skip_autoescape\b/g, '');
  if (output === undefined || mended === undefined || mended === output) return undefined;
  return { label: 'Print it as text', edits: [replaced(at, output, mended)] };
}

function grant(source: string, at: number): QuickFix | undefined {
  const label = 'Add grant_read_access';
  const attribute = /^src\s*=\s*(["'])(.*?)\1/s.exec(source.slice(at, at + 2000));
  if (!attribute) return undefined;
  const [whole, , value = ''] = attribute;
  const from = at + whole.length - 1 - value.length;
  if (/^\{\{[^}]*\}\}$/.test(value))
    return { label, edits: [replaced(from, value, withFilters(value, 'grant_read_access'))] };
  if (value.includes('{') || value.includes("'")) return undefined;
  const quotes = attribute[1] === "'" ? '"' : "'";
  return { label, edits: [replaced(from, value, `{{ ${quotes}${value.trim()}${quotes} | grant_read_access }}`)] };
}
