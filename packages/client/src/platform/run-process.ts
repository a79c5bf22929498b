import type { ProvidedCredentials } from '../credentials.ts';
import { CredentialRetrievalError } from '../errors.ts';
import { builtin } from './builtin.ts';

/** `credential_process` (AWS SDKs and Tools Reference Guide, "Process credential provider"). */
export async function runProcess(command: string): Promise<ProvidedCredentials> {
  const { exec } = builtin('node:child_process');
  const output = await new Promise<string>((resolve, reject) => {
    exec(command, { windowsHide: true, timeout: 60_000 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new CredentialRetrievalError('custom-process', stderr.trim() || error.message, { cause: error }));
    });
  });
  return readProcessOutput(output);
}

function readProcessOutput(output: string): ProvidedCredentials {
  const bad = (reason: string) => new CredentialRetrievalError('custom-process', reason);
  let answer: Record<string, unknown>;
  try {
    answer = JSON.parse(output) as Record<string, unknown>;
  } catch {
    throw bad('its output is not JSON');
  }
  if (answer?.Version !== 1) throw bad(`Version 1 is expected, not ${String(answer?.Version)}`);
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken, Expiration } = answer;
  if (typeof accessKeyId !== 'string') throw bad('Missing required key in response: AccessKeyId');
  if (typeof secretAccessKey !== 'string') throw bad('Missing required key in response: SecretAccessKey');
  const expiration = Expiration === undefined ? undefined : new Date(String(Expiration));
  if (expiration !== undefined && !(expiration.getTime() > Date.now())) throw bad('the credentials have expired');
  return {
    accessKeyId,
    secretAccessKey,
    sessionToken: typeof sessionToken === 'string' ? sessionToken : undefined,
    expiration,
  };
}
