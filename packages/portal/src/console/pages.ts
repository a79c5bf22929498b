/** All items of a list that is answered in pages, up to `most`, and whether that was all. */
export async function allOf<Item>(
  fetchPage: (token: string | undefined) => Promise<{ items: readonly Item[]; next: string | undefined }>,
  most = 5_000,
): Promise<{ items: readonly Item[]; isWhole: boolean }> {
  const items: Item[] = [];
  let token: string | undefined;
  do {
    const page = await fetchPage(token);
    items.push(...page.items);
    token = page.next;
  } while (token !== undefined && items.length < most);
  return { items, isWhole: token === undefined };
}
