// What can be completed in the Liquid of a template: the members of the sample input, and the filters that there are.
import type { Completion } from '@codemirror/autocomplete';
import type { EditorState } from '@codemirror/state';

/** Filters that templates have beyond those that the editor's language knows; a test compares them with the server's. */
const moreFilters: readonly string[] = [
  'array_to_sentence_string',
  'base64_decode',
  'base64_encode',
  'cgi_escape',
  'date_to_long_string',
  'date_to_rfc822',
  'date_to_string',
  'date_to_xmlschema',
  'find',
  'find_exp',
  'find_index',
  'find_index_exp',
  'grant_read_access',
  'group_by',
  'group_by_exp',
  'has',
  'has_exp',
  'hmac_sha256',
  'inspect',
  'json',
  'jsonify',
  'normalize_whitespace',
  'number_of_words',
  'pop',
  'push',
  'reject',
  'reject_exp',
  'remove_last',
  'replace_last',
  'sample',
  'sha256',
  'shift',
  'skip_autoescape',
  'slugify',
  'squish',
  'to_integer',
  'to_json',
  'unshift',
  'uri_escape',
  'where_exp',
  'xml_escape',
];

const about: Readonly<Record<string, string>> = {
  grant_read_access: 'Makes an s3:// address one that the browser of a worker can open.',
  skip_autoescape:
    'Prints markup and scripts of the input as they are. Whoever can write the input can then act in this page.',
  to_json: 'Makes a value one of JavaScript or of an attribute that takes JSON.',
};

export const filterCompletions: readonly Completion[] = moreFilters.map((label) => ({
  label,
  type: 'function',
  ...(about[label] !== undefined && { info: about[label] }),
}));

export const variableCompletions: readonly Completion[] = [
  {
    label: 'task',
    type: 'variable',
    info: 'What the loop is about; task.input is the input content that it was started with.',
  },
];

/** Members of what stands before the point: of the sample input, also through the loops of the template. */
export function membersOf(path: readonly string[], state: EditorState, input: unknown): readonly Completion[] {
  const [first = '', ...rest] = path;
  if (first === 'task' && rest.length === 0) return [{ label: 'input', type: 'property' }];
  const value = valueAt(first, rest, state.doc.toString(), input, 0);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).map(([label, member]) => ({ label, type: 'property', detail: kindOf(member) }));
}

/** Loops in loops are followed up to here. */
const deepest = 5;

function valueAt(first: string, rest: readonly string[], template: string, input: unknown, depth: number): unknown {
  if (first === 'task') return rest[0] === 'input' ? memberAt(input, rest.slice(1)) : undefined;
  if (depth > deepest) return undefined;
  for (const [, name, path = ''] of template.matchAll(/\{%-?\s*for\s+([\w-]+)\s+in\s+([\w.-]+)/g)) {
    if (name !== first) continue;
    const [root = '', ...members] = path.split('.');
    const list = valueAt(root, members, template, input, depth + 1);
    if (Array.isArray(list) && list.length > 0) return memberAt(list[0], rest);
  }
  return undefined;
}

function memberAt(value: unknown, path: readonly string[]): unknown {
  let found = value;
  for (const name of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined;
    found = (found as Record<string, unknown>)[name];
  }
  return found;
}

const kindOf = (value: unknown): string =>
  Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value === 'object' ? 'object' : typeof value;
