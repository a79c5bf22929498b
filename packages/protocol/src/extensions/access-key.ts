// Operations of our own on the keys that sign requests.
import { holdpointOperations } from '../operations/operation.ts';
import { list, oneOf, string, structure, timestamp } from '../shape.ts';

/** The public half of a pair. */
const AccessKeyId = string({ min: 3, max: 128, pattern: '[\\w.-]+' });
/** The secret half. */
const SecretAccessKey = string({ min: 1, max: 256, pattern: '[!-~]+', sensitive: true });
/** What the key is for, at most 256 characters. */
const Description = string({ max: 256 });
const AccessKey = structure(
  {
    AccessKeyId,
    Description,
    /** `root` is the key of the data directory; `user` is every key that was made or taken over. */
    Kind: oneOf('root', 'user'),
    /** Always Active: a revoked key is gone from the list. */
    Status: oneOf('Active', 'Revoked'),
    /** When the key was made or taken over. */
    CreationTime: timestamp,
  },
  ['AccessKeyId', 'CreationTime'],
);

export const accessKeyOperations = holdpointOperations({
  /** Makes a key pair. Its secret is in this answer and nowhere else. */
  CreateAccessKey: {
    creates: true,
    input: structure({ Description }),
    output: structure(
      {
        AccessKeyId,
        SecretAccessKey,
        Description,
        /** When the key was made. */
        CreationTime: timestamp,
      },
      ['AccessKeyId', 'SecretAccessKey', 'CreationTime'],
    ),
  },
  /**
   * Takes over a key pair with which a program signs already.
   *
   * @error ResourceInUse there is a key with this id
   */
  ImportAccessKey: {
    input: structure({ AccessKeyId, SecretAccessKey, Description }, ['AccessKeyId', 'SecretAccessKey']),
    output: structure(
      {
        AccessKeyId,
        Description,
        /** When the key was taken over. */
        CreationTime: timestamp,
      },
      ['AccessKeyId', 'CreationTime'],
    ),
    errors: ['ResourceInUse'],
  },
  /** Lists the access keys, without their secrets. */
  ListAccessKeys: {
    input: structure({}),
    output: structure(
      {
        /** All of them, oldest first. */
        AccessKeys: list(AccessKey),
      },
      ['AccessKeys'],
    ),
  },
  /**
   * Ends a key at once.
   *
   * @error ResourceNotFound there is no such key
   * @error ResourceInUse it is the root key
   */
  RevokeAccessKey: {
    input: structure({ AccessKeyId }, ['AccessKeyId']),
    output: structure({}),
    errors: ['ResourceNotFound', 'ResourceInUse'],
  },
});
