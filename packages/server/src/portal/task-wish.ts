/** Which waiting tasks a worker wants: read from a request, and as the store looks for them. */
import { type TaskSort, type TaskWish, taskSorts } from '@holdpoint/protocol';
import { Refusal } from '../domain/refusal.ts';
import type { FlowDefinition, Workteam } from '../domain/rows.ts';
import type { Store, TaskFilter, WorkerTasksWanted } from '../store/store.ts';

/** How many waiting tasks are looked at for a wish: reading more would make everybody wait. */
export const mostSearched = 10_000;
const mostWords = 8;
/** A workteam has fewer flows than this by far; whatever has more is searched as far as here. */
const mostFlows = 5000;

/** @throws Refusal `bad-request` */
export function readWish(value: (name: keyof TaskWish) => unknown): TaskWish {
  const text = (name: keyof TaskWish, max: number): string | undefined => {
    const given = value(name);
    if (given === undefined || given === null || given === '') return undefined;
    if (typeof given !== 'string') throw new Refusal('bad-request', `'${name}' must be a text.`);
    if (given.length > max) throw new Refusal('bad-request', `'${name}' must have at most ${max} characters.`);
    return given;
  };
  const wish = {
    text: text('text', 200),
    flowDefinitionName: text('flowDefinitionName', 63),
    keyword: text('keyword', 30),
    sort: sortOf(text('sort', 20)),
  };
  if (wordsOf(wish.text).length > mostWords)
    throw new Refusal('bad-request', `'text' must have at most ${mostWords} words.`);
  return Object.fromEntries(Object.entries(wish).filter(([, given]) => given !== undefined));
}

function sortOf(text: string | undefined): TaskSort | undefined {
  const sort = taskSorts.find((one) => one === text);
  if (text !== undefined && !sort) throw new Refusal('bad-request', `'sort' must be one of ${taskSorts.join(', ')}.`);
  return sort;
}

/** A wish as the store looks for it, in the flows of the worker's teams. */
export async function wantedBy(
  wish: TaskWish,
  store: Store,
  workteams: readonly Workteam[],
): Promise<Pick<WorkerTasksWanted, 'filter' | 'order' | 'mostSearched'>> {
  const order = wish.sort;
  const words = wordsOf(wish.text);
  if (words.length === 0 && wish.flowDefinitionName === undefined && wish.keyword === undefined) return { order };
  const filter = filterOf(words, wish, await flowsOf(store, workteams));
  return { order, filter, ...(words.length > 0 && { mostSearched }) };
}

/** The flows that ask these workteams. */
export const flowsOf = async (store: Store, workteams: readonly Workteam[]): Promise<readonly FlowDefinition[]> =>
  (await Promise.all(workteams.map(({ id }) => store.flowDefinitionsOfWorkteam(id, mostFlows)))).flat();

/** Title, description and keywords of a task are those of its flow, which never change: only the loop's name is its own. */
function filterOf(words: readonly string[], wish: TaskWish, flows: readonly FlowDefinition[]): TaskFilter {
  const { flowDefinitionName, keyword } = wish;
  const isWished = ({ name, config }: FlowDefinition): boolean =>
    (flowDefinitionName === undefined || name === flowDefinitionName) &&
    (keyword === undefined || keywordsOf(config).some((one) => plain(one) === plain(keyword)));
  const wished = flows.filter(isWished);
  const texts = wished.map(({ id, name, config }) => {
    const { TaskTitle, TaskDescription } = config.HumanLoopConfig;
    return { id, text: plain([name, TaskTitle, TaskDescription, ...keywordsOf(config)].join('\n')) };
  });
  return {
    flowDefinitionIds:
      flowDefinitionName === undefined && keyword === undefined ? undefined : wished.map(({ id }) => id),
    words: words.map((text) => ({
      text,
      flowDefinitionIds: texts.filter((flow) => flow.text.includes(text)).map(({ id }) => id),
    })),
  };
}

const keywordsOf = ({ HumanLoopConfig }: FlowDefinition['config']): readonly string[] =>
  HumanLoopConfig.TaskKeywords ?? [];

const wordsOf = (text = ''): readonly string[] => [...new Set(plain(text).split(/[\s\0]+/))].filter(Boolean);

const plain = (text: string): string => text.normalize('NFKC').toLowerCase();
