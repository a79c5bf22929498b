// Before tests that use a browser or a whole server: bundles up to date, Chromium and Python found.
import { ensureBuilt } from './build.mjs';
import { reportError } from './progress.mjs';
import { findTestTools } from './test-tools.mjs';

export default async function setUp() {
  // A bundle that does not build fails the tests that need it, with the reason above them; the others can still run.
  await findTestTools();
  for (const part of ['elements', 'portal']) await ensureBuilt([part]).catch(reportError);
}
