/** The shared files of the AWS tools, in a folder of the test. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../platform/platform.ts';

export interface AwsFiles {
  readonly folder: string;
  /** Writes the two files, those that are given, and returns the variables that lead there, with others besides. */
  write(
    files: { readonly config?: string | undefined; readonly credentials?: string | undefined },
    more?: Environment,
  ): Environment;
  remove(): void;
}

export function createAwsFiles(): AwsFiles {
  const folder = mkdtempSync(join(tmpdir(), 'holdpoint-aws-'));
  const paths = { config: join(folder, 'config'), credentials: join(folder, 'credentials') };
  return {
    folder,
    write(files, more = {}) {
      for (const name of ['config', 'credentials'] as const) {
        rmSync(paths[name], { force: true });
        if (files[name] !== undefined) writeFileSync(paths[name], files[name]);
      }
      // No instance is asked, on whatever machine this runs.
      const own = { AWS_CONFIG_FILE: paths.config, AWS_SHARED_CREDENTIALS_FILE: paths.credentials };
      return { ...own, AWS_EC2_METADATA_DISABLED: 'true', ...more };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
