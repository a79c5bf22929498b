import { ApiError } from '@holdpoint/protocol';
import type { OperationHandler } from '../../context.ts';
import { remove } from '../../domain/change.ts';
import { decide } from '../decide.ts';

/** Ends a key at once: when this is answered, nothing signed with it is taken any more. The root key stays, so one always does. */
export const revokeAccessKey: OperationHandler<'RevokeAccessKey'> = async (context, { AccessKeyId: accessKeyId }) => {
  await decide(context, async () => {
    const key = await context.store.accessKey(accessKeyId);
    if (!key || key.kind === 'internal')
      throw new ApiError('ResourceNotFound', `There is no access key with the id ${accessKeyId}.`);
    if (key.kind === 'root')
      throw new ApiError(
        'ResourceInUse',
        `${accessKeyId} is the root key, with which the command line reaches this server; it cannot be revoked.`,
      );
    return { changes: [remove('accessKeys', key)] };
  });
  context.forget({ accessKeyId });
  return {};
};
