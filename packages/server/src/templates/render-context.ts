// The state of one render: variables, limits, faults found so far.

import { getHeapStatistics } from 'node:v8';
import { Context, Drop, type Liquid } from 'liquidjs';
import type { RenderClock } from './render-clock.ts';
import { type RenderLimits, tooMuchMemory } from './render-limits.ts';
import { LimitExceeded } from './template-error.ts';

/** Thrown for a variable that does not exist; the engine knows it by its name and forgives it where it is only tested. */
class UndefinedVariable extends Error {
  override readonly name = 'InternalUndefinedVariableError';
  /** Position of the missing name in the looked-up path. */
  readonly position: number;
  /** What the name was looked for in. */
  readonly owner: unknown;

  constructor(position: number, owner: unknown) {
    super('undefined variable');
    this.position = position;
    this.owner = owner;
  }
}

/** Position of the missing name in the path, when the error says that a variable is undefined. */
export function undefinedPosition(error: unknown): number | undefined {
  return error instanceof UndefinedVariable ? error.position : undefined;
}

/** What the missing name was looked for in. */
export function undefinedOwner(error: unknown): unknown {
  return error instanceof UndefinedVariable ? error.owner : undefined;
}

export class RenderContext extends Context {
  readonly limits: RenderLimits;
  readonly grantReadAccess: (input: unknown) => string;

  constructor(
    variables: object,
    liquid: Liquid,
    limits: RenderLimits,
    grantReadAccess: (input: unknown) => string,
    clock: RenderClock,
  ) {
    super(variables, liquid.options, { sync: true }, { liquid, ...limiters(limits, clock) });
    this.limits = limits;
    this.grantReadAccess = grantReadAccess;
  }

  /** Loops know the loop around them, as in Liquid's reference; the engine itself lacks `forloop.parentloop`. */
  override push(scope: Record<string, unknown>): number {
    const { scopes } = this as unknown as { scopes: Record<string, unknown>[] };
    if (scope.forloop instanceof Drop) {
      scope.forloop.parentloop = scopes.findLast((outer) => 'forloop' in outer)?.forloop ?? null;
    }
    return super.push(scope);
  }

  override *_getFromScope(
    scope: unknown,
    paths: Parameters<Context['_getFromScope']>[1],
    strict = this.strictVariables,
  ): IterableIterator<unknown> {
    const path = typeof paths === 'string' ? paths.split('.') : paths;
    let value = scope;
    for (const [position, key] of path.entries()) {
      const owner = value;
      value = yield this.readProperty(owner as object, key);
      if (value === undefined && strict) throw new UndefinedVariable(position, owner);
    }
    return value;
  }
}

/**
 * A process that exhausts its heap ends, and the rest of its batch has to wait for the next one: so a render ends well
 * before. The rest of the heap is enough for nearly any single step, which `workAtOnce` bounds.
 */
const heapShare = 0.75;
/** The heap is looked at after so much work, or so many steps. */
const usedBetweenLooks = 500_000;
const stepsBetweenLooks = 4096;

function isHeapFull(): boolean {
  const { used_heap_size: used, heap_size_limit: most } = getHeapStatistics();
  return used > heapShare * most;
}

/** What earlier renders left behind, e.g. one that was ended here, is not this render's. */
function isHeapFullOfUse(): boolean {
  globalThis.gc?.();
  return isHeapFull();
}

type Limiters = NonNullable<ConstructorParameters<typeof Context>[3]>;

/** The engine tells its limiters what it is about to make, and asks at every step whether time is over. */
function limiters(limits: RenderLimits, clock: RenderClock): Limiters {
  const begun = clock.worked();
  let usedAtLook = 0;
  let steps = 0;
  let end = clock.now() + limits.time;
  let used = 0;
  const memoryLimit = {
    use(count: unknown): void {
      const amount = Number(count);
      if (!(amount > 0)) return;
      used += amount;
      if (amount > limits.workAtOnce || used > limits.work) {
        throw new LimitExceeded('the template makes more text or longer lists than a page may need');
      }
    },
    check(): void {},
  };
  const renderLimit = {
    use(): void {},
    check(): void {
      steps += 1;
      if (used - usedAtLook > usedBetweenLooks || steps % stepsBetweenLooks === 0) {
        usedAtLook = used;
        if (isHeapFull() && isHeapFullOfUse()) {
          throw new LimitExceeded(tooMuchMemory);
        }
      }
      if (clock.now() <= end) return;
      const left = limits.time - (clock.worked() - begun);
      if (left <= 0) throw new LimitExceeded(`the template took longer than ${limits.time} ms`);
      end = clock.now() + left;
    },
  };
  return { memoryLimit, renderLimit } as unknown as Limiters;
}
