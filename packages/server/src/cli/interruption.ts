/** Ctrl-C, SIGTERM and the end of the terminal as a signal that a command can heed; a second one ends the process at once. */
export interface Interruption {
  readonly signal: AbortSignal;
  end(): void;
}

/** What a command that was interrupted throws, and the shells' exit code for it. */
export class Interrupted extends Error {
  static readonly exitCode = 130;
  constructor() {
    super('Interrupted.');
  }
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export function interruptionOf(interruptible: boolean): Interruption {
  const controller = new AbortController();
  if (!interruptible) return { signal: controller.signal, end: () => {} };
  const abort = (): void => {
    if (controller.signal.aborted) process.exit(Interrupted.exitCode);
    controller.abort(new Interrupted());
  };
  for (const name of signals) process.on(name, abort);
  return {
    signal: controller.signal,
    end() {
      for (const name of signals) process.off(name, abort);
    },
  };
}
