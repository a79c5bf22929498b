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
): Promise<Pick<WorkerTasksWanted, 'flowDefinitionName' | 'filter' | 'order' | 'mostSearched'>> {
  const { flowDefinitionName, sort: order } = wish;
  const words = wordsOf(wish.text);
  if (words.length === 0 && wish.keyword === undefined) return { flowDefinitionName, order };
  const filter = filterOf(words, wish.keyword, await flowsOf(store, workteams));
  return { flowDefinitionName, order, filter, mostSearched };
}

/** The flows that ask these workteams. */
export const flowsOf = async (store: Store, workteams: readonly Workteam[]): Promise<readonly FlowDefinition[]> =>
  (await Promise.all(workteams.map(({ id }) => store.flowDefinitionsOfWorkteam(id, mostFlows)))).flat();

/** Title, description and keywords of a task are those of its flow, which never change: only the loop's name is its own. */
function filterOf(words: readonly string[], keyword: string | undefined, flows: readonly FlowDefinition[]): TaskFilter {
  const wanted = keyword && plain(keyword);
  const ofKeyword = flows.filter(
    ({ config }) => !wanted || (config.HumanLoopConfig.TaskKeywords ?? []).some((one) => plain(one) === wanted),
  );
  const texts = ofKeyword.map(({ id, name, config: { HumanLoopConfig: facts } }) => ({
    id,
    text: plain([name, facts.TaskTitle, facts.TaskDescription, ...(facts.TaskKeywords ?? [])].join('\n')),
  }));
  return {
    flowDefinitionIds: wanted ? texts.map(({ id }) => id) : undefined,
    words: words.map((word) => ({
      text: word,
      flowDefinitionIds: texts.filter(({ text }) => text.includes(word)).map(({ id }) => id),
    })),
  };
}

const wordsOf = (text = ''): readonly string[] => [...new Set(plain(text).split(/[\s\0]+/))].filter(Boolean);

const plain = (text: string): string => text.normalize('NFKC').toLowerCase();
