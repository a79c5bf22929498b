// Access keys, one operation after the other.
import { randomBytes } from 'node:crypto';
import { createHoldpointClient, ResourceInUse, ServiceError, Session } from '@holdpoint/client';

const holdpoint = createHoldpointClient();

// #region CreateAccessKey
const { AccessKeyId, SecretAccessKey } = await holdpoint.createAccessKey({ Description: 'Example: nightly import' });
// The secret is in this answer and nowhere else.
const session = new Session({ credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey } });
const importer = session.createClient('sagemaker');
const { Workteams } = await importer.listWorkteams();
console.log(`${AccessKeyId} sees ${Workteams.length} workteams`);
// #endregion CreateAccessKey

const secret = randomBytes(30).toString('base64url');

// #region ImportAccessKey
async function adopt(AccessKeyId: string, SecretAccessKey: string) {
  try {
    await holdpoint.importAccessKey({ AccessKeyId, SecretAccessKey, Description: 'Example: from AWS' });
    console.log(`${AccessKeyId} signs for this server too`);
  } catch (error) {
    if (!(error instanceof ResourceInUse)) throw error;
    console.log(error.message);
  }
}
// #endregion ImportAccessKey

await adopt('AKIAEXAMPLE', secret);
await adopt('AKIAEXAMPLE', secret);

// #region ListAccessKeys
const { AccessKeys } = await holdpoint.listAccessKeys();
for (const { AccessKeyId, Kind, Description } of AccessKeys) console.log(`${AccessKeyId} (${Kind}): ${Description}`);
// #endregion ListAccessKeys

// #region RevokeAccessKey
await holdpoint.revokeAccessKey({ AccessKeyId });
try {
  await importer.listWorkteams();
} catch (error) {
  if (!(error instanceof ServiceError)) throw error;
  console.log(`${error.code}: ${error.message}`);
}
// #endregion RevokeAccessKey

await holdpoint.revokeAccessKey({ AccessKeyId: 'AKIAEXAMPLE' });
