/** The nodes on one database: each says every few seconds that it lives, by the database's clock. */
export interface Nodes {
  /** Whether others live, as far as this one knows. */
  readonly areOthers: boolean;
  /** Another one has said that it came. */
  met(): void;
  /** @param last whether the row that says so is another's, which lives */
  close(last?: { readonly isAnothers: boolean }): Promise<void>;
}

interface NodesSettings {
  readonly node: string;
  readonly run: (sql: string, values: readonly unknown[]) => Promise<{ rows: unknown[][]; rowCount: number | null }>;
  /** A node has gone without a word: its claims are free. */
  readonly lost: () => void;
}

const beatMs = 3000;
/** Without a sign for so long a node counts as gone. */
export const nodeAliveFor = "interval '15 seconds'";

/** Longer than anybody asks again what became of a batch. */
const batchesKeptFor = "interval '5 minutes'";

export async function openNodes({ node, run, lost }: NodesSettings): Promise<Nodes> {
  let areOthers = false;
  /** Those that count as gone, and that `lost` was told of. */
  let silent: ReadonlySet<unknown> = new Set();
  let beating: Promise<unknown> = Promise.resolve();
  let isBeating = false;

  async function beat(): Promise<void> {
    await run(
      'INSERT INTO nodes (id, seen_at) VALUES ($1, clock_timestamp()) ON CONFLICT (id) DO UPDATE SET seen_at = clock_timestamp()',
      [node],
    );
    await run(`DELETE FROM save_batches WHERE made_at < clock_timestamp() - ${batchesKeptFor}`, []);
    const gone = await run(`DELETE FROM nodes WHERE seen_at < clock_timestamp() - ${nodeAliveFor} * 2`, []);
    const { rows } = await run(`SELECT id, seen_at < clock_timestamp() - ${nodeAliveFor} FROM nodes WHERE id <> $1`, [
      node,
    ]);
    areOthers = rows.length > 0;
    const silentNow = new Set(rows.flatMap(([id, isSilent]) => (isSilent ? [id] : [])));
    const isNew = !silentNow.isSubsetOf(silent);
    silent = silentNow;
    if (isNew || gone.rowCount) lost();
  }

  await beat();
  const timer = setInterval(() => {
    // A database that is not there is met with by those who read and write; here it is only tried again.
    if (isBeating) return;
    isBeating = true;
    beating = beat()
      .catch(() => {})
      .finally(() => {
        isBeating = false;
      });
  }, beatMs);
  timer.unref();
  return {
    get areOthers() {
      return areOthers;
    },
    met() {
      areOthers = true;
    },
    async close(last) {
      clearInterval(timer);
      await beating;
      if (last?.isAnothers) return;
      await run('DELETE FROM nodes WHERE id = $1', [node]).catch(() => {});
    },
  };
}
