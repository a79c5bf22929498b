// Which task was told to which worker as the next one.

/** Milliseconds for which others are told another task: who works longer than this finds the next one by asking again. */
const lasts = 120_000;
const mostRemembered = 10_000;

/** Which task was told to whom: were all told the same one, all but one would have made its page ready in vain. */
export interface Previews {
  isToldToOther(taskId: string, workerId: string, now: number): boolean;
  /** How many are told at most to others than one worker. */
  readonly size: number;
  told(taskId: string, workerId: string, now: number): void;
  forget(taskId: string): void;
}

/** In the memory of one process: another node may tell the same task, which costs no more than one page. */
export function createPreviews(): Previews {
  const told = new Map<string, { readonly workerId: string; readonly at: number }>();
  return {
    get size() {
      return told.size;
    },
    isToldToOther(taskId, workerId, now) {
      const last = told.get(taskId);
      return last !== undefined && last.workerId !== workerId && now - last.at < lasts;
    },
    told(taskId, workerId, now) {
      // Told anew to the same worker, it is not kept from others any longer.
      if (told.get(taskId)?.workerId === workerId) return;
      told.delete(taskId);
      told.set(taskId, { workerId, at: now });
      for (const [id, { at }] of told) {
        if (told.size <= mostRemembered && now - at < lasts) break;
        told.delete(id);
      }
    },
    forget: (taskId) => void told.delete(taskId),
  };
}
