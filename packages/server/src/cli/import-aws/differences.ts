/** How two descriptions differ, in words. */
import { isRecord, stringifySorted } from '@holdpoint/protocol';

const most = 3;

/** One sentence part such as `TaskCount is 2 here and 3 at AWS`; undefined when nothing differs. */
export function differences(atAws: object, here: object): string | undefined {
  const found: string[] = [];
  compare(atAws, here, '', found);
  if (found.length === 0) return undefined;
  const rest = found.length > most ? [`${found.length - most} more`] : [];
  return [...found.slice(0, most), ...rest].join('; ');
}

function compare(atAws: unknown, here: unknown, path: string, found: string[]): void {
  if (isRecord(atAws) && isRecord(here)) {
    for (const key of new Set([...Object.keys(atAws), ...Object.keys(here)]))
      compare(atAws[key], here[key], path === '' ? key : `${path}.${key}`, found);
    return;
  }
  if (canonical(atAws) === canonical(here)) return;
  found.push(`${path} is ${quoted(here)} here and ${quoted(atAws)} at AWS`);
}

/** Conditions are JSON in a text; the order of members of a team means nothing; what is empty is as if it were not there. */
function canonical(value: unknown): string {
  if (typeof value === 'string' && /^\s*\{/.test(value)) {
    try {
      return stringifySorted(JSON.parse(value));
    } catch {
      return value;
    }
  }
  if (Array.isArray(value)) return JSON.stringify(value.map(stringifySorted).sort());
  if (value === undefined || value === null || (isRecord(value) && Object.keys(value).length === 0)) return '';
  return stringifySorted(value);
}

function quoted(value: unknown): string {
  if (canonical(value) === '') return 'not set';
  const text = typeof value === 'string' ? `"${value}"` : stringifySorted(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
