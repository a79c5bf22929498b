// Reads the public conformance data that lies beside the repository; where it is missing the tests that need it are skipped.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = new URL('../../../../../shared/conformance/', import.meta.url);

/** Whether the data is there; says so when it is not. */
export const hasConformanceData: boolean = existsSync(fileURLToPath(folder));
if (!hasConformanceData) console.log('skipped: no conformance data');

/** A file of the conformance data as text with one byte per character. */
export function readConformance(path: string): string {
  return readFileSync(new URL(path, folder), 'latin1');
}

/** A JSON file of the conformance data. */
export function readConformanceJson<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, folder), 'utf8')) as T;
}

/** Where the data lies. */
export function conformanceFolder(path: string): string {
  return fileURLToPath(new URL(path, folder));
}
