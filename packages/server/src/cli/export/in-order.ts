/**
 * Does `work` for items as they come, so many at a time, and yields the results in the order of the items. No more than
 * `limit` results wait for their turn, so that memory does not grow with their number.
 */
export async function* inOrder<Item, Result>(
  items: AsyncIterable<Item>,
  limit: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const under: Promise<Result>[] = [];
  try {
    for await (const item of items) {
      const result = work(item);
      // It is awaited when its turn comes, which may be after it has failed.
      result.catch(() => {});
      under.push(result);
      if (under.length >= limit) yield await under.shift()!;
    }
    while (under.length > 0) yield await under.shift()!;
  } finally {
    await Promise.allSettled(under);
  }
}
