// One worker's day: comes, works, has breaks, goes. What the portal says yes to is written into the ledger.
import type {
  AcceptTaskResponse,
  AssignmentView,
  NextTaskPreview,
  NextTaskResponse,
  PortalErrorCode,
  SubmitAnswerResponse,
} from '@holdpoint/protocol';
import type { Random } from '../crash/random.ts';
import type { Agenda } from './agenda.ts';
import type { Ledger, LedgerLoop } from './ledger.ts';
import type { PortalReply, PortalVisitor } from './portal-visitor.ts';

const second = 1000;
const minute = 60 * second;
/** A turn ends by itself in one way: even a loop that is stopped waits for those who are at work. */
const over: readonly PortalErrorCode[] = ['time-over'];

export interface WorkerDay {
  readonly email: string;
  readonly visitor: PortalVisitor;
  readonly agenda: Agenda;
  readonly random: Random;
  readonly ledger: Ledger;
  /** Moments at which breaks begin, and at which the day is over. */
  readonly breaks: number[];
  readonly leavesAt: number;
}

/** A turn at a task, as the worker knows it. */
interface Turn {
  readonly assignmentId: string;
  readonly loop: LedgerLoop;
  readonly acceptedAt: number;
  readonly deadline: number;
  pausedMs: number;
  isReopened: boolean;
}

