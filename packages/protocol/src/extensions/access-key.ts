// Operations of our own on the keys that sign requests.
import { holdpointOperations } from '../operations/operation.ts';
import { list, oneOf, string, structure, timestamp } from '../shape.ts';

/** The public half of a pair. */
const AccessKeyId = string({ min: 3, max: 128, pattern: '[\\w.-]+' });
/** The secret half. */
const SecretAccessKey = string({ min: 1, max: 256, pattern: '[!-~]+', sensitive: true });
/** What the key is for, at most 256 characters. */
const Description = string({ max: 256 });
/** The worker to whom it belongs, by e-mail address: who starts loops with it does so in that worker's name. */
const OwnerEmail = string({ min: 3, max: 254 });
const AccessKey = structure(
  {
    AccessKeyId,
    Description,
    OwnerEmail,
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
  /**
   * Makes a key pair. Its secret is in this answer and nowhere else.
   *
   * @error ResourceNotFound there is no worker of the owner's address
   */
  CreateAccessKey: {
    creates: true,
    input: structure({ Description, OwnerEmail }),
    output: structure(
      {
        AccessKeyId,
        SecretAccessKey,
        Description,
        OwnerEmail,
        /** When the key was made. */
        CreationTime: timestamp,
      },
      ['AccessKeyId', 'SecretAccessKey', 'CreationTime'],
    ),
    errors: ['ResourceNotFound'],
  },
  /**
   * Takes over a key pair with which a program signs already.
   *
   * @error ResourceInUse there is a key with this id
   * @error ResourceNotFound there is no worker of the owner's address
   */
  ImportAccessKey: {
    input: structure({ AccessKeyId, SecretAccessKey, Description, OwnerEmail }, ['AccessKeyId', 'SecretAccessKey']),
    output: structure(
      {
        AccessKeyId,
        Description,
        /** When the key was taken over. */
        CreationTime: timestamp,
      },
      ['AccessKeyId', 'CreationTime'],
    ),
    errors: ['ResourceInUse', 'ResourceNotFound'],
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
