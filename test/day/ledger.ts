// What was acknowledged in the course of the day, and so must be there at its end.

export interface LedgerAnswer {
  readonly assignmentId: string;
  readonly worker: string;
  readonly content: { readonly note: string };
  /** Undefined where it was taken back and given anew, since that time counts for nobody. */
  readonly seconds: number | undefined;
}

export interface LedgerLoop {
  readonly name: string;
  readonly answersNeeded: number;
  /** StopHumanLoop was answered with yes. */
  isStopped: boolean;
  readonly answers: Map<string, LedgerAnswer>;
}

export interface Ledger {
  readonly loops: Map<string, LedgerLoop>;
  /** How often each thing has happened. */
  readonly tally: Map<string, number>;
  /** Replies that no worker should get. */
  readonly surprises: string[];
  count(what: string): void;
}

export function createLedger(): Ledger {
  const tally = new Map<string, number>();
  return {
    loops: new Map(),
    tally,
    surprises: [],
    count: (what) => void tally.set(what, (tally.get(what) ?? 0) + 1),
  };
}
