/** The AWS credentials and configuration files in the data directory, which are all that an SDK needs. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Services as the `services` section of the configuration file names them. */
const servicesServed = ['sagemaker', 'sagemaker_a2i_runtime', 's3', 'sts'];

export interface AwsFiles {
  readonly credentialsFile: string;
  readonly configFile: string;
}

export const awsFiles = (data: string): AwsFiles => ({
  credentialsFile: join(data, 'aws', 'credentials'),
  configFile: join(data, 'aws', 'config'),
});

/**
 * Writes both files, readable by their owner only. The endpoint stands per service, never as a bare `endpoint_url`:
 * programs that also use other services keep reaching those.
 */
export function writeAwsFiles(
  data: string,
  values: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly region: string;
    readonly endpointUrl: string;
    /** Services besides that are reached through this server. */
    readonly inFront: readonly string[];
  },
): AwsFiles {
  const files = awsFiles(data);
  mkdirSync(join(data, 'aws'), { recursive: true, mode: 0o700 });
  const credentials = `[default]\naws_access_key_id = ${values.accessKeyId}\naws_secret_access_key = ${values.secretAccessKey}\n`;
  const served = [...servicesServed, ...values.inFront];
  const services = served.map((service) => `${service} =\n  endpoint_url = ${values.endpointUrl}\n`).join('');
  const config = `[default]\nregion = ${values.region}\nservices = holdpoint\n\n[services holdpoint]\n${services}`;
  writeWhole(files.credentialsFile, credentials);
  writeWhole(files.configFile, config);
  return files;
}

/** A reader never sees half a file. */
export function writeWhole(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.new`;
  writeFileSync(temporary, text, { mode: 0o600 });
  renameSync(temporary, path);
}
