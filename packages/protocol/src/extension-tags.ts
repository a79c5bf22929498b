// The tags by which flow definitions opt in to what AWS's API lacks; all begin with `holdpoint:`.

export type ExtensionTag = TagOfSeconds | TagOfFlag | TagOfChoice;

interface TagBase {
  readonly name: string;
  /** What holds without the tag, in words. */
  readonly default: string;
  readonly sentence: string;
}
/** A whole number of seconds from 0 to `most`. */
interface TagOfSeconds extends TagBase {
  readonly kind: 'seconds';
  readonly most: number;
}
/** `true` or `false`. */
interface TagOfFlag extends TagBase {
  readonly kind: 'flag';
}
/** One of a few words. */
interface TagOfChoice extends TagBase {
  readonly kind: 'choice';
  readonly choices: readonly string[];
}

/** Every tag that this version understands; documentation and checks are made from it. */
export const extensionTags = [
  {
    name: 'holdpoint:undo-seconds',
    kind: 'seconds',
    most: 3600,
    default: 'the setting --undo-seconds',
    sentence:
      'How long a worker can take a submitted answer back. It is saved and counts at once, and its loop waits for so long; 0 makes it final at once.',
  },
  {
    name: 'holdpoint:extend-seconds',
    kind: 'seconds',
    most: 86_400,
    default: '0',
    sentence:
      'How much time a worker who works on a task gets with one press, counted from then; 0 offers no extension.',
  },
  {
    name: 'holdpoint:sensitive',
    kind: 'flag',
    default: 'false',
    sentence:
      'Whether pictures and videos in the tasks of the flow are blurred until the worker points at them, focuses them or taps them, and videos do not play by themselves.',
  },
  {
    name: 'holdpoint:on-no-review',
    kind: 'choice',
    choices: ['complete', 'skip'],
    default: 'complete',
    sentence:
      'What becomes of a start whose input the activation conditions of the flow do not send to people: complete ends the loop at once, with an output without answers; skip makes no loop.',
  },
  {
    name: 'holdpoint:word-confidence',
    kind: 'choice',
    choices: ['every', 'any'],
    default: 'every',
    sentence:
      "Of flows for Textract: whether a condition's bound on WordBlockConfidence must hold of every word of a key and its value, or of any of them.",
  },
] as const satisfies readonly ExtensionTag[];

export type ExtensionTagName = (typeof extensionTags)[number]['name'];

const byName: ReadonlyMap<string, ExtensionTag> = new Map(extensionTags.map((tag) => [tag.name, tag]));

/** What is wrong with a tag whose name begins with `holdpoint:`, as a sentence; undefined when it can be used. */
export function extensionTagProblem(name: string, value: string): string | undefined {
  const tag = byName.get(name);
  if (!tag)
    return `Unknown tag ${name}. Tags that begin with 'holdpoint:' are ours; known: ${[...byName.keys()].join(', ')}.`;
  return fits(tag, value) ? undefined : `The tag ${name} must be ${wanted(tag)}.`;
}

function fits(tag: ExtensionTag, value: string): boolean {
  switch (tag.kind) {
    case 'seconds':
      return /^\d{1,9}$/.test(value) && Number(value) <= tag.most;
    case 'flag':
      return value === 'true' || value === 'false';
    case 'choice':
      return tag.choices.includes(value);
  }
}

function wanted(tag: ExtensionTag): string {
  switch (tag.kind) {
    case 'seconds':
      return `a whole number of seconds from 0 to ${tag.most}`;
    case 'flag':
      return 'true or false';
    case 'choice':
      return tag.choices.join(' or ');
  }
}

/** Whether a tag of `true` or `false` is `true`. */
export const isTagged = (tags: Readonly<Record<string, string>>, name: ExtensionTagName): boolean =>
  Object.hasOwn(tags, name) && tags[name] === 'true';

/** A tag's seconds, or `otherwise` where it is not set. */
export function secondsOfTag(
  tags: Readonly<Record<string, string>>,
  name: ExtensionTagName,
  otherwise: number,
): number {
  const value = Object.hasOwn(tags, name) ? tags[name] : undefined;
  return value === undefined ? otherwise : Number(value);
}
