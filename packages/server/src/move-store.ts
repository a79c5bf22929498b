import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, systemClock } from './clock.ts';
import { ConfigError, nodeFile } from './config.ts';
import { folderOfPlace, openPlace } from './open-store.ts';
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
  if (placeOf(from) === placeOf(to))
    throw new ConfigError('--from and --to are the same place: nothing is to be moved.');
  const source = await openPlace(from, clock, { flag: '--from', mustExist: true, partitions: 0 });
  try {
    const target = await openPlace(to, clock, { flag: '--to', mustExist: false, partitions });
    try {
      const rows = await moveRows(source, target, move);
      const folder = folderOfPlace(to);
      // It was a server's whose rows were in PostgreSQL, and is none any more.
      if (folder !== undefined) await rm(join(folder, nodeFile), { force: true });
      return rows;
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** Two spellings of one database are told apart by the locks that the first takes. */
function placeOf(place: string): string {
  const folder = folderOfPlace(place);
  if (folder !== undefined || !URL.canParse(place)) return folder ?? place;
  const { hostname, port, pathname, search } = new URL(place);
  return `${hostname}:${port || 5432}${pathname}${search}`;
}
