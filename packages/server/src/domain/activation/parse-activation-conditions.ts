import { isRecord } from '@holdpoint/protocol';
import {
  type ActivationTree,
  type ConditionNode,
  type JsonMembers,
  nothing,
  type SubjectKind,
} from './condition-tree.ts';
import type { ConditionType } from './condition-type.ts';
import { contentConditionTypes } from './content-condition-types.ts';
import { type Complain, parameterReader } from './parameter-reader.ts';
import { canonicalJson } from './sampling.ts';
import { serviceConditionTypes } from './service-condition-types.ts';

/** `violations` are sentences that begin with the path of the member that is wrong; without any there is a tree. */
export type ParsedConditions =
  | { readonly tree: ActivationTree; readonly violations: readonly [] }
  | { readonly tree: undefined; readonly violations: readonly string[] };

const root = 'HumanLoopActivationConditions';
/** Groups may stand in groups of the other kind once (developer guide: two levels). */
const maxDepth = 2;
/** Of any JSON that stands in conditions. */
const deepest = 50;
/** More are hardly read. */
const maxViolations = 10;
const ourPrefix = 'holdpoint:';

const subjects: Readonly<Record<string, SubjectKind>> = {
  'AWS/Textract/AnalyzeDocument/Forms/V1': 'document',
  'AWS/Rekognition/DetectModerationLabels/Image/V3': 'moderation',
};

/**
 * Reads `HumanLoopActivationConditions`.
 *
 * With a request source, the types of that service are checked and ours are refused. Without one, ours are checked; a tree of
 * AWS's types alone is kept as it is (its `subject` is undefined: nothing evaluates it), and a tree with both is refused.
 *
 * @param source `AwsManagedHumanLoopRequestSource` of the flow definition, if it has one.
 */
export function parseActivationConditions(text: string, source: string | undefined): ParsedConditions {
  const violations: string[] = [];
  const complain: Complain = (path, sentence) => {
    if (violations.length < maxViolations) violations.push(`${path} ${sentence}`);
  };
  const given = readRoot(text, complain);
  const types = given ? conditionTypesIn(given.Conditions) : [];
  const isOurs = types.some((type) => type.startsWith(ourPrefix));
  const subject = source === undefined ? (isOurs ? 'content' : undefined) : subjects[source];
  const nodes = given
    ? readList(given.Conditions, { path: 'Conditions', depth: 0, subject, source, complain })
    : undefined;
  return given && nodes && violations.length === 0
    ? { tree: { given, nodes, subject }, violations: [] }
    : { tree: undefined, violations };
}

interface Place {
  /** Without the root. */
  readonly path: string;
  /** How many groups it stands in. */
  readonly depth: number;
  readonly subject: SubjectKind | undefined;
  readonly source: string | undefined;
  readonly complain: Complain;
}

function readRoot(text: string, complain: Complain): JsonMembers | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    complain(root, 'is not valid JSON.');
    return undefined;
  }
  if (!isRecord(value)) complain(root, 'must be an object with a list named Conditions.');
  else if (!Object.hasOwn(value, 'Conditions')) complain(`${root}.Conditions`, 'is missing.');
  else if (isDeeperThan(value, deepest)) complain(root, `is nested deeper than ${deepest} levels.`);
  else if (!Array.isArray(value.Conditions)) complain(`${root}.Conditions`, 'must be a list.');
  else return value;
  return undefined;
}

const isDeeperThan = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((each) => isDeeperThan(each, levels - 1)));

/** All types that are named, before anything else is known to be right. */
function conditionTypesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(conditionTypesIn);
  if (!isRecord(value)) return [];
  const own = typeof value.ConditionType === 'string' ? [value.ConditionType] : [];
  return [...own, ...conditionTypesIn(value.And), ...conditionTypesIn(value.Or)];
}

const readList = (value: unknown, place: Place): ConditionNode[] =>
  (value as readonly unknown[]).flatMap((each, index) => {
    const node = readNode(each, { ...place, path: `${place.path}[${index}]` });
    return node ? [node] : [];
  });

const kinds = ['ConditionType', 'And', 'Or'] as const;

function readNode(value: unknown, place: Place): ConditionNode | undefined {
  const { path, depth, complain } = place;
  const at = `${root}.${path}`;
  const found = isRecord(value) ? kinds.filter((kind) => Object.hasOwn(value, kind)) : [];
  const [kind] = found;
  if (!isRecord(value) || kind === undefined || found.length > 1) {
    complain(at, 'must be an object with exactly one of ConditionType, And and Or.');
    return undefined;
  }
  if (kind === 'ConditionType') return readCondition(value, place);
  const members = value[kind];
  if (depth >= maxDepth)
    complain(`${at}.${kind}`, `is nested too deep: And and Or go ${maxDepth} levels deep at most.`);
  else if (!Array.isArray(members) || members.length < 2)
    complain(`${at}.${kind}`, 'must be a list of two or more conditions.');
  else
    return { kind, given: value, members: readList(members, { ...place, path: `${path}.${kind}`, depth: depth + 1 }) };
  return undefined;
}

const allTypes: readonly ConditionType[] = [...serviceConditionTypes, ...contentConditionTypes];
const typesByName: ReadonlyMap<string, ConditionType> = new Map(allTypes.map((type) => [type.name, type]));

function readCondition(given: JsonMembers, place: Place): ConditionNode | undefined {
  const { path, subject, complain } = place;
  const at = `${root}.${path}`;
  const { ConditionType: name } = given;
  if (typeof name !== 'string') {
    complain(`${at}.ConditionType`, 'must be a text.');
    return undefined;
  }
  const type = typesByName.get(name);
  const problem = typeProblem(name, type, place);
  if (problem !== undefined) {
    complain(`${at}.ConditionType`, problem);
    return undefined;
  }
  // What nothing evaluates is kept as it is.
  if (!type || subject === undefined)
    return { kind: 'Condition', given, path, judge: () => ({ result: true, selected: nothing }) };
  const read = parameterReader(given.ConditionParameters, `${at}.ConditionParameters`, name, type.parameters, complain);
  const configuration = `${path}\n${canonicalJson(given)}`;
  return { kind: 'Condition', given, path, judge: type.judgeOf(read, { path, configuration }) };
}

function typeProblem(name: string, type: ConditionType | undefined, { subject, source }: Place): string | undefined {
  const known = allTypes.filter(({ subjects }) => subject === undefined || subjects.includes(subject));
  if (!type) return `is '${name}', which is unknown; known: ${known.map((each) => each.name).join(', ')}.`;
  if (subject === undefined || type.subjects.includes(subject)) return undefined;
  if (source !== undefined && name.startsWith(ourPrefix))
    return `is '${name}': types that begin with '${ourPrefix}' are for flow definitions without a HumanLoopRequestSource.`;
  if (source !== undefined)
    return `is '${name}', which does not belong to ${source}; known: ${known.map((each) => each.name).join(', ')}.`;
  return `is '${name}': without a HumanLoopRequestSource, AWS's types and those that begin with '${ourPrefix}' cannot stand in the same conditions.`;
}
