/** What has ever been, as commits told it: the rows may be gone by now. */
import type { Change } from '../../packages/server/src/domain/change.ts';
import type {
  Answer,
  Assignment,
  EventDelivery,
  HumanLoop,
  HumanLoopStatus,
} from '../../packages/server/src/domain/rows.ts';

export interface LoopRecord {
  readonly id: string;
  readonly name: string;
  readonly first: HumanLoop;
  /** The number of the commit that made it. */
  readonly since: number;
  readonly inputContent: string;
  status: HumanLoopStatus;
  isDeleted: boolean;
  isPurged: boolean;
  /** The text of its output when it ended. */
  output: string | undefined;
  /** Those that were not taken back. */
  readonly answers: Answer[];
}

export interface History {
  readonly loops: Map<string, LoopRecord>;
  readonly assignments: Map<string, Assignment>;
  readonly answers: Map<string, Answer>;
  /** Everything that was ever saved as the answer of a turn. */
  readonly said: Map<string, Set<string>>;
  /** How many loops name an object. */
  readonly outputs: Map<string, LoopRecord[]>;
  readonly labels: Map<string, string>;
  /** Takes in a commit; answers the loops that it is about. */
  take(changes: readonly Change[]): Set<string>;
  readonly targetsSince: Map<string, number>;
  /** Deliveries that were given up, and not sent again since; dead letters are purged. */
  readonly givenUp: Map<string, EventDelivery>;
  /** Counts commits. */
  commits: number;
}

export function createHistory(): History {
  const tasks = new Map<string, string>();
  const ofName = new Map<string, number>();
  const history: History = {
    loops: new Map(),
    assignments: new Map(),
    answers: new Map(),
    said: new Map(),
    outputs: new Map(),
    labels: new Map(),
    targetsSince: new Map(),
    givenUp: new Map(),
    commits: 0,
    take(changes) {
      history.commits += 1;
      const touched = new Set<string>();
      for (const change of changes) if (change.change !== 'guard') takeOne(change, changes, touched);
      return touched;
    },
  };

  function takeLoop(row: HumanLoop, changes: readonly Change[]): void {
    const input = changes.find((one) => one.change === 'insert' && one.table === 'humanLoopInputs');
    const count = (ofName.get(row.name) ?? 0) + 1;
    ofName.set(row.name, count);
    const record: LoopRecord = {
      id: row.id,
      name: row.name,
      first: row,
      since: history.commits,
      inputContent: input?.change === 'insert' && input.table === 'humanLoopInputs' ? input.row.inputContent : '',
      status: row.status,
      isDeleted: false,
      isPurged: false,
      output: undefined,
      answers: [],
    };
    history.loops.set(row.id, record);
    history.outputs.set(row.outputS3Uri, [...(history.outputs.get(row.outputS3Uri) ?? []), record]);
    history.labels.set(row.id, count === 1 ? row.name : `${row.name} no. ${count}`);
  }

  /** Of a loop that has ended answers are purged; before, one that goes was taken back. */
  function takeBack(assignmentId: string, touched: Set<string>): void {
    const loop = history.loops.get(history.answers.get(assignmentId)?.humanLoopId ?? '');
    if (!loop) return;
    touched.add(loop.id);
    const at = loop.answers.findIndex((answer) => answer.assignmentId === assignmentId);
    if (loop.status === 'InProgress' && at >= 0) loop.answers.splice(at, 1);
  }

  function takeOne(
    change: Exclude<Change, { change: 'guard' }>,
    changes: readonly Change[],
    touched: Set<string>,
  ): void {
    const isNew = change.change === 'insert';
    switch (change.table) {
      case 'humanLoops':
        if (change.change === 'insert') takeLoop(change.row, changes);
        touched.add(change.change === 'discard' ? change.key : change.row.id);
        return;
      case 'eventDeliveries':
        if (change.change === 'insert')
          history.labels.set(change.row.id, `event to ${history.labels.get(change.row.eventTargetId)}`);
        if (change.change !== 'update' || change.set.failedAt === undefined) return;
        if (change.set.failedAt === null) history.givenUp.delete(change.row.id);
        else history.givenUp.set(change.row.id, change.row);
        return;
      case 'humanLoopInputs':
        touched.add(change.change === 'discard' ? change.key : change.row.humanLoopId);
        return;
      case 'tasks':
        if (change.change === 'discard') return void touched.add(tasks.get(change.key) ?? '');
        tasks.set(change.row.id, change.row.humanLoopId);
        if (isNew) history.labels.set(change.row.id, `task of ${history.labels.get(change.row.humanLoopId)}`);
        return void touched.add(change.row.humanLoopId);
      case 'assignments': {
        if (change.change === 'discard')
          return void touched.add(history.assignments.get(change.key)?.humanLoopId ?? '');
        const { row } = change;
        if (change.change === 'insert') {
          history.assignments.set(row.id, row);
          const label = history.labels;
          label.set(row.id, `turn of ${label.get(row.workerId)} at ${label.get(row.humanLoopId)}`);
        }
        return void touched.add(row.humanLoopId);
      }
      case 'answers': {
        if (change.change === 'discard') {
          takeBack(change.key, touched);
          return;
        }
        const { row } = change;
        if (change.change === 'insert') {
          history.answers.set(row.assignmentId, row);
          history.said.set(row.assignmentId, (history.said.get(row.assignmentId) ?? new Set()).add(row.answerContent));
          history.loops.get(row.humanLoopId)?.answers.push(row);
        }
        return void touched.add(row.humanLoopId);
      }
      case 'jobs': {
        const id = change.change === 'discard' ? change.key : change.row.id;
        const subject = id.slice(id.indexOf(':') + 1);
        const assignment = history.assignments.get(subject);
        if (assignment) touched.add(assignment.humanLoopId);
        else if (history.loops.has(subject)) touched.add(subject);
        return;
      }
      case 'workers':
        if (change.change === 'discard') return;
        history.labels.set(change.row.id, change.row.name);
        for (const one of history.assignments.values())
          if (one.workerId === change.row.id) touched.add(one.humanLoopId);
        return;
      case 'eventTargets':
        if (change.change !== 'insert') return;
        history.labels.set(change.row.id, `target ${history.targetsSince.size + 1}`);
        history.targetsSince.set(change.row.id, history.commits);
        return;
      case 'flowDefinitions':
      case 'workteams':
      case 'humanTaskUis':
        if (change.change === 'insert') history.labels.set(change.row.id, change.row.name);
    }
  }
  return history;
}
