// How long a render has taken: the time that it really worked, so that a busy machine fails no good template.

export interface RenderClock {
  /** Steady milliseconds; asked at every step, so it must be cheap. */
  now(): number;
  /** Milliseconds of processor time that this thread has had; asked when `now` says that the time is over. */
  worked(): number;
}

/** The clock of the calling thread. Before Node 22.19 threads cannot tell their own time, and steady time stands for it. */
export const threadClock: RenderClock = {
  now: () => performance.now(),
  worked() {
    if (typeof process.threadCpuUsage !== 'function') return performance.now();
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  },
};
