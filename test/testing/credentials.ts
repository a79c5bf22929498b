// The keys that a data directory's file for the AWS SDKs holds.
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export function readCredentials(file: string): Credentials {
  const value = (name: string): string => new RegExp(`^${name}\\s*=\\s*(\\S+)$`, 'm').exec(file)?.[1] ?? '';
  return { accessKeyId: value('aws_access_key_id'), secretAccessKey: value('aws_secret_access_key') };
}
