// A sentence that the next page says, such as what became of what was sent on the page before.
let waiting: string | undefined;

export function sayNext(text: string): void {
  waiting = text;
}

/** The sentence, once. */
export function takeSaid(): string | undefined {
  const text = waiting;
  waiting = undefined;
  return text;
}
