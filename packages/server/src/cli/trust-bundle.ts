import { X509Certificate } from 'node:crypto';
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
    const text = readFileSync(path, 'utf8');
    // What is no certificate would be passed over without a word.
    if (new X509Certificate(text).subject === undefined) throw new Error('it holds no certificate');
    tls.setDefaultCACertificates([...tls.getCACertificates('default'), text]);
  } catch (error) {
    throw new Error(`The CA bundle ${path} (AWS_CA_BUNDLE) cannot be used: ${(error as Error).message}`);
  }
}
