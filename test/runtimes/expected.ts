// What the smoke program sees in every runtime.
import { expect } from 'vitest';
import type { Facts } from './stage.ts';

export const expectedOf = ({ loopName, text }: Facts) => ({
  serviceName: 'sagemaker-a2i-runtime',
  regionName: 'us-east-1',
  started: true,
  metadata: [200, 'string'],
  described: ['InProgress', true],
  pages: [['listed-1', 'listed-2'], ['listed-3']],
  rest: ['listed-4', 'listed-5'],
  presigned: 'listed-2',
  errors: {
    missing: {
      name: 'ResourceNotFoundException',
      code: 'ResourceNotFoundException',
      statusCode: 404,
      retryable: false,
      instanceOf: ['ServiceError'],
      message: expect.stringContaining('no-such-loop'),
      requestId: 'string',
    },
    conflict: {
      name: 'ConflictException',
      code: 'ConflictException',
      statusCode: 409,
      retryable: false,
      instanceOf: ['ServiceError', 'ConflictException'],
      message: expect.stringContaining('listed-1'),
      requestId: 'string',
    },
    invalid: {
      name: 'ParamValidationError',
      code: 'ParamValidationError',
      retryable: false,
      instanceOf: ['ParamValidationError'],
      message:
        'Parameter validation failed:\nMissing required parameter in input: "HumanLoopName"\n' +
        'Unknown parameter in input: "HumanLoopNam", must be one of: HumanLoopName',
      requestId: 'undefined',
    },
    refused: {
      name: 'EndpointConnectionError',
      code: 'EndpointConnectionError',
      retryable: true,
      instanceOf: ['EndpointConnectionError'],
      message: expect.stringMatching(/^Could not connect to the endpoint URL: "http:\/\/HOST\/human-loops\?/),
      requestId: 'undefined',
    },
    aborted: { name: 'AbortError' },
  },
  answers: [{ note: loopName }],
  input: { text },
});
