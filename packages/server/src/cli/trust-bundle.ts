import tls from 'node:tls';
import { readTrustedCertificates } from '../trusted-certificates.ts';

/**
 * Trusts the certificates that AWS tools are told to trust (`AWS_CA_BUNDLE`), besides the usual ones, in every request of this
 * process: the SDK's, and those that go without it. Node before 22.19 and 24.5 cannot; there NODE_EXTRA_CA_CERTS does.
 *
 * @throws ConfigError when the file cannot be read, or holds no certificate or a broken one.
 */
export function trustBundle({ AWS_CA_BUNDLE: file = '' }: NodeJS.ProcessEnv): void {
  if (typeof tls.setDefaultCACertificates !== 'function') return;
  const certificates = readTrustedCertificates(file, 'AWS_CA_BUNDLE');
  if (certificates !== undefined) tls.setDefaultCACertificates([...tls.getCACertificates('default'), certificates]);
}
