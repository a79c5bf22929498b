import type { OperationHandler } from '../../context.ts';
import { decide } from '../decide.ts';
import { addAccessKey, newAccessKeyId, newSecretAccessKey, ownerOf } from './access-key-row.ts';

/** Makes a key pair; its secret is shown here and never again. */
export const createAccessKey: OperationHandler<'CreateAccessKey'> = async (context, input) => {
  const description = input.Description ?? '';
  const { key } = await decide(context, async () => {
    const owner = await ownerOf(context, input.OwnerEmail);
    const key = { accessKeyId: newAccessKeyId(), secretAccessKey: newSecretAccessKey(), description, ...owner };
    return { key, changes: [addAccessKey(context, key)] };
  });
  return {
    AccessKeyId: key.accessKeyId,
    SecretAccessKey: key.secretAccessKey,
    Description: description,
    ...(key.owner && { OwnerEmail: key.owner }),
    CreationTime: new Date(context.now),
  };
};
