/** The mapping file: what things of AWS are called here. JSON, or JSON5 with its comments. */
import { readFileSync } from 'node:fs';
import { bucketNameProblem, isRecord, operations, parseS3Uri, type Shape, validate } from '@holdpoint/protocol';
import { UsageError } from '../usage-error.ts';

/** From a name or ARN at AWS to the name here; null leaves it out. */
type Names = Readonly<Record<string, string | null>>;

export interface Mapping {
  /** From role ARN to role ARN. */
  readonly roles: Names;
  /** From `BUCKET` or `s3://BUCKET/PREFIX` to the same here. */
  readonly buckets: Names;
  readonly workteams: Names;
  readonly humanTaskUis: Names;
  readonly flowDefinitions: Names;
}

export const emptyMapping: Mapping = { roles: {}, buckets: {}, workteams: {}, humanTaskUis: {}, flowDefinitions: {} };

export type Section = keyof Mapping;
export const sections = Object.keys(emptyMapping) as readonly Section[];

const members = {
  roles: operations.CreateFlowDefinition.input.members.RoleArn,
  workteams: operations.CreateWorkteam.input.members.WorkteamName,
  humanTaskUis: operations.CreateHumanTaskUi.input.members.HumanTaskUiName,
  flowDefinitions: operations.CreateFlowDefinition.input.members.FlowDefinitionName,
} as const satisfies Partial<Record<Section, Shape>>;

/** What may be left out by null: without a role or a bucket there is no flow definition. */
const canBeNull: ReadonlySet<Section> = new Set(['workteams', 'humanTaskUis', 'flowDefinitions']);

/** @throws UsageError with one sentence that names the file and the place. */
export async function readMapping(file: string): Promise<Mapping> {
  const { default: JSON5 } = await import('json5');
  const wrong = (sentence: string): UsageError => new UsageError(`${file}: ${sentence}`);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw wrong(
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file.' : (error as Error).message,
    );
  }
  let value: unknown;
  try {
    value = JSON5.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw wrong(`it is neither JSON nor JSON5 (${(error as Error).message.replace(/^JSON5: /, '')}).`);
  }
  if (!isRecord(value)) throw wrong('an object is expected.');
  for (const name of Object.keys(value))
    if (!sections.includes(name as Section))
      throw wrong(`there is no section "${name}"; the sections are ${sections.join(', ')}.`);
  const entries = sections.map((section) => [section, readSection(section, value[section] ?? {}, wrong)]);
  return Object.fromEntries(entries) as unknown as Mapping;
}

function readSection(section: Section, value: unknown, wrong: (sentence: string) => UsageError): Names {
  if (!isRecord(value)) throw wrong(`"${section}" has to be an object from names at AWS to names here.`);
  for (const [from, to] of Object.entries(value)) {
    const place = `${section}["${from}"]`;
    if (to === null && canBeNull.has(section)) continue;
    if (typeof to !== 'string')
      throw wrong(`${place} has to be a text${canBeNull.has(section) ? ', or null to leave it out' : ''}.`);
    const problem = section === 'buckets' ? (placeProblem(from) ?? bucketProblem(to)) : problemOf(members[section], to);
    if (problem !== undefined) throw wrong(`${place} is "${to}": ${problem}`);
  }
  return value as Names;
}

const problemOf = (shape: Shape, value: string): string | undefined =>
  validate(shape, value).length > 0
    ? `that is not allowed here${shape.type === 'string' && shape.pattern ? `; the pattern is ${shape.pattern}` : ''}.`
    : undefined;

const placeProblem = (place: string): string | undefined =>
  bucketPlace(place) === undefined ? 'a bucket or s3://BUCKET/PREFIX is expected on its left.' : undefined;

function bucketProblem(to: string): string | undefined {
  const place = bucketPlace(to);
  return place === undefined ? 'a bucket or s3://BUCKET/PREFIX is expected.' : bucketNameProblem(place.bucket);
}

/** Bucket and key prefix of a mapping's entry; a bare name is a whole bucket. */
export function bucketPlace(text: string): { readonly bucket: string; readonly key: string } | undefined {
  if (/^[a-z0-9.-]+$/i.test(text)) return { bucket: text, key: '' };
  const place = parseS3Uri(text);
  return place && { bucket: place.bucket, key: place.key.replace(/\/+$/, '') };
}
