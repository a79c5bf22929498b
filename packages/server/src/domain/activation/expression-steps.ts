/** Why an expression could not be evaluated, as the rest of a sentence. */
export class ExpressionFault extends Error {
  override readonly name = 'ExpressionFault';
}

/** What is left of the steps that the expressions of one evaluation may take together. */
export interface Steps {
  left: number;
}

/** About 50 ms on a slow machine; looking once at every member of 3 MB of input takes less. */
export const mostSteps = 1_000_000;

/** Takes steps before work is done whose size is known. */
export function takeSteps(steps: Steps, count: number): void {
  steps.left -= count;
  if (steps.left < 0) throw new ExpressionFault(`takes more than ${mostSteps.toLocaleString('en')} steps.`);
}

/** Whether two JSON values are equal, in steps. */
export function isEqual(one: unknown, other: unknown, steps: Steps): boolean {
  takeSteps(steps, 1);
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other))
    return (
      Array.isArray(one) &&
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((each, index) => isEqual(each, other[index], steps))
    );
  const names = Object.keys(one);
  takeSteps(steps, names.length);
  return (
    names.length === Object.keys(other).length &&
    names.every(
      (name) =>
        Object.hasOwn(other, name) &&
        isEqual((one as Record<string, unknown>)[name], (other as Record<string, unknown>)[name], steps),
    )
  );
}

/** Takes a step for every value inside a value, before it is copied or written out. */
export function takeStepsOfValue(value: unknown, steps: Steps): void {
  if (typeof value === 'string') takeSteps(steps, 1 + (value.length >> 4));
  else if (typeof value !== 'object' || value === null) takeSteps(steps, 1);
  else {
    takeSteps(steps, 1);
    for (const each of Object.values(value)) takeStepsOfValue(each, steps);
  }
}