export function liveThroughDay({
  email,
  visitor,
  agenda,
  random,
  ledger,
  breaks,
  leavesAt,
}: WorkerDay): () => Promise<void> {
  const now = () => agenda.clock.now();
  const between = (least: number, most: number) => least + random.integer(most - least);

  /** The body of a yes. Notes a refusal that should not be; `codes` may be. */
  function yes<Body>(
    what: string,
    { body, refusal }: PortalReply<Body>,
    codes: readonly PortalErrorCode[] = [],
  ): Body | undefined {
    if (refusal === undefined) return body;
    const { status, code, message } = refusal;
    ledger.count(`${what}: ${code}`);
    if (!codes.includes(code)) ledger.surprises.push(`${email}: ${what} was answered ${status} ${code}: ${message}`);
    return undefined;
  }

  const act = <Body = object>(verb: string, { assignmentId }: Turn, body?: object) =>
    visitor.post<Body>(`assignments/${assignmentId}/${verb}`, body);

  /** Takes what comes next, half of the time the task that was found before, as the portal's page does. */
  async function begin(): Promise<void> {
    if (now() >= leavesAt) return ledger.count('days ended');
    if (breaks[0] !== undefined && now() >= breaks[0]) {
      breaks.shift();
      ledger.count('breaks');
      return agenda.after(between(10 * minute, 45 * minute), begin);
    }
    const assignmentId = random.chance(0.5) ? await takeAhead() : await takeNext();
    if (assignmentId === undefined) return agenda.after(between(2 * minute, 8 * minute), begin);
    const reply = await visitor.get<AssignmentView>(`assignments/${assignmentId}`);
    // A loop can be stopped in the same moment.
    const view = yes('look at the task', reply, ['not-found']);
    if (view === undefined) return agenda.after(minute, begin);
    const { humanLoopName, acceptedAt, deadline } = view;
    const loop = ledger.loops.get(humanLoopName)!;
    ledger.count('accepted');
    work({
      assignmentId,
      loop,
      acceptedAt: Date.parse(acceptedAt),
      deadline: Date.parse(deadline),
      pausedMs: 0,
      isReopened: false,
    });
  }

  async function takeNext(): Promise<string | undefined> {
    const reply = await visitor.post<NextTaskResponse>('tasks/next');
    return yes('take the next task', reply, ['try-again'])?.assignmentId ?? undefined;
  }

  async function takeAhead(): Promise<string | undefined> {
    const taskId = yes('find the next task', await visitor.get<NextTaskPreview>('tasks/next'))?.taskId ?? undefined;
    if (taskId === undefined) return undefined;
    const reply = await visitor.post<AcceptTaskResponse>(`tasks/${taskId}/accept`);
    const accepted = yes('accept the task', reply, ['task-taken', 'task-gone', 'try-again']);
    return accepted ? accepted.assignmentId : takeNext();
  }

  function work(turn: Turn): void {
    const draw = random.number();
    if (draw < 0.05) agenda.after(between(10 * second, minute), () => leave('decline', turn));
    else if (draw < 0.1) agenda.after(between(10 * second, minute), () => leave('release', turn));
    else if (draw < 0.15) agenda.after(between(10 * second, minute), () => putAside(turn));
    // Falls asleep, and comes back when the time is over, the five seconds after it and what counts as one moment.
    else if (draw < 0.18) agenda.at(turn.deadline + between(10 * second, 5 * minute), () => tooLate(turn));
    else agenda.after(between(20 * second, 5 * minute), () => submit(turn));
    if (random.chance(0.3)) agenda.after(5 * second, () => keepDraft(turn));
  }

  async function keepDraft(turn: Turn): Promise<void> {
    const draft = { version: 1, controls: { 'input/note': { value: 'half' } } };
    if (yes('keep a draft', await act('draft', turn, { draft }), over)) ledger.count('drafts');
  }

  async function leave(verb: 'decline' | 'release', turn: Turn): Promise<void> {
    const reasons = ['not-for-me', 'cannot-answer'] as const;
    const body = verb === 'decline' ? { reason: random.pick(reasons) } : {};
    if (yes(verb, await act(verb, turn, body), over)) ledger.count(`${verb}d`);
    agenda.after(between(second, 20 * second), begin);
  }

  async function putAside(turn: Turn): Promise<void> {
    if (!yes('stop', await act('stop', turn), over)) return agenda.after(second, begin);
    ledger.count('put aside');
    const stoppedAt = now();
    agenda.after(between(minute, 15 * minute), async () => {
      // A task that was put aside is gone when its loop is stopped.
      if (!yes('resume', await act('resume', turn), [...over, 'task-gone'])) return agenda.after(second, begin);
      ledger.count('resumed');
      turn.pausedMs += now() - stoppedAt;
      agenda.after(between(10 * second, 2 * minute), () => submit(turn));
    });
  }

  async function tooLate(turn: Turn): Promise<void> {
    const reply = await act('submit', turn, { answerContent: { note: 'too late' } });
    if (yes('submit too late', reply, over))
      ledger.surprises.push(`${email}: an answer was taken after its time was over`);
    agenda.after(second, begin);
  }

  async function submit(turn: Turn): Promise<void> {
    const content = { note: `${email} ${turn.isReopened ? 'on second thoughts' : 'at first'} ${random.integer(1e9)}` };
    const submitted = yes('submit', await act<SubmitAnswerResponse>('submit', turn, { answerContent: content }), over);
    if (submitted === undefined) return agenda.after(second, begin);
    ledger.count('submitted');
    const seconds = turn.isReopened ? undefined : (now() - turn.acceptedAt - turn.pausedMs) / 1000;
    const { assignmentId } = turn;
    turn.loop.answers.set(assignmentId, { assignmentId, worker: email, content, seconds });
    if (random.chance(0.05)) await submitAgain(turn, content);
    const { undoMs } = submitted;
    if (undoMs > 0 && random.chance(0.1)) return agenda.after(random.integer(undoMs + 5 * second), () => undo(turn));
    agenda.after(between(second, 10 * second), begin);
  }

  /** A second tab, or a lost reply: the same answer again is the same answer, another one is refused. */
  async function submitAgain(turn: Turn, content: object): Promise<void> {
    const [same, other] = await Promise.all([
      act('submit', turn, { answerContent: content }),
      act('submit', turn, { answerContent: { note: 'of another tab' } }),
    ]);
    ledger.count('submitted twice');
    yes('submit the same again', same);
    if (other.refusal === undefined) ledger.surprises.push(`${email}: a second answer to one task was taken`);
  }

  async function undo(turn: Turn): Promise<void> {
    if (!yes('undo', await act('undo', turn), ['answer-final'])) return agenda.after(second, begin);
    ledger.count('undone');
    turn.loop.answers.delete(turn.assignmentId);
    turn.isReopened = true;
    agenda.after(between(5 * second, minute), () => submit(turn));
  }

  return begin;
}
