/** What must hold of every loop that a commit touches, at the moment of the commit. */
import { submitGraceMs } from '../../packages/server/src/domain/assignment.ts';
import type { Change } from '../../packages/server/src/domain/change.ts';
import { jobId } from '../../packages/server/src/domain/jobs.ts';
import type { Assignment, HumanLoop, HumanLoopStatus, JobKind, Task } from '../../packages/server/src/domain/rows.ts';
import type { LoopRecord } from './history.ts';
import type { World } from './world.ts';

/** Statuses only move forward. A page that cannot be shown ends a loop in any status. */
const forward: { readonly [From in HumanLoopStatus]: readonly HumanLoopStatus[] } = {
  InProgress: ['Completed', 'Failed', 'Stopping'],
  Stopping: ['Stopped', 'Failed'],
  Completed: [],
  Failed: [],
  Stopped: [],
};

export const isFinalStatus = (status: HumanLoopStatus): boolean => forward[status].length === 0;

const isLive = ({ status }: Assignment): boolean =>
  status === 'open' || status === 'submitted' || status === 'declined';

export function checkCommit(world: World, changes: readonly Change[]): void {
  const touched = world.history.take(changes);
  for (const change of changes) checkChange(world, change);
  for (const id of touched) {
    const record = world.history.loops.get(id);
    if (record) checkLoop(world, record, changes);
  }
}

function checkChange(world: World, change: Change): void {
  if (change.change !== 'insert') return;
  if (change.table === 'answers') {
    const { deadline } = world.database.rows.get('assignments', change.row.assignmentId)!;
    if (change.row.submittedAt > deadline + submitGraceMs)
      world.violate('late answer', `an answer was taken ${change.row.submittedAt - deadline} ms after the deadline`);
  }
  if (change.table === 'assignments') {
    const task = world.database.rows.get('tasks', change.row.taskId);
    if (!task || change.row.acceptedAt >= task.availableUntil)
      world.violate('late accept', 'a task was accepted that was not available any more');
  }
}

/** Checks one loop against all that belongs to it. */
export function checkLoop(world: World, record: LoopRecord, changes: readonly Change[] = []): void {
  const { rows } = world.database;
  const name = world.nameOf(record.id);
  const no = (kind: string, text: string): void => world.violate(kind, `${name}: ${text}`);
  const loop = rows.get('humanLoops', record.id);
  const task = rows.by('tasks', 'humanLoopId', record.id)[0];
  const answers = rows.by('answers', 'humanLoopId', record.id);
  const input = rows.get('humanLoopInputs', record.id);
  const hasJob = (kind: JobKind, subject = record.id): boolean => rows.get('jobs', jobId(kind, subject)) !== undefined;

  if (!loop) {
    record.isDeleted = true;
    if (!isFinalStatus(record.status)) no('status', `${record.status} and deleted`);
    const assignments = [...rows.all('assignments')].filter((one) => one.humanLoopId === record.id);
    const left = [
      ...(task ? ['its task'] : []),
      ...(input ? ['its input'] : []),
      ...(answers.length > 0 ? ['answers'] : []),
      ...(rows.by('drafts', 'humanLoopId', record.id).length > 0 ? ['drafts'] : []),
      ...(rows.by('humanLoopEvents', 'humanLoopId', record.id).length > 0 ? ['events of its timeline'] : []),
      ...(assignments.length > 0 ? ['assignments'] : []),
      ...loopJobs.filter((kind) => hasJob(kind)).map((kind) => `the job ${kind}`),
    ];
    if (left.length > 0) no('left after deletion', left.join(', '));
    return;
  }
  const assignments = task ? rows.by('assignments', 'taskId', task.id) : [];
  if (loop.status !== record.status) {
    if (!forward[record.status].includes(loop.status)) no('status', `${record.status} became ${loop.status}`);
    record.status = loop.status;
    if (isFinalStatus(loop.status)) checkEnd(world, record, loop, changes);
  }
  if (isFinalStatus(loop.status) && !input && answers.length === 0) record.isPurged = true;
  else if (!input) no('left after purge', 'the input is gone and answers are not, or too early');
  const open = assignments.filter(({ status }) => status === 'open');
  checkSlots(no, task, assignments, record.isPurged ? undefined : answers.length);
  for (const { id } of assignments)
    if (hasJob('expire-assignment', id) !== open.some((one) => one.id === id))
      no(
        'jobs',
        `${world.nameOf(id)} is ${rows.get('assignments', id)?.status}, its job to expire is ${hasJob('expire-assignment', id) ? 'there' : 'not there'}`,
      );
  for (const { workerId } of open)
    if (rows.get('workers', workerId)?.status !== 'active')
      no('disabled worker', `${world.nameOf(workerId)} is disabled and holds an assignment`);
  checkProgress(no, loop, task, open.length, hasJob);
}

const loopJobs: readonly JobKind[] = ['prepare-task', 'expire-human-loop', 'write-output'];

type No = (kind: string, text: string) => void;

