// The tags by which flow definitions opt in to what AWS's API lacks; all begin with `holdpoint:`.

export interface ExtensionTag {
  readonly name: string;
  /** A whole number of seconds from 0 to this; undefined where the value is `true` or `false`. */
  readonly mostSeconds?: number;
  /** What holds without the tag, in words. */
  readonly default: string;
  readonly sentence: string;
}

/** Every tag that this version understands; documentation and checks are made from it. */
export const extensionTags = [
  {
    name: 'holdpoint:undo-seconds',
    mostSeconds: 3600,
    default: 'the setting --undo-seconds',
    sentence:
      'How long a worker can take a submitted answer back. It is saved and counts at once, and its loop waits for so long; 0 makes it final at once.',
  },
  {
    name: 'holdpoint:extend-seconds',
    mostSeconds: 86_400,
    default: '0',
    sentence:
      'How much time a worker who works on a task gets with one press, counted from then; 0 offers no extension.',
  },
  {
    name: 'holdpoint:sensitive',
    default: 'false',
    sentence:
      'Whether pictures and videos in the tasks of the flow are blurred until the worker points at them, focuses them or taps them, and videos do not play by themselves.',
  },
] as const satisfies readonly ExtensionTag[];

export type ExtensionTagName = (typeof extensionTags)[number]['name'];

const byName: ReadonlyMap<string, ExtensionTag> = new Map(extensionTags.map((tag) => [tag.name, tag]));

/** What is wrong with a tag whose name begins with `holdpoint:`, as a sentence; undefined when it can be used. */
export function extensionTagProblem(name: string, value: string): string | undefined {
  const tag = byName.get(name);
  if (!tag)
    return `Unknown tag ${name}. Tags that begin with 'holdpoint:' are ours; known: ${[...byName.keys()].join(', ')}.`;
  if (tag.mostSeconds === undefined)
    return value === 'true' || value === 'false' ? undefined : `The tag ${name} must be true or false.`;
  return /^\d{1,9}$/.test(value) && Number(value) <= tag.mostSeconds
    ? undefined
    : `The tag ${name} must be a whole number of seconds from 0 to ${tag.mostSeconds}.`;
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
