import type { OperationHandler } from '../../context.ts';
import { decide } from '../decide.ts';
import { addAccessKey, newAccessKeyId, newSecretAccessKey } from './access-key-row.ts';

/** Makes a key pair; its secret is shown here and never again. */
export const createAccessKey: OperationHandler<'CreateAccessKey'> = async (context, input) => {
  const description = input.Description ?? '';
  const { key } = await decide(context, async () => {
    const key = { accessKeyId: newAccessKeyId(), secretAccessKey: newSecretAccessKey(), description };
    return { key, changes: [addAccessKey(context, key)] };
  });
  return {
    AccessKeyId: key.accessKeyId,
    SecretAccessKey: key.secretAccessKey,
    Description: description,
    CreationTime: new Date(context.now),
  };
};
