/** What the recorded calls alone show, whatever the nodes say now: statuses only go forward, slots have one holder. */
import { type History, type Hold, isFinal, type Loop } from './history.ts';

export function checkOrder(history: History): void {
  for (const loop of history.loops.values()) {
    checkStatuses(history, loop);
    checkHolders(history, loop);
  }
}

const rank = (status: string): number => (isFinal(status) ? 2 : status === 'Stopping' ? 1 : 0);

/** Who asks after somebody has seen a status sees it too, or a later one, whichever node answers. */
function checkStatuses(history: History, loop: Loop): void {
  const asked = [...loop.sightings].sort((a, b) => a.askedAt - b.askedAt);
  const seen = [...loop.sightings].sort((a, b) => a.seenAt - b.seenAt);
  let known: string | undefined;
  let next = 0;
  for (const { askedAt, status } of asked) {
    for (; next < seen.length && seen[next]!.seenAt < askedAt; next += 1) {
      const before = seen[next]!.status;
      if (known === undefined || rank(before) >= rank(known)) known = before;
    }
    if (known === undefined) continue;
    if (rank(status) >= rank(known) && (!isFinal(known) || status === known)) continue;
    history.violation('status went back', `${loop.name} was ${known} and then ${status}`, loop);
    return;
  }
}

function checkHolders(history: History, loop: Loop): void {
  const held = new Map<string, Hold>();
  const moments = loop.holds
    .flatMap((hold) => [
      { at: hold.from, hold, isEnd: false },
      { at: hold.until, hold, isEnd: true },
    ])
    .sort((a, b) => a.at - b.at || Number(b.isEnd) - Number(a.isEnd));
  for (const { hold, isEnd } of moments) {
    if (isEnd) {
      if (held.get(hold.assignmentId) === hold) held.delete(hold.assignmentId);
      continue;
    }
    held.set(hold.assignmentId, hold);
    const workers = [...held.values()].map(({ worker }) => worker);
    if (workers.filter((worker) => worker === hold.worker).length > 1)
      history.violation('a worker twice', `${hold.worker} held two assignments of ${loop.name}`, loop);
    if (held.size > loop.taskCount)
      history.violation(
        'too many holders',
        `${workers.join(', ')} held assignments of ${loop.name} at once, which has ${loop.taskCount}`,
        loop,
      );
  }
}
