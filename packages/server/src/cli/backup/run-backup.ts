import { join } from 'node:path';
import { readConfig } from '../../config.ts';
import type { Copied, Copying } from '../../main.ts';
import { interruptionOf } from '../interruption.ts';
import { type Progress, startProgress } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

export interface BackupOptions {
  readonly data?: string;
  readonly objectsOnly?: boolean;
  readonly json?: boolean;
}

export async function runBackup(folder: string, options: BackupOptions, terminal: Terminal): Promise<void> {
  const config = readConfig(options.data === undefined ? {} : { data: options.data }, terminal.environment);
  const { backUp, objectPlaceOf, nameOfPlace } = await import('../../main.ts');
  const place = objectPlaceOf(config);
  if (place.kind === 's3' && (options.objectsOnly || config.databaseUrl !== ''))
    throw new UsageError(
      `The objects are in ${nameOfPlace(place.place)} (objectStore): versions or a copy of that bucket are their backup${config.databaseUrl === '' ? '' : ', and pg_dump, run before, is that of the rows'}.`,
    );
  if (config.databaseUrl !== '' && !options.objectsOnly)
    throw new UsageError(
      'The rows are in PostgreSQL (databaseUrl): copy them with pg_dump first, then the objects with --objects-only.',
    );
  await show(
    'copied',
    (copying) =>
      backUp(config.data, folder, {
        ...copying,
        withDatabase: !options.objectsOnly,
        ...(place.kind === 'folder' && { objects: place.path }),
      }),
    options,
    terminal,
  );
}

export async function runRestore(folder: string, options: BackupOptions, terminal: Terminal): Promise<void> {
  const data = options.data ?? terminal.environment.HOLDPOINT_DATA ?? join('.', 'data');
  const { restore } = await import('../../main.ts');
  await show('restored', (copying) => restore(folder, data, copying), options, terminal);
}

/** Does it with a line of progress for each part, and says what was done. */
async function show(
  done: string,
  copy: (copying: Copying) => Promise<Copied>,
  { json }: BackupOptions,
  { errors, output }: Terminal,
): Promise<void> {
  const interruption = interruptionOf(true);
  const begun = performance.now();
  let progress: Progress | undefined;
  let shown = '';
  let total: number | undefined;
  try {
    const { folder, objects, objectsIn } = await copy({
      signal: interruption.signal,
      progress(what, count, all) {
        total = all;
        if (shown !== what) {
          progress?.end();
          progress = startProgress(
            errors,
            what === 'database' ? 'Copying the database' : 'Copying objects',
            () => total,
          );
          shown = what;
        }
        progress?.update(count);
      },
    });
    progress?.end();
    const seconds = Number(((performance.now() - begun) / 1000).toFixed(1));
    output.write(
      json
        ? `${JSON.stringify({ Folder: folder, Objects: objects, ...(objectsIn !== undefined && { ObjectsIn: objectsIn }), Seconds: seconds }, null, 2)}\n`
        : objectsIn === undefined
          ? `${folder}: ${done} in ${seconds} s, with ${objects.toLocaleString('en')} objects.\n`
          : `${folder}: ${done} in ${seconds} s, the rows alone. The objects are in ${objectsIn}: versions or a copy of that bucket are their backup.\n`,
    );
  } finally {
    progress?.end();
    interruption.end();
  }
}
