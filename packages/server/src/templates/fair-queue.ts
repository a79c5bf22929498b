// Renders that wait, in an order that is fair between templates: the one that has had the least time comes first.
//
// A template that takes long therefore waits for all others, however many of its renders are queued, and a batch never
// holds more than one render of a template whose cost is unknown.

/** Milliseconds; a template that takes longer on average is slow: its renders go alone and never fill all processes. */
export const slowTime = 50;
/** Milliseconds of work, as far as is known, that one batch may hold. */
const batchTime = 8;
const batchSize = 64;
/** Milliseconds charged for a render of a template that never ran. */
const unknownCost = 1;
/** Parsed templates are kept by the render processes for these; the sizes are characters of source. */
const keptTemplates = 256;
const keptCharacters = 600_000;

interface Waiting<Job> {
  job: Job;
  /** Processes that ended while they had it; after one it goes alone, so that it is known which render did it. */
  ends: number;
}

export interface Lane<Job> {
  readonly id: number;
  readonly template: string;
  readonly waiting: Waiting<Job>[];
  /** Milliseconds that its renders took, on a scale that all lanes share. */
  spent: number;
  /** Milliseconds per render, once known. */
  cost: number | undefined;
  /** Renders that were taken and are not finished. */
  running: number;
}

export interface Taken<Job> extends Waiting<Job> {
  lane: Lane<Job>;
  /** Milliseconds charged in advance. */
  charged: number;
}

export interface FairQueue<Job> {
  readonly size: number;
  add(template: string, job: Job): void;
  /** Takes the next batch; without `slow` only what need not go alone. */
  take(slow: boolean): Taken<Job>[];
  /** Settles what a taken render really took. */
  finish(taken: Taken<Job>, milliseconds: number): void;
  /** Puts a taken render back to the front; `suspect` when its process ended and it may be the reason. */
  giveBack(taken: Taken<Job>, suspect: boolean): void;
  /** Empties the queue. */
  drain(): Job[];
}

/** Whether the lane's next render goes alone: it is slow, or may have ended a process. */
function goesAlone<Job>({ cost = 0, waiting }: Lane<Job>): boolean {
  return cost > slowTime || (waiting[0]?.ends ?? 0) > 0;
}

/** @param onForget called with the id of a template that is no longer kept */
export function createFairQueue<Job>(onForget: (id: number) => void): FairQueue<Job> {
  const lanes = new Map<string, Lane<Job>>();
  let size = 0;
  let clock = 0;
  let characters = 0;
  let lastId = 0;

  function laneOf(template: string): Lane<Job> {
    const known = lanes.get(template);
    if (known) {
      // Maps keep insertion order: the front is what was used longest ago.
      lanes.delete(template);
      lanes.set(template, known);
      return known;
    }
    lastId += 1;
    const lane: Lane<Job> = { id: lastId, template, waiting: [], spent: clock, cost: undefined, running: 0 };
    lanes.set(template, lane);
    characters += template.length;
    forgetOldest();
    return lane;
  }

  function forgetOldest(): void {
    for (const lane of lanes.values()) {
      if (!isCrowded()) return;
      if (lane.id !== lastId) forget(lane);
    }
  }

  function isCrowded(): boolean {
    return lanes.size > keptTemplates || characters > keptCharacters;
  }

  function forget(lane: Lane<Job>): void {
    if (lane.waiting.length > 0 || lane.running > 0) return;
    lanes.delete(lane.template);
    characters -= lane.template.length;
    onForget(lane.id);
  }

  function next(slow: boolean): Lane<Job> | undefined {
    let best: Lane<Job> | undefined;
    for (const lane of lanes.values()) {
      if (lane.waiting.length === 0 || (!slow && goesAlone(lane))) continue;
      if (!best || lane.spent < best.spent) best = lane;
    }
    return best;
  }

  function takeFrom(lane: Lane<Job>): Taken<Job> {
    const charged = lane.cost ?? unknownCost;
    clock = Math.max(clock, lane.spent);
    lane.spent += charged;
    lane.running += 1;
    size -= 1;
    return { ...(lane.waiting.shift() as Waiting<Job>), lane, charged };
  }

  return {
    get size() {
      return size;
    },
    add(template, job) {
      const lane = laneOf(template);
      if (lane.waiting.length === 0) lane.spent = Math.max(lane.spent, clock);
      lane.waiting.push({ job, ends: 0 });
      size += 1;
    },
    take(slow) {
      const batch: Taken<Job>[] = [];
      let time = 0;
      while (batch.length < batchSize && time < batchTime) {
        const lane = next(slow);
        if (!lane || (batch.length > 0 && goesAlone(lane))) break;
        const taken = takeFrom(lane);
        batch.push(taken);
        time += taken.charged;
        if (lane.cost === undefined || taken.ends > 0) break;
      }
      return batch;
    },
    finish({ lane, charged }, milliseconds) {
      lane.running -= 1;
      lane.spent += milliseconds - charged;
      lane.cost = lane.cost === undefined ? milliseconds : 0.7 * lane.cost + 0.3 * milliseconds;
      if (isCrowded()) forget(lane);
    },
    giveBack({ job, ends, lane, charged }, suspect) {
      lane.running -= 1;
      lane.spent -= charged;
      lane.waiting.unshift({ job, ends: suspect ? ends + 1 : ends });
      size += 1;
    },
    drain() {
      const jobs = [...lanes.values()].flatMap((lane) => lane.waiting.splice(0).map(({ job }) => job));
      size = 0;
      return jobs;
    },
  };
}
