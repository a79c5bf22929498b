import type { OperationHandler } from '../../context.ts';

/** Every key but internal ones, without secrets. A revoked key has no row, so all are active. */
export const listAccessKeys: OperationHandler<'ListAccessKeys'> = async ({ store }) => {
  const keys = await store.accessKeys();
  return {
    AccessKeys: keys.flatMap(({ accessKeyId, description, kind, owner, createdAt }) =>
      kind === 'internal'
        ? []
        : [
            {
              AccessKeyId: accessKeyId,
              Description: description,
              Kind: kind,
              ...(owner && { OwnerEmail: owner }),
              Status: 'Active' as const,
              CreationTime: new Date(createdAt),
            },
          ],
    ),
  };
};
