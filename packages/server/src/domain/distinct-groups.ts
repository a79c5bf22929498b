/**
 * Answers from members of several groups (`holdpoint:distinct-groups`). The groups are those of the flow's workteam; a worker
 * counts for one of the workteam's groups that the worker belongs to, whichever serves best. As many groups are there as turns can
 * be matched to groups, each turn to one of its worker's and each group to one turn. As long as more slots are free than groups are
 * missing anybody may take one; then only members of groups that add one.
 */
import type { Task, Worker, Workteam } from './rows.ts';

/** Kept with the task, so that whoever takes it needs to read nothing else. */
interface GroupRule {
  /** How many different groups must be there. */
  readonly wanted: number;
  /** Those of the workteam. */
  readonly groups: readonly string[];
  /** The groups of the workers who are at the task or have answered, by the id of the assignment. */
  readonly turns: Readonly<Record<string, readonly string[]>>;
}

type Columns = Pick<Task, 'groupRule' | 'openTo'>;

/** What a new task keeps of the rule. */
export function beginGroups(wanted: number, { groups }: Workteam, slotsFree: number): Columns {
  return columnsOf({ wanted, groups, turns: {} }, slotsFree);
}

/** The columns of a task after turns were taken or given back; nothing for one without the rule. */
export function countGroups(
  { groupRule, stage }: Pick<Task, 'groupRule' | 'stage'>,
  slotsFree: number,
  { taken = {}, left = [] }: { taken?: GroupRule['turns']; left?: readonly string[] },
): Partial<Columns> {
  // Adjudicators are of another workteam.
  if (!groupRule || stage === 'adjudication') return {};
  const rule = JSON.parse(groupRule) as GroupRule;
  const turns = Object.fromEntries(Object.entries({ ...rule.turns, ...taken }).filter(([id]) => !left.includes(id)));
  return columnsOf({ ...rule, turns }, slotsFree);
}

/** The groups for which a worker can count at a task. */
export const groupsFor = (worker: Worker, workteam: Workteam): readonly string[] =>
  workteam.groups.filter((group) => worker.groups.includes(group));

/** Whether a worker may take the task as far as groups go. */
export function isOpenTo({ openTo }: Pick<Task, 'openTo'>, { groups }: Pick<Worker, 'groups'>): boolean {
  return !openTo || (JSON.parse(openTo) as readonly string[]).some((group) => groups.includes(group));
}

/** Whether the task is closed to this one person. */
export const isClosedTo = ({ closedTo }: Pick<Task, 'closedTo'>, { email }: Pick<Worker, 'email'>): boolean =>
  Boolean(closedTo) && (JSON.parse(closedTo!) as readonly string[]).includes(email);

function columnsOf(rule: GroupRule, slotsFree: number): Columns {
  const matched = match(rule);
  const isOpen = rule.wanted - matched.size < slotsFree || rule.wanted <= matched.size;
  return {
    groupRule: JSON.stringify(rule),
    openTo: isOpen ? null : JSON.stringify(adding(rule, matched)),
  };
}

/** Which turn stands for which group; as many groups as there can be (augmenting paths). */
function match({ turns }: GroupRule): ReadonlyMap<string, string> {
  const turnOf = new Map<string, string>();
  const place = (turn: string, seen: Set<string>): boolean => {
    for (const group of turns[turn] ?? []) {
      if (seen.has(group)) continue;
      seen.add(group);
      const other = turnOf.get(group);
      if (other !== undefined && !place(other, seen)) continue;
      turnOf.set(group, turn);
      return true;
    }
    return false;
  };
  for (const turn of Object.keys(turns)) place(turn, new Set());
  return turnOf;
}

/** The groups whose members add one: free ones, and those whose turn could stand for such a one instead. */
function adding({ groups, turns }: GroupRule, turnOf: ReadonlyMap<string, string>): readonly string[] {
  const found = new Set(groups.filter((group) => !turnOf.has(group)));
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const [group, turn] of turnOf) if ((turns[turn] ?? []).some((other) => found.has(other))) found.add(group);
  }
  return groups.filter((group) => found.has(group));
}
