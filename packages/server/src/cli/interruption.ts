/** Ctrl-C and SIGTERM as a signal that a command can heed; a second one ends the process at once. */
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

export function interruptionOf(interruptible: boolean): Interruption {
  const controller = new AbortController();
  if (!interruptible) return { signal: controller.signal, end: () => {} };
  const abort = (): void => {
    if (controller.signal.aborted) process.exit(Interrupted.exitCode);
    controller.abort(new Interrupted());
  };
  process.on('SIGINT', abort);
  process.on('SIGTERM', abort);
  return {
    signal: controller.signal,
    end() {
      process.off('SIGINT', abort);
      process.off('SIGTERM', abort);
    },
  };
}
