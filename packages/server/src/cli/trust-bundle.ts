import { readFileSync } from 'node:fs';
import tls from 'node:tls';

/**
 * Trusts the certificates that AWS tools are told to trust (`AWS_CA_BUNDLE`), besides the usual ones, in every request of this
 * process: the SDK's, and those that go without it. Node before 22.19 and 24.5 cannot; there NODE_EXTRA_CA_CERTS does.
 *
 * @throws Error with a sentence when the file cannot be used
 */
export function trustBundle({ AWS_CA_BUNDLE: path }: NodeJS.ProcessEnv): void {
  if (!path || typeof tls.setDefaultCACertificates !== 'function') return;
  try {
    tls.setDefaultCACertificates([...tls.getCACertificates('default'), readFileSync(path, 'utf8')]);
  } catch (error) {
    throw new Error(`The CA bundle ${path} (AWS_CA_BUNDLE) cannot be used: ${(error as Error).message}`);
  }
}
