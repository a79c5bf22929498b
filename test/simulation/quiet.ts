/** What must hold when nobody asks for anything any more: at first, when all deadlines are over, and when all is purged. */
import { isMember } from '../../packages/server/src/domain/assignment.ts';
import { isClosedTo, isOpenTo } from '../../packages/server/src/domain/distinct-groups.ts';
import { isBarred } from '../../packages/server/src/domain/gold.ts';
import { setPaused, span, type Tell } from './actions.ts';
import { checkLoop, isFinalStatus } from './check-commit.ts';
import { type CommandContext, finishTurn, takeNext } from './commands.ts';
import type { LoopRecord } from './history.ts';
import type { Person, World } from './world.ts';

const day = 86_400_000;
/** More than any run takes that goes on. */
const mostSteps = 30_000;

export interface Quiet {
  readonly world: World;
  readonly tell: Tell;
  /** Counts a step. */
  readonly stepped: () => void;
}

/** Lets everything end that was begun, then time pass until nothing is left to do; checks what must hold. */
export async function endQuietly(quiet: Quiet): Promise<void> {
  const { world, tell } = quiet;
  tell(() => 'nobody asks for more; what was begun goes on');
  for (const node of world.nodes) setPaused(world, node, false);
  world.objects.isUp = true;
  await settleWithin(quiet, 0);
  if (!world.violation) for (const person of world.people.slice(0, 3)) await workAlone(quiet, person);
  tell(() => 'time passes until every deadline is over');
  await settleWithin(quiet, 400 * day);
  if (world.violation) return;
  checkEnded(world);
  tell(() => 'a month passes');
  world.scheduler.pass(31 * day);
  await settleWithin(quiet, 120_000, true);
  if (!world.violation) checkPurged(world);
}

/** Runs what can run, one after the other; then lets time pass to what is due next, at most for so long in all. */
async function settleWithin({ world, tell, stepped }: Quiet, horizon: number, isPurging = false): Promise<void> {
  const { scheduler, database } = world;
  let left = horizon;
  let idle = 0;
  for (let steps = 0; !world.violation; steps++) {
    if (steps > mostSteps)
      return world.violate('never quiet', `after ${mostSteps} steps there is still something to do`);
    const one = scheduler.runnable()[0];
    if (one) {
      stepped();
      tell(() => `${one.process} ${one.what()}`);
      await scheduler.step(one);
      continue;
    }
    const timer = scheduler.nextTimerAt();
    const wait = nextDueAt(isPurging) - scheduler.now;
    // Commands that wait, and jobs that are held by a node that is gone, go on with a timer.
    if (world.underWay.size > 0 || wait <= 0) {
      if (timer === undefined || idle > 1000)
        return world.violate(
          'stuck',
          `${[...world.underWay.keys()].map((id) => `c${id}`).join(', ') || 'a due job'} does not go on`,
        );
      idle += 1;
      pass(timer - scheduler.elapsed);
      continue;
    }
    if (wait > left) return;
    left -= wait;
    pass(wait);
  }

  /** Whoever only looks again and again, whether people have finished say, is no reason to wait while there is another. */
  function nextDueAt(isPurging: boolean): number {
    let due = Number.POSITIVE_INFINITY;
    let look = Number.POSITIVE_INFINITY;
    for (const { kind, dueAt } of database.rows.all('jobs'))
      if (kind === 'delete-flow-definition') look = Math.min(look, dueAt);
      else if (isPurging || kind !== 'purge-human-loops') due = Math.min(due, dueAt);
    return Number.isFinite(due) ? due : look;
  }

  function pass(milliseconds: number): void {
    tell(() => `${span(milliseconds)} pass`);
    scheduler.pass(milliseconds);
  }
}

/** One person takes and answers whatever there is, alone: nothing may be in the way, and everything must be offered. */
async function workAlone(quiet: Quiet, person: Person): Promise<void> {
  const { world, tell } = quiet;
  const alone = async (what: string, use: (context: CommandContext) => Promise<string>): Promise<string> => {
    const id = 1_000_000 + world.tally.size + world.history.commits;
    const process = world.scheduler.process(`c${id} ${what}`, world.nodes[0]!.name);
    let outcome = 'no answer';
    world.underWay.set(id, process.node);
    world.scheduler
      .run(process, () => use({ world, node: world.nodes[0]!, random: process.random, id }))
      .then((answer) => {
        outcome = answer;
        tell(() => `${process.name} of ${person.name} is answered: ${outcome}`);
      })
      .finally(() => world.underWay.delete(id));
    await world.scheduler.settle();
    await settleWithin(quiet, 0);
    if (outcome === 'try-again' || outcome === 'internal' || outcome === 'no answer')
      world.violate('not alone', `${what} of ${person.name}, with nobody else there, was answered ${outcome}`);
    return outcome;
  };
  for (let turns = 0; turns < 30 && !world.violation; turns++) {
    const outcome = await alone('takes alone', (context) => takeNext(context, person));
    if (outcome === 'nothing') return world.violation ? undefined : checkOffered(world, person);
    if (outcome !== '200') return;
    const finished = await alone('answers alone', (context) => finishTurn(context, person));
    if (finished !== '200' && finished !== 'time-over')
      world.violate('lost', `an answer of somebody alone was refused: ${finished}`);
  }
}

