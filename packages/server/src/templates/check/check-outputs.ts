// Where what a template prints can become something else than text: code, markup, further attributes.

import type { LiquidPart } from './liquid-source.ts';
import { isScript, type Subject } from './subject.ts';

/** @param captured names that hold captured markup only, whose data is escaped */
export function checkOutputs(subject: Subject, captured: ReadonlySet<string>): void {
  const asJson = jsonNames(subject);
  checkScripts(subject, asJson);
  checkAttributes(subject, asJson);
  checkUnescaped(subject, captured);
}

function checkScripts(subject: Subject, asJson: ReadonlySet<string>): void {
  const { liquid, findings } = subject;
  for (const element of subject.elements.filter(isScript))
    for (const part of liquid.partsIn(element.end, element.contentEnd))
      if (part.kind === 'output' && isText(textOf(subject, part), asJson))
        findings.warning(
          'ScriptOutput',
          'This puts text with HTML entities into a script. to_json makes it a value of the script: const value = {{ … | to_json }};',
          part.begin,
        );
}

function checkAttributes(subject: Subject, asJson: ReadonlySet<string>): void {
  const { liquid, findings } = subject;
  for (const { attributes } of subject.elements)
    for (const [name, { valueBegin, valueEnd, quoted }] of attributes) {
      if (valueBegin === valueEnd) continue;
      for (const part of liquid.partsIn(valueBegin, valueEnd)) {
        if (part.kind !== 'output') continue;
        const text = textOf(subject, part);
        if (!quoted && !isNumber(text))
          findings.warning(
            'UnquotedOutput',
            `The value of ${name} needs quotes: the first space in what is printed would end it.`,
            part.begin,
          );
        if (name.startsWith('on') && isText(text, asJson))
          findings.warning(
            'ScriptOutput',
            `In ${name} the browser undoes the escaping, so that a quote in what is printed becomes code. Use {{ … | to_json | escape }}, or read it from a data attribute.`,
            part.begin,
          );
      }
    }
}

/** The one filter that lets markup from the input through. */
function checkUnescaped(subject: Subject, captured: ReadonlySet<string>): void {
  const scripts = subject.elements.filter(isScript);
  for (const part of subject.liquid.partsIn(0, subject.source.length)) {
    if (part.kind === 'comment') continue;
    const text = textOf(subject, part);
    const at = text.search(/\|\s*skip_autoescape\b/);
    if (at < 0) continue;
    const [, name = ''] = /^\{\{-?\s*([\w-]+)\s*\|\s*skip_autoescape\s*-?\}\}$/.exec(text) ?? [];
    const inScript = scripts.some(({ end, contentEnd }) => end <= part.begin && part.end <= contentEnd);
    if (captured.has(name) || (inScript && isJson(text))) continue;
    subject.findings.warning(
      'UnsafeOutput',
      'skip_autoescape prints markup and scripts of the input as they are. Whoever can write the input can then act in this page.',
      part.begin,
    );
  }
}

const textOf = ({ source }: Subject, { begin, end }: LiquidPart): string => source.slice(begin, end);

const numberFilters =
  /^\|\s*(?:size|plus|minus|times|divided_by|modulo|abs|ceil|floor|round|at_least|at_most|url_encode|base64_encode)\b/;

const isJson = (output: string): boolean => /\|\s*(?:to_json|json|jsonify)\b/.test(output);

/** Whether the output is of digits at most, or of what the template itself writes. */
function isNumber(output: string): boolean {
  const last = output.lastIndexOf('|');
  if (last >= 0) return numberFilters.test(output.slice(last));
  return /^\{\{-?\s*(?:\d|["']|(?:forloop|tablerowloop)\b)/.test(output);
}

function isText(output: string, asJson: ReadonlySet<string>): boolean {
  const [, name = ''] = /^\{\{-?\s*([\w-]+)\s*-?\}\}$/.exec(output) ?? [];
  return !isJson(output) && !isNumber(output) && !asJson.has(name);
}

/** Variables that are assigned as JSON. */
function jsonNames(subject: Subject): ReadonlySet<string> {
  const names = new Set<string>();
  for (const part of subject.liquid.partsIn(0, subject.source.length)) {
    if (part.kind !== 'tag') continue;
    const text = textOf(subject, part);
    const name = /^\{%-?\s*assign\s+([\w-]+)\s*=/.exec(text)?.[1];
    if (name !== undefined && isJson(text)) names.add(name);
  }
  return names;
}