function checkSlots(
  no: No,
  task: Task | undefined,
  assignments: readonly Assignment[],
  answers: number | undefined,
): void {
  const live = assignments.filter(isLive);
  if (new Set(live.map(({ workerId }) => workerId)).size < live.length)
    no('one worker twice', 'a worker holds or answered the task twice');
  if (!task) return;
  const open = assignments.filter(({ status }) => status === 'open').length;
  const submitted = assignments.filter(({ status }) => status === 'submitted').length;
  if (open + submitted > task.answersNeeded)
    no('slots', `${open} open and ${submitted} submitted assignments on ${task.answersNeeded} slots`);
  if (task.assignmentsOpen !== open) no('counts', `assignmentsOpen is ${task.assignmentsOpen}, there are ${open}`);
  if (task.answersDone !== submitted) no('counts', `answersDone is ${task.answersDone}, there are ${submitted}`);
  if (answers !== undefined && answers !== submitted)
    no('counts', `${answers} answers of ${submitted} submitted assignments`);
  const free = task.answersNeeded - open - submitted;
  if (task.status === 'open' && task.slotsFree !== free) no('counts', `slotsFree is ${task.slotsFree}, not ${free}`);
}

/** A loop that is under way always has something that will move it on. */
function checkProgress(
  no: No,
  loop: HumanLoop,
  task: Task | undefined,
  open: number,
  hasJob: (kind: JobKind) => boolean,
): void {
  const jobs = loopJobs.filter((kind) => hasJob(kind));
  const wanted = ((): readonly JobKind[] => {
    if (isFinalStatus(loop.status)) return [];
    if (loop.status === 'Stopping') return open > 0 ? [] : ['write-output'];
    if (!task) return ['prepare-task'];
    if (task.answersDone >= task.answersNeeded) return ['write-output'];
    // Closed with answers missing: its availability is over, and whoever holds it may still finish.
    return task.status === 'closed' && open > 0 ? [] : ['expire-human-loop'];
  })();
  // The job that just found nothing to do any more goes a moment later.
  const needless = jobs.filter(
    (kind) =>
      !wanted.includes(kind) &&
      !(kind === 'expire-human-loop' && task?.status === 'closed') &&
      !(kind === 'prepare-task' && task),
  );
  const missing = wanted.filter((kind) => !jobs.includes(kind));
  if (missing.length > 0)
    no('nothing moves it on', `${loop.status}, task ${task?.status}, ${open} open, without ${missing.join()}`);
  if (needless.length > 0)
    no('needless job', `${loop.status}, task ${task?.status}, ${open} open, with ${needless.join()}`);
  if (isFinalStatus(loop.status) !== (loop.finishedAt !== null))
    no('status', `${loop.status} with finishedAt ${loop.finishedAt}`);
  if (isFinalStatus(loop.status) && open > 0) no('status', `${loop.status} while ${open} work on it`);
  if (loop.status !== 'InProgress' && task?.status === 'open') no('open task', `${loop.status} with an open task`);
  if (loop.status === 'Completed' && task && task.answersDone < task.answersNeeded)
    no('status', 'Completed with answers missing');
}

/** At the moment of its end: the output is there and right, and every target is told. */
function checkEnd(world: World, record: LoopRecord, loop: HumanLoop, changes: readonly Change[]): void {
  const no = (kind: string, text: string): void => world.violate(kind, `${world.nameOf(record.id)}: ${text}`);
  // Of a gold item nothing is written, and nobody is told.
  if (loop.goldItemId) {
    if (changes.some((change) => change.change === 'insert' && change.table === 'eventDeliveries'))
      no('events', 'the end of a gold item is told');
    return;
  }
  const text = world.objects.texts.get(loop.outputS3Uri);
  if (loop.status !== 'Failed') {
    if (text === undefined) return void no('status before output', `${loop.status} without its output`);
    record.output = text;
    const [task] = world.database.rows.by('tasks', 'humanLoopId', record.id);
    const problem = outputProblem(record, text, task);
    if (problem) no('wrong output', problem);
  }
  for (const target of world.database.rows.all('eventTargets')) {
    // Who came later may have come too late to be told.
    const since = world.history.targetsSince.get(target.id) ?? 0;
    if (target.kind !== 'human-loop' || since >= record.since) continue;
    const told = changes.filter(
      (change) =>
        change.change === 'insert' && change.table === 'eventDeliveries' && change.row.eventTargetId === target.id,
    );
    if (told.length !== 1) no('events', `${told.length} deliveries to ${world.nameOf(target.id)} at its end`);
  }
}

/** What is wrong with an output, compared with every answer that was saved for the loop and not taken back. */
export function outputProblem(record: LoopRecord, text: string, task?: Task): string | undefined {
  const output = JSON.parse(text);
  const written = output.humanAnswers.map((one: { answerContent: unknown }) => JSON.stringify(one.answerContent));
  const inOrder = record.answers.map(({ answerContent }) => answerContent);
  // An adjudicator answers last and comes first.
  const isAdjudicated = task?.stage === 'adjudication' && task.answersDone >= task.answersNeeded;
  const saved = isAdjudicated ? [inOrder.at(-1)!, ...inOrder.slice(0, -1)] : inOrder;
  if (output.humanLoopName !== record.name) return `it is that of ${output.humanLoopName}`;
  if (JSON.stringify(output.inputContent) !== record.inputContent) return 'its input is another';
  if (written.length !== saved.length || saved.some((one, index) => written[index] !== one))
    return `it holds ${written.join(' ') || 'no answers'}, saved were ${saved.join(' ') || 'none'}`;
  return undefined;
}
