/**
 * The credentials of the process, as the AWS SDK finds them: environment, shared files, role. Files are read anew, so that
 * keys that were changed there hold without a restart.
 */
export async function ownCredentials() {
  const { defaultProvider } = await import('@aws-sdk/credential-provider-node');
  return defaultProvider({ ignoreCache: true });
}

export type OwnCredentials = Awaited<ReturnType<typeof ownCredentials>>;
