// The tables of attributes in docs/templates/elements/; the prose around them is written by hand.
import { table } from './table.mjs';

/** Elements that are shown on the page of another one. */
const guests = {
  'crowd-radio-button': 'crowd-radio-group',
  'crowd-slider-label': 'crowd-slider',
  'crowd-tab': 'crowd-tabs',
  'iron-icon': 'crowd-icon-button',
};

/** Page → generated part → what makes it. */
export function elementPages(elements) {
  const pages = {};
  for (const [tag, element] of elements) {
    const file = `docs/templates/elements/${guests[tag] ?? tag}.md`;
    pages[file] = { ...pages[file], [tag]: () => attributesTable(element) };
  }
  return pages;
}

const code = (text) => `\`${text}\``;
const last = ['required', 'disabled'];

/** With other spellings below it; a sentence where there are no attributes. */
function attributesTable({ attributes }) {
  const own = attributes.filter(({ aliasOf }) => aliasOf === undefined);
  if (own.length === 0) return 'It has none of its own.';
  const ordered = [
    ...own.filter(({ name }) => !last.includes(name)),
    ...last.flatMap((name) => own.filter((each) => each.name === name)),
  ];
  const hasDefaults = own.some((each) => each.default !== undefined);
  const rows = ordered.map(({ name, type, default: value, text }) => [
    code(name),
    kindOf(type),
    ...(hasDefaults ? [value === undefined ? '–' : code(value)] : []),
    text,
  ]);
  const head = ['Attribute', 'Value', ...(hasDefaults ? ['Default'] : []), 'What it does'];
  const aliases = attributes.filter(({ aliasOf }) => aliasOf !== undefined);
  return [table(head, rows), ...(aliases.length > 0 ? ['', spellings(aliases)] : [])].join('\n');
}

function spellings(aliases) {
  const names = (key) =>
    aliases
      .map((each) => code(each[key]))
      .join(', ')
      .replace(/, ([^,]*)$/, ' and $1');
  const are = aliases.length === 1 ? 'is another spelling' : 'are other spellings';
  return `${names('name')} ${are} of ${names('aliasOf')}.`;
}

/** What an author writes into the attribute. */
function kindOf(type) {
  if (['boolean', 'number'].includes(type)) return type;
  if (type.endsWith('[]')) return 'list';
  return type === 'unknown' || type.startsWith('{') ? 'JSON' : 'text';
}
