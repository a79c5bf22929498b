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
  | { readonly kind: 's3-uri' }
  /** A whole number. */
  | { readonly kind: 'number'; readonly least: number; readonly most: number }
  /** A decimal fraction above 0 and up to 1. */
  | { readonly kind: 'share' }
  /** A text that says what; `form` is what it has to be, in words. */
  | { readonly kind: 'text'; readonly pattern: string; readonly form: string }
  /** The ARN of a workteam. */
  | { readonly kind: 'workteam' };

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
    name: 'holdpoint:word-confidence',
    kind: 'choice',
    choices: ['every', 'any'],
    default: 'every',
    sentence:
      "Of flows for Textract: whether a condition's bound on WordBlockConfidence must hold of every word of a key and its value, or of any of them.",
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
  {
    name: 'holdpoint:min-answers',
    kind: 'number',
    least: 1,
    most: 50,
    default: 'the quorum, or TaskCount',
    sentence: 'How many workers are asked at first. Only where their answers do not suffice one more is asked.',
  },
  {
    name: 'holdpoint:max-answers',
    kind: 'number',
    least: 1,
    most: 50,
    default: 'TaskCount',
    sentence: 'How many workers are asked at most; it may be more than TaskCount.',
  },
  {
    name: 'holdpoint:stop-confidence',
    kind: 'share',
    default: 'more than half of the answers are equal',
    sentence: 'With which confidence in the consolidated answer no more workers are asked, such as 0.9.',
  },
  {
    name: 'holdpoint:quorum',
    kind: 'number',
    least: 2,
    most: 50,
    default: 'no quorum',
    sentence:
      'How many equal answers end the loop. Only as many workers are asked at a time as can bring them about, and none any more when nobody can.',
  },
  {
    name: 'holdpoint:veto',
    kind: 'text',
    pattern: '\\S(.*\\S)?',
    form: 'the value of an answer',
    default: 'no veto',
    sentence: 'A value that ends the loop at once, whoever answers it first and whatever the others answered.',
  },
  {
    name: 'holdpoint:compare-fields',
    kind: 'text',
    pattern: '\\S+( \\S+)*',
    form: 'names of fields with one space between them',
    default: 'all fields',
    sentence: 'By which fields answers are compared, and in which a veto counts; what others hold makes no difference.',
  },
  {
    name: 'holdpoint:distinct-groups',
    kind: 'number',
    least: 2,
    most: 10,
    default: 'any groups',
    sentence: 'From members of how many different groups of the workteam the answers must come.',
  },
  {
    name: 'holdpoint:exclude-requester',
    kind: 'text',
    pattern: 'true|false|[\\w-]+(\\.[\\w-]+)*',
    form: 'true, false, or the path of a field of the input content that holds an e-mail address',
    default: 'false',
    sentence:
      'Whether whoever starts a loop may not answer it: the owner of the access key or the operator, or whose e-mail address is in a field of the input content.',
  },
  {
    name: 'holdpoint:adjudicator-workteam',
    kind: 'workteam',
    default: 'nobody is asked',
    sentence:
      'The workteam of which one member decides where the answers do not suffice, sees all of them and gives the final one.',
  },
  {
    name: 'holdpoint:gold-rate',
    kind: 'share',
    default: 'no gold items',
    sentence: 'For which share of new loops a gold item is given to workers besides, such as 0.05.',
  },
  {
    name: 'holdpoint:min-accuracy',
    kind: 'share',
    default: 'nobody is kept out',
    sentence:
      'Which share of their last 20 gold items workers must have right to get more of the flow, from 5 items on.',
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

const workteamArn = /^arn:aws[a-z-]*:sagemaker:[a-z0-9-]*:\d{12}:workteam\/.+$/;

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
    case 'number':
      return /^\d{1,9}$/.test(value) && Number(value) >= tag.least && Number(value) <= tag.most;
    case 'share':
      return /^(0?\.\d{1,9}|1(\.0{1,9})?)$/.test(value) && Number(value) > 0;
    case 'text':
      return new RegExp(`^(?:${tag.pattern})$`).test(value);
    case 'workteam':
      return workteamArn.test(value);
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
    case 'number':
      return `a whole number from ${tag.least} to ${tag.most}`;
    case 'share':
      return 'a number above 0 and up to 1, such as 0.9';
    case 'text':
      return tag.form;
    case 'workteam':
      return 'the ARN of a workteam';
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
  return numberOfTag(tags, name) ?? otherwise;
}

/** A tag's number; undefined where it is not set. */
export function numberOfTag(tags: Readonly<Record<string, string>>, name: ExtensionTagName): number | undefined {
  const value = textOfTag(tags, name);
  return value === undefined ? undefined : Number(value);
}

/** A tag's value; undefined where it is not set. */
export const textOfTag = (tags: Readonly<Record<string, string>>, name: ExtensionTagName): string | undefined =>
  Object.hasOwn(tags, name) ? tags[name] : undefined;
