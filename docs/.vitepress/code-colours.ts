// Colours of code as classes instead of styles: the content policy allows no style attributes, and the theme's tokens
// serve both schemes.
import type { MarkdownOptions } from 'vitepress';

/** What is told apart, with the TextMate scopes of it; the style sheet colours `.code-<name>`. */
const kinds = {
  comment: ['comment', 'punctuation.definition.comment'],
  string: ['string', 'punctuation.definition.string', 'markup.inline.raw'],
  constant: ['constant.numeric', 'constant.language', 'constant.character', 'keyword.other.unit'],
  keyword: ['keyword', 'storage', 'support.class.filter.liquid', 'support.class.object.liquid'],
  tag: ['entity.name.tag', 'punctuation.definition.tag', 'entity.name.tag.liquid', 'variable.language'],
  name: [
    'entity.name.function',
    'support.function',
    'entity.other.attribute-name',
    'support.type.property-name',
    'meta.object-literal.key',
    'variable.parameter.function-call.python',
  ],
} as const;

/** The highlighter gives colours, so each kind has one that stands for it. */
const names = Object.keys(kinds) as (keyof typeof kinds)[];
const standIn = (index: number): string => `#0000${(index + 1).toString(16).padStart(2, '0')}`;
const byColour = new Map(names.map((name, index) => [standIn(index), `code-${name}`]));

export const codeTheme: MarkdownOptions['theme'] = {
  name: 'holdpoint',
  type: 'light',
  colors: { 'editor.foreground': '#000000', 'editor.background': '#ffffff' },
  settings: names.map((name, index) => ({
    scope: [...kinds[name]],
    settings: { foreground: standIn(index) },
  })),
};

export const coloursToClasses: NonNullable<MarkdownOptions['codeTransformers']>[number] = {
  name: 'holdpoint:colours-to-classes',
  span(node) {
    const colour = /color:\s*(#[0-9a-f]{6})/i.exec(String(node.properties.style ?? ''))?.[1]?.toLowerCase();
    delete node.properties.style;
    const name = colour && byColour.get(colour);
    if (name) this.addClassToHast(node, name);
  },
};
