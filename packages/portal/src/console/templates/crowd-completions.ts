// What can be completed in the HTML of a template: crowd elements and their attributes, from the elements' own manifest.
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { htmlCompletionSourceWith } from '@codemirror/lang-html';
import manifest from '@holdpoint/elements/custom-elements.json' with { type: 'json' };

interface Attribute {
  readonly name: string;
  readonly description?: string;
  readonly type?: { readonly text: string };
}

interface Declaration {
  readonly tagName: string;
  readonly description: string;
  readonly attributes?: readonly Attribute[];
}

const elements = (manifest.modules as readonly { readonly declarations: readonly Declaration[] }[]).flatMap(
  ({ declarations }) => declarations.map((one) => ({ ...one, attributes: one.attributes ?? [] })),
);

/** Choices that a type or a description names: `'a' | 'b'`. */
function choicesOf({ type }: Attribute): readonly string[] | null {
  const parts = type?.text.split('|').map((part) => part.trim()) ?? [];
  const choices = parts.flatMap((part) => /^'([^']*)'$/.exec(part)?.[1] ?? []);
  return choices.length > 0 && choices.length === parts.length ? choices : null;
}

/** Attributes that are no property of an element, but part of every control. */
const ofEveryControl = { id: null, class: null, hidden: null };

const extraTags = Object.fromEntries(
  elements.map(({ tagName, attributes }) => [
    tagName,
    { attrs: { ...ofEveryControl, ...Object.fromEntries(attributes.map((one) => [one.name, choicesOf(one)])) } },
  ]),
);

const aboutElement = new Map(elements.map(({ tagName, description }) => [tagName, description]));
const aboutAttribute = new Map(
  elements.map(({ tagName, attributes }) => [tagName, new Map(attributes.map((one) => [one.name, one.description]))]),
);

const source = htmlCompletionSourceWith({ extraTags });

/** Completes HTML; what the manifest knows of an element or attribute is said beside it. */
export function completeHtml(context: CompletionContext): CompletionResult | null {
  const result = source(context);
  if (!result) return null;
  const before = context.state.sliceDoc(Math.max(0, context.pos - 2000), context.pos);
  const tag = /<([\w-]+)\s[^<>]*$/.exec(before)?.[1];
  const attributes = tag === undefined ? undefined : aboutAttribute.get(tag);
  const options = result.options.map((option): Completion => {
    const info = attributes?.get(option.label) ?? (attributes ? undefined : aboutElement.get(option.label));
    return info === undefined ? option : { ...option, info, boost: 10 };
  });
  return { ...result, options };
}
