/** Something that was done, and can be taken back and done again. */
export interface Step {
  undo(): void;
  redo(): void;
  /** It makes no difference to the answer, such as a point of something that is still being drawn. */
  readonly isQuiet?: boolean;
}

/** What was done, without limit. */
export class History {
  #done: Step[] = [];
  #undone: Step[] = [];

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** How many steps can be taken back. */
  get length(): number {
    return this.#done.length;
  }

  /** Notes what has been done just now; what was taken back before cannot be done again then. */
  add(step: Step): void {
    this.#done.push(step);
    this.#undone = [];
  }

  /** @returns the step that was taken back, if any */
  undo(): Step | undefined {
    const step = this.#done.pop();
    if (step === undefined) return undefined;
    step.undo();
    this.#undone.push(step);
    return step;
  }

  redo(): Step | undefined {
    const step = this.#undone.pop();
    if (step === undefined) return undefined;
    step.redo();
    this.#done.push(step);
    return step;
  }

  /** Forgets all steps but the first `length`, as they are: one step for all of them may follow. */
  forgetAfter(length: number): void {
    this.#done = this.#done.slice(0, length);
    this.#undone = [];
  }

  clear(): void {
    this.forgetAfter(0);
  }
}
