import { interruptionOf } from '../interruption.ts';
import { type Progress, startProgress } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

export interface MigrateOptions {
  readonly from?: string;
  readonly to?: string;
  readonly partitions: string;
  readonly json?: boolean;
}

export async function runMigrate(options: MigrateOptions, { environment, errors, output }: Terminal): Promise<void> {
  const from = options.from ?? '';
  const to = options.to ?? environment.HOLDPOINT_DATABASE_URL ?? '';
  if (from === '') throw new UsageError('Say where the rows are: --from sqlite:DIR or --from postgres://….');
  if (to === '') throw new UsageError('Say where the rows go: --to, or HOLDPOINT_DATABASE_URL.');
  const partitions = Number(options.partitions);
  if (!Number.isInteger(partitions) || partitions < 0 || partitions > 1024)
    throw new UsageError(`--partitions must be a whole number up to 1024, not '${options.partitions}'.`);
  const { moveStore } = await import('../../main.ts');
  const interruption = interruptionOf(true);
  const begun = performance.now();
  let progress: Progress | undefined;
  let shown = '';
  let copied: number | undefined;
  try {
    const rows = await moveStore({
      from,
      to,
      partitions,
      signal: interruption.signal,
      progress(step, done, table) {
        if (step === 'copy') copied = done;
        if (shown !== step) {
          progress?.end();
          // How many there are shows when all are copied.
          progress = startProgress(
            errors,
            step === 'copy' ? 'Copying rows' : 'Comparing rows',
            step === 'copy' ? undefined : copied,
          );
          shown = step;
        }
        progress?.update(done, table);
      },
    });
    progress?.end();
    const seconds = (performance.now() - begun) / 1000;
    output.write(
      options.json
        ? `${JSON.stringify({ Rows: rows, Seconds: Number(seconds.toFixed(1)) }, null, 2)}\n`
        : `${rows.toLocaleString('en')} rows were moved and compared in ${seconds.toFixed(1)} s. Start servers with --database-url (better: HOLDPOINT_DATABASE_URL), on the same objects.\n`,
    );
  } finally {
    progress?.end();
    interruption.end();
  }
}
