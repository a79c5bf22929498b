import { type Clock, systemClock } from './clock.ts';
import { openPlace } from './open-store.ts';
import { type Move, moveRows } from './store/move-rows.ts';

export interface MoveStoreOptions extends Move {
  /** `sqlite:DIR` or `postgres://…` */
  readonly from: string;
  readonly to: string;
  readonly clock?: Clock;
  /** Into how many parts PostgreSQL splits the large tables of an empty target. */
  readonly partitions?: number;
}

/**
 * Moves all rows of an installation from one database to another; both are this process's alone meanwhile. The source is only
 * read.
 *
 * @returns how many rows it has.
 * @throws Error with a sentence for the operator.
 */
export async function moveStore({
  from,
  to,
  clock = systemClock,
  partitions = 0,
  ...move
}: MoveStoreOptions): Promise<number> {
  const source = await openPlace(from, clock, { mustExist: true, partitions: 0 });
  try {
    const target = await openPlace(to, clock, { mustExist: false, partitions });
    try {
      return await moveRows(source, target, move);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}
