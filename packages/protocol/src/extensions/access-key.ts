// Operations of our own on the keys that sign requests.
import { holdpointOperations } from '../operations/operation.ts';
import { list, oneOf, string, structure, timestamp } from '../shape.ts';

const AccessKeyId = string({ min: 3, max: 128, pattern: '[\\w.-]+' });
const SecretAccessKey = string({ min: 1, max: 256, pattern: '[!-~]+', sensitive: true });
const Description = string({ max: 256 });
const AccessKey = structure(
  {
    AccessKeyId,
    Description,
    Kind: oneOf('root', 'user'),
    Status: oneOf('Active', 'Revoked'),
    CreationTime: timestamp,
  },
  ['AccessKeyId', 'CreationTime'],
);

export const accessKeyOperations = holdpointOperations({
  CreateAccessKey: {
    input: structure({ Description }),
    output: structure({ AccessKeyId, SecretAccessKey, Description, CreationTime: timestamp }, [
      'AccessKeyId',
      'SecretAccessKey',
      'CreationTime',
    ]),
  },
  ImportAccessKey: {
    input: structure({ AccessKeyId, SecretAccessKey, Description }, ['AccessKeyId', 'SecretAccessKey']),
    output: structure({ AccessKeyId, Description, CreationTime: timestamp }, ['AccessKeyId', 'CreationTime']),
    errors: ['ResourceInUse'],
  },
  ListAccessKeys: { input: structure({}), output: structure({ AccessKeys: list(AccessKey) }, ['AccessKeys']) },
  RevokeAccessKey: {
    input: structure({ AccessKeyId }, ['AccessKeyId']),
    output: structure({}),
    errors: ['ResourceNotFound', 'ResourceInUse'],
  },
});
