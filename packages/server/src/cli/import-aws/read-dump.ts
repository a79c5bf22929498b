/** Reads files that the aws CLI wrote, whatever their names; templates lie beside them as they are. */
import { UsageError } from '../usage-error.ts';
import { type DumpFile, filesOf, isJson, readJson } from './dump-files.ts';
import { peopleOf } from './dump-people.ts';
import { type Piece, piecesOf, type TaskUiDescription } from './dump-pieces.ts';
import { tagsByArn } from './dump-tags.ts';
import { templateOf, textsOf } from './dump-templates.ts';
import {
  crowdOf,
  type FlowDescription,
  type Inventory,
  nameOf,
  type Problem,
  type SourceFlow,
  type UnreadThing,
  type WorkforceDescription,
  type WorkteamDescription,
} from './inventory.ts';
import { listed } from './sentences.ts';

type PieceOf<Kind extends Piece['kind']> = Extract<Piece, { kind: Kind }> & { readonly file: DumpFile };
type Pieces = <Kind extends Piece['kind']>(kind: Kind) => PieceOf<Kind>[];

/**
 * The inventory of a dump.
 *
 * @param chosen only these flow definitions and what they use.
 * @throws UsageError when the folder or a named flow definition is not there, or when nothing in it is of the aws CLI.
 */
export function readDump(folder: string, chosen: readonly string[] | undefined): Inventory {
  const files = filesOf(folder);
  const problems: Problem[] = [];
  const notes: string[] = [];
  const pieces = readPieces(folder, files, problems);
  for (const name of new Set(pieces('other').map(({ file }) => file.name)))
    notes.push(`${name} holds something else and was left out.`);
  const all = latest<FlowDescription>(pieces('flow'), 'FlowDefinitionArn');
  const flows = chosen === undefined ? all : choose(all, chosen, folder);
  const configs = flows.flatMap(({ HumanLoopConfig }) => HumanLoopConfig ?? []);
  const isUsed = (member: 'WorkteamArn' | 'HumanTaskUiArn', arn: string): boolean =>
    chosen === undefined || configs.some((config) => config[member] === arn);
  const uis = latest<TaskUiDescription>(pieces('task UI'), 'HumanTaskUiArn');
  const taskUis = uis.filter(({ HumanTaskUiArn }) => isUsed('HumanTaskUiArn', HumanTaskUiArn));
  const teams = latest<WorkteamDescription>(pieces('workteam'), 'WorkteamArn');
  const workteams = teams.filter(
    ({ WorkteamArn }) => crowdOf(WorkteamArn) === 'private' && isUsed('WorkteamArn', WorkteamArn),
  );
  const usedUis = configs.map(({ HumanTaskUiArn: arn }): UnreadThing => ({ kind: 'human-task-ui', arn }));
  const listedOf = (kind: 'flow list' | 'task UI list'): UnreadThing[] =>
    chosen === undefined ? pieces(kind).flatMap(({ things }) => things) : [];
  const unread = [
    ...without(
      listedOf('flow list'),
      all.map(({ FlowDefinitionName }) => FlowDefinitionName),
    ),
    ...without(
      [...usedUis, ...listedOf('task UI list')],
      uis.map(({ HumanTaskUiName }) => HumanTaskUiName),
    ),
  ];
  problems.push(...unread.map((thing) => ({ text: missing(thing, folder), about: thing })));
  const arns = [
    ...flows.map(({ FlowDefinitionArn }) => FlowDefinitionArn),
    ...taskUis.map(({ HumanTaskUiArn }) => HumanTaskUiArn),
    ...workteams.map(({ WorkteamArn }) => WorkteamArn),
  ];
  // Files of what was not chosen have owners too.
  const others = [
    ...all.map(({ FlowDefinitionArn }) => FlowDefinitionArn),
    ...uis.map(({ HumanTaskUiArn }) => HumanTaskUiArn),
  ];
  const tags = tagsByArn(pieces('tags'), [...arns, ...others, ...teams.map(({ WorkteamArn }) => WorkteamArn)], notes);
  notes.push(
    ...untagged(
      arns.filter((arn) => !tags.has(arn)),
      folder,
    ),
  );
  const texts = textsOf(files);
  const loops = pieces('loops').flatMap((piece) => piece.loops);
  return {
    origin: folder,
    flows: flows.map((description) => ({
      description,
      tags: tags.get(description.FlowDefinitionArn),
      ...inFlight(loops, description.FlowDefinitionArn),
    })),
    taskUis: taskUis.map((ui) => {
      const { template, problem, note } = templateOf(ui, texts, folder);
      if (problem !== undefined)
        problems.push({ text: problem, about: { kind: 'human-task-ui', arn: ui.HumanTaskUiArn } });
      if (note !== undefined) notes.push(note);
      return {
        name: ui.HumanTaskUiName,
        arn: ui.HumanTaskUiArn,
        status: ui.HumanTaskUiStatus,
        template,
        contentSha256: ui.UiTemplate.ContentSha256,
        tags: tags.get(ui.HumanTaskUiArn),
      };
    }),
    workteams: workteams.map((description) => ({ description, tags: tags.get(description.WorkteamArn) })),
    workforces: latest<WorkforceDescription>(pieces('workforce'), 'WorkforceArn'),
    people: peopleOf(pieces('people'), teams),
    unread,
    problems,
    notes,
  };
}

