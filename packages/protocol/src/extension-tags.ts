// The tags by which flow definitions opt in to what AWS's API lacks; all begin with `holdpoint:`.

import { bucketNameProblem } from './bucket-name.ts';
import { parseS3Uri } from './output.ts';

/** What the value of a tag is. */
export type ExtensionTagValue =
  /** A whole number of seconds from 0 to this. */
  | { readonly kind: 'seconds'; readonly most: number }
  /** `true` or `false`. */
  | { readonly kind: 'flag' }
  /** One of a few words. */
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  /** A bucket and a prefix in it, as in `s3://bucket/prefix`. */
  | { readonly kind: 's3-uri' };

export type ExtensionTag = ExtensionTagValue & {
  readonly name: string;
  /** What holds without the tag, in words. */
  readonly default: string;
  readonly sentence: string;
};

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
    name: 'holdpoint:consolidation',
    kind: 'choice',
    choices: ['majority', 'weighted', 'dawid-skene'],
    default: 'majority, and on request only',
    sentence:
      'How the answers to a loop become one: every worker counts the same; as much as the answers to the flow so far show; or by the method of Dawid and Skene, which learns who takes what for what.',
  },
  {
    name: 'holdpoint:consolidation-numbers',
    kind: 'choice',
    choices: ['median', 'mean'],
    default: 'median',
    sentence: 'What several numbers become.',
  },
  {
    name: 'holdpoint:details-uri',
    kind: 's3-uri',
    default: 'nothing is written',
    sentence:
      'Where the consolidated answer of each loop is written once its output is there, as FLOW/YYYY/MM/DD/hh/mm/ss/LOOP/details.json below this. It must be in another bucket than the output.',
  },
] as const satisfies readonly ExtensionTag[];

export type ExtensionTagName = (typeof extensionTags)[number]['name'];

const byName: ReadonlyMap<string, ExtensionTag> = new Map(extensionTags.map((tag) => [tag.name, tag]));

/** What is wrong with a tag whose name begins with `holdpoint:`, as a sentence; undefined when it can be used. */
export function extensionTagProblem(name: string, value: string): string | undefined {
  const tag = byName.get(name);
  if (!tag)
    return `Unknown tag ${name}. Tags that begin with 'holdpoint:' are ours; known: ${[...byName.keys()].join(', ')}.`;
  return isValueOf(tag, value) ? undefined : `The tag ${name} must be ${formOf(tag)}.`;
}

function isPlace(value: string): boolean {
  const place = value.startsWith('s3://') ? parseS3Uri(value) : undefined;
  return place !== undefined && bucketNameProblem(place.bucket) === undefined;
}

function isValueOf(tag: ExtensionTag, value: string): boolean {
  switch (tag.kind) {
    case 'flag':
      return value === 'true' || value === 'false';
    case 'seconds':
      return /^\d{1,9}$/.test(value) && Number(value) <= tag.most;
    case 'choice':
      return tag.choices.includes(value);
    case 's3-uri':
      return isPlace(value);
  }
}

/** What the value of a tag has to be, in words. */
export function formOf(tag: ExtensionTagValue): string {
  switch (tag.kind) {
    case 'flag':
      return 'true or false';
    case 'seconds':
      return `a whole number of seconds from 0 to ${tag.most}`;
    case 'choice':
      return `${tag.choices.slice(0, -1).join(', ')} or ${tag.choices.at(-1)}`;
    case 's3-uri':
      return 'a bucket and a prefix, such as s3://bucket/details';
  }
}

/** Whether a tag of `true` or `false` is `true`. */
export const isTagged = (tags: Readonly<Record<string, string>>, name: ExtensionTagName): boolean =>
  textOfTag(tags, name) === 'true';

/** A tag's seconds, or `otherwise` where it is not set. */
export function secondsOfTag(
  tags: Readonly<Record<string, string>>,
  name: ExtensionTagName,
  otherwise: number,
): number {
  const value = textOfTag(tags, name);
  return value === undefined ? otherwise : Number(value);
}

/** A tag's value; undefined where it is not set. */
export const textOfTag = (tags: Readonly<Record<string, string>>, name: ExtensionTagName): string | undefined =>
  Object.hasOwn(tags, name) ? tags[name] : undefined;
