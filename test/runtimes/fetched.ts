// Runtimes that a machine may lack: fetched when a test needs them.
import { describe } from 'vitest';
import { fetchedRuntime } from '../../scripts/ensure-runtimes.mjs';

type RuntimeName = Parameters<typeof fetchedRuntime>[0];

/** The binary of a runtime, or why there is none here; with `CI=true` none is a failure. */
export async function findRuntime(name: RuntimeName): Promise<{ readonly binary: string } | { readonly why: string }> {
  try {
    return { binary: await fetchedRuntime(name) };
  } catch (error) {
    if (process.env.CI === 'true') throw error;
    const why = (error as Error).message;
    process.stderr.write(`\nSKIPPED: ${why}\n`);
    return { why };
  }
}

/** `describe` with a runtime where it can be had; elsewhere its tests are skipped and it is said why. */
export async function describeOn(name: RuntimeName, tests: (binary: string) => void): Promise<void> {
  const found = await findRuntime(name);
  if ('binary' in found) describe(name, () => tests(found.binary));
  else describe.skip(`${name}: ${found.why}`, () => tests(''));
}
