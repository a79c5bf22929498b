// Renders that wait, in an order that is fair between templates: the one that has had the least time comes first.
//
// A template that takes long therefore waits for all others, however many of its renders are queued, and a batch never
// holds more than one render of a template whose cost is unknown.

/** Milliseconds; a template that takes longer on average is slow: its renders go alone and never fill all threads. */
export const slowTime = 50;
/** Milliseconds of work, as far as is known, that one batch may hold. */
const batchTime = 8;
const batchSize = 64;
/** Milliseconds charged for a render of a template that never ran. */
const unknownCost = 1;
/** Parsed templates are kept by the threads for these; the sizes are characters of source. */
const keptTemplates = 256;
const keptCharacters = 600_000;

export interface Lane<Job> {
  readonly id: number;
  readonly template: string;
  readonly waiting: Job[];
  /** Milliseconds that its renders took, on a scale that all lanes share. */
  spent: number;
  /** Milliseconds per render, once known. */
  cost: number | undefined;
  /** Renders that were taken and are not finished. */
  running: number;
}

export interface Taken<Job> {
  job: Job;
  lane: Lane<Job>;
  /** Milliseconds charged in advance. */
  charged: number;
}

export interface FairQueue<Job> {
  readonly size: number;
  add(template: string, job: Job): void;
  /** Takes the next batch; without `slow` only of templates that are not slow. */
  take(slow: boolean): Taken<Job>[];
  /** Settles what a taken render really took. */
  finish(taken: Taken<Job>, milliseconds: number): void;
  /** Puts a taken render back to the front: it was not begun. */
  giveBack(taken: Taken<Job>): void;
  /** Empties the queue. */
  drain(): Job[];
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
      if (lane.waiting.length === 0 || (!slow && (lane.cost ?? 0) > slowTime)) continue;
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
    return { job: lane.waiting.shift() as Job, lane, charged };
  }

  return {
    get size() {
      return size;
    },
    add(template, job) {
      const lane = laneOf(template);
      if (lane.waiting.length === 0) lane.spent = Math.max(lane.spent, clock);
      lane.waiting.push(job);
      size += 1;
    },
    take(slow) {
      const batch: Taken<Job>[] = [];
      let time = 0;
      while (batch.length < batchSize && time < batchTime) {
        const lane = next(slow);
        if (!lane || (batch.length > 0 && (lane.cost ?? 0) > slowTime)) break;
        const taken = takeFrom(lane);
        batch.push(taken);
        time += taken.charged;
        if (lane.cost === undefined) break;
      }
      return batch;
    },
    finish({ lane, charged }, milliseconds) {
      lane.running -= 1;
      lane.spent += milliseconds - charged;
      lane.cost = lane.cost === undefined ? milliseconds : 0.7 * lane.cost + 0.3 * milliseconds;
      if (isCrowded()) forget(lane);
    },
    giveBack({ job, lane, charged }) {
      lane.running -= 1;
      lane.spent -= charged;
      lane.waiting.unshift(job);
      size += 1;
    },
    drain() {
      const jobs = [...lanes.values()].flatMap((lane) => lane.waiting.splice(0));
      size = 0;
      return jobs;
    },
  };
}
