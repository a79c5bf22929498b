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

/** In milliseconds: a launcher may pass on what the terminal has sent already, the same key press twice. */
const sameKeyPress = 1000;

/** Calls `first` at a signal to end, and `again` at a later one. @returns what ends it. */
export function heedSignals(
  names: readonly NodeJS.Signals[],
  first: (signal: NodeJS.Signals) => void,
  again: () => void,
): () => void {
  let since: number | undefined;
  const heed = (signal: NodeJS.Signals): void => {
    if (since === undefined) {
      since = Date.now();
      first(signal);
    } else if (Date.now() - since >= sameKeyPress) {
      again();
    }
  };
  for (const name of names) process.on(name, heed);
  return () => {
    for (const name of names) process.off(name, heed);
  };
}

export function interruptionOf(interruptible: boolean): Interruption {
  const controller = new AbortController();
  if (!interruptible) return { signal: controller.signal, end: () => {} };
  const end = heedSignals(
    ['SIGINT', 'SIGTERM', 'SIGHUP'],
    () => controller.abort(new Interrupted()),
    () => process.exit(Interrupted.exitCode),
  );
  return { signal: controller.signal, end };
}
