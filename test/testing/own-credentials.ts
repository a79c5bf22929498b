// The AWS credentials of this process, which a server in it has for its own.
import type { Pair } from './verify-signature.ts';

/** Sets them, and nothing else of AWS; the returned function puts back what was there. */
export function setOwnCredentials(pair: Pair | undefined): () => void {
  const before = { ...process.env };
  const clear = (): void => {
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  };
  clear();
  process.env.AWS_EC2_METADATA_DISABLED = 'true';
  process.env.AWS_CONFIG_FILE = '/dev/null';
  process.env.AWS_SHARED_CREDENTIALS_FILE = '/dev/null';
  if (pair) {
    process.env.AWS_ACCESS_KEY_ID = pair.accessKeyId;
    process.env.AWS_SECRET_ACCESS_KEY = pair.secretAccessKey;
  }
  return () => {
    clear();
    Object.assign(process.env, before);
  };
}
