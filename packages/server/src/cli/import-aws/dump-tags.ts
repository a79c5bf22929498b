/** Tags in a dump. The answer of `aws sagemaker list-tags` does not say whose they are: the file's name does. */
import { basename } from 'node:path';
import type { DumpFile } from './dump-files.ts';
import type { TagList } from './inventory.ts';

interface Tags {
  /** Where somebody added `ResourceArn`. */
  readonly arn: string | undefined;
  readonly tags: TagList;
  readonly file: DumpFile;
}

/** @param strays takes a sentence for each file whose owner is not known. */
export function tagsByArn(lists: readonly Tags[], arns: readonly string[], strays: string[]): Map<string, TagList> {
  const found = new Map<string, TagList>();
  for (const { arn, tags, file } of lists) {
    const owner = arn ?? ownerOf(file, arns);
    if (owner !== undefined) found.set(owner, [...(found.get(owner) ?? []), ...tags]);
    else
      strays.push(
        `${file.name} holds tags, but not whose: name it tags-flow-definition-NAME.json, tags-human-task-ui-NAME.json or tags-workteam-NAME.json.`,
      );
  }
  return found;
}

/** Of `flow-definition-b` and `flow-definition-a-b` the longer is meant. */
function ownerOf(file: DumpFile, arns: readonly string[]): string | undefined {
  const stem = plain(stemOf(file));
  const fitting = arns.filter((arn) => namesOf(arn).some((name) => endsWith(stem, name)));
  return fitting.sort((one, other) => other.length - one.length)[0];
}

/** How files can be named after an ARN: `workteam-private-crowd-a`, `workteam-a`. */
function namesOf(arn: string): string[] {
  const [kind = '', ...name] = (arn.split(':').at(-1) ?? '').split('/');
  return [plain(`${kind} ${name.join(' ')}`), plain(`${kind} ${name.at(-1)}`)];
}

/** A file's name without folder and endings. */
export const stemOf = ({ name }: Pick<DumpFile, 'name'>): string => basename(name).split('.')[0]!;

export const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');

export const endsWith = (stem: string, name: string): boolean => stem === name || stem.endsWith(`-${name}`);