/** All JSON of a dump by what it is. A file that cannot be read is one of the problems. */
function readPieces(folder: string, files: readonly DumpFile[], problems: Problem[]): Pieces {
  const pieces = files.filter(isJson).flatMap((file) => {
    try {
      const values = readJson(file);
      return values.flatMap(piecesOf).map((piece) => ({ ...piece, file }));
    } catch (error) {
      problems.push({ text: `${file.name} cannot be read: ${(error as Error).message}.` });
      return [];
    }
  });
  const where = 'docs/migrate-from-a2i.md lists the commands that make them';
  if (pieces.length === 0 && problems.length === 0)
    throw new UsageError(`There are no JSON files of the aws CLI in ${folder}; ${where}.`);
  if (pieces.length > 0 && pieces.every(({ kind }) => kind === 'other'))
    throw new UsageError(`No file in ${folder} is an answer of "aws sagemaker" that is needed here; ${where}.`);
  return (kind) => pieces.filter((piece) => piece.kind === kind) as never;
}

/** The descriptions, of each ARN the last. */
function latest<Description extends object>(
  pieces: readonly { readonly description: Description }[],
  member: string & keyof Description,
): Description[] {
  return [...new Map(pieces.map(({ description }) => [description[member], description])).values()];
}

function choose(all: readonly FlowDescription[], names: readonly string[], folder: string): FlowDescription[] {
  for (const name of names)
    if (!all.some(({ FlowDefinitionName }) => FlowDefinitionName === name))
      throw new UsageError(`There is no description of a flow definition ${name} in ${folder}.`);
  return all.filter(({ FlowDefinitionName }) => names.includes(FlowDefinitionName));
}

/** Those of other names, each name once. */
function without(things: readonly UnreadThing[], names: readonly string[]): UnreadThing[] {
  const seen = new Set(names);
  return things.filter(({ arn }) => {
    const isNew = !seen.has(nameOf(arn));
    seen.add(nameOf(arn));
    return isNew;
  });
}

function missing({ kind, arn }: UnreadThing, folder: string): string {
  const name = nameOf(arn);
  return kind === 'flow-definition'
    ? `The flow definition ${name} is listed, but its description is missing: aws sagemaker describe-flow-definition --flow-definition-name ${name} > ${folder}/flow-definition-${name}.json`
    : `The description of the human task UI ${name} is missing: aws sagemaker describe-human-task-ui --human-task-ui-name ${name} > ${folder}/human-task-ui-${name}.json`;
}

function untagged(arns: readonly string[], folder: string): string[] {
  if (arns.length === 0) return [];
  const names = arns.map(nameOf);
  const shown = names.length > 3 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  return [
    `Tags are not in the dump for ${listed(shown)}: aws sagemaker list-tags --resource-arn ARN > ${folder}/tags-KIND-NAME.json`,
  ];
}

function inFlight(loops: readonly Record<string, unknown>[], arn: string): Pick<SourceFlow, 'inFlight'> {
  const own = loops.filter((loop) => loop.FlowDefinitionArn === arn);
  if (own.length === 0) return {};
  const count = own.filter(({ HumanLoopStatus: status }) => status === 'InProgress' || status === 'Stopping').length;
  return { inFlight: { count, more: false } };
}
