import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ConfigError } from './config.ts';

/**
 * Reads certificates in PEM form; undefined without a file.
 *
 * @param source by which the file was given
 * @throws ConfigError when the file cannot be read, or holds no certificate or a broken one.
 */
export function readTrustedCertificates(file: string, source: '--ca-file' | 'AWS_CA_BUNDLE'): string | undefined {
  if (file === '') return undefined;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(`${source} ${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
  const certificates = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (certificates.length === 0 || !certificates.every(isCertificate))
    throw new ConfigError(`${source} ${file} must hold certificates in PEM form.`);
  return certificates.join('\n');
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== undefined;
  } catch {
    return false;
  }
}