/** Of what may be taken nothing was left out. */
function checkOffered(world: World, { name, email }: Person): void {
  const { rows } = world.database;
  const worker = [...rows.all('workers')].find((one) => one.email === email);
  if (!worker) return;
  for (const task of rows.all('tasks')) {
    const workteam = rows.get('workteams', task.workteamId);
    const hasBeen = rows
      .by('assignments', 'taskId', task.id)
      .some((one) => one.workerId === worker.id && ['open', 'submitted', 'declined'].includes(one.status));
    const isWaiting = rows.get('humanLoops', task.humanLoopId)?.status === 'InProgress';
    const isThere = task.status === 'open' && task.slotsFree > 0 && task.availableUntil > world.scheduler.now;
    const mayTake = isOpenTo(task, worker) && !isClosedTo(task, worker) && !isBarred(worker, task.flowDefinitionId);
    if (workteam && isWaiting && isThere && mayTake && isMember(worker, workteam) && !hasBeen)
      world.violate('not offered', `${world.nameOf(task.id)} waits for people and was not offered to ${name}`);
  }
}

function checkEnded(world: World): void {
  const { rows } = world.database;
  for (const record of world.history.loops.values()) {
    checkLoop(world, record);
    if (!isFinalStatus(record.status))
      world.violate('never ends', `${world.nameOf(record.id)} is ${record.status} when all deadlines are over`);
    // No output is written of a gold item, and nobody is told.
    if (record.first.goldItemId) continue;
    checkOutput(world, record);
    checkEvents(world, record);
  }
  for (const table of ['humanLoopInputs', 'tasks', 'assignments', 'answers', 'drafts', 'humanLoopEvents'] as const)
    for (const { humanLoopId } of rows.all(table))
      if (!rows.get('humanLoops', humanLoopId))
        world.violate('left after deletion', `${table} of ${world.nameOf(humanLoopId)}`);
  for (const job of rows.all('jobs'))
    if (job.kind !== 'purge-human-loops') world.violate('left job', `${world.nameOfJob(job)} when all is over`);
  for (const flow of rows.all('flowDefinitions'))
    if (flow.status !== 'Active') world.violate('flow definition', `${flow.name} is still ${flow.status}`);
  for (const delivery of rows.all('eventDeliveries'))
    if (delivery.failedAt === null) world.violate('events', `${world.nameOf(delivery.id)} waits without a job`);
}

/** Exactly one output of each loop that has one, as it was when the loop ended. */
function checkOutput(world: World, record: LoopRecord): void {
  const uri = record.first.outputS3Uri;
  // A name that is used again within the second of its start has the same address.
  if (world.history.outputs.get(uri)!.length > 1) return;
  const text = world.objects.texts.get(uri);
  const name = world.nameOf(record.id);
  if (record.status === 'Failed' && text !== undefined)
    world.violate('wrong output', `${name} is Failed and has an output`);
  if (record.status !== 'Failed' && text !== record.output)
    world.violate('output after the end', `that of ${name} is another than at its end`);
}

/** At least one event to each target that was there all the time, unless its delivery was given up. */
function checkEvents(world: World, record: LoopRecord): void {
  for (const target of world.database.rows.all('eventTargets')) {
    const since = world.history.targetsSince.get(target.id) ?? 0;
    if (target.kind !== 'human-loop' || since >= record.since) continue;
    const isOfLoop = (event: string): boolean => {
      const { detail } = JSON.parse(event);
      return (
        detail?.humanLoopName === record.name &&
        detail.creationTime === new Date(record.first.createdAt).toISOString() &&
        detail.humanLoopStatus === record.status
      );
    };
    const givenUp = [...world.history.givenUp.values()].filter((one) => one.eventTargetId === target.id);
    if ((world.received.get(target.id) ?? []).some(isOfLoop) || givenUp.some(({ event }) => isOfLoop(event))) continue;
    world.violate(
      'events',
      `${world.nameOf(target.id)} never heard that ${world.nameOf(record.id)} is ${record.status}`,
    );
  }
}

function checkPurged(world: World): void {
  const { rows } = world.database;
  for (const input of rows.all('humanLoopInputs'))
    world.violate('not purged', `the input of ${world.nameOf(input.humanLoopId)}, a month after its end`);
  for (const answer of rows.all('answers'))
    world.violate('not purged', `an answer of ${world.nameOf(answer.humanLoopId)}, a month after its end`);
  for (const draft of rows.all('drafts'))
    world.violate('not purged', `a draft of ${world.nameOf(draft.humanLoopId)}, a month after its end`);
  for (const event of rows.all('humanLoopEvents'))
    world.violate('not purged', `${event.kind} of ${world.nameOf(event.humanLoopId)}, a month after its end`);
}
