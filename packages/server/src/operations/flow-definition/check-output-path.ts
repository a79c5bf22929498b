import { parseS3Uri } from '@holdpoint/protocol';
import type { OperationHandler } from '../../context.ts';
import { outputPathProblem } from '../../domain/output-path.ts';

/** Looks at an output path; a name stands for the flow definition where none is given, since only its length matters. */
export const checkOutputPath: OperationHandler<'CheckOutputPath'> = async (context, input) => {
  const { S3OutputPath, FlowDefinitionName = 'flow' } = input;
  const Problem = outputPathProblem(S3OutputPath, FlowDefinitionName);
  const Bucket = parseS3Uri(S3OutputPath)?.bucket;
  if (Problem !== undefined || Bucket === undefined) return { Problem, Bucket };
  try {
    return { Bucket, BucketExists: await context.premises.hasBucket(Bucket) };
  } catch (error) {
    // Asked for by people who fill in a form: an object store that is away keeps nobody from making a flow.
    context.log.warn(
      { requestId: context.requestId, err: error },
      'the bucket of an output path could not be looked for',
    );
    return { Bucket };
  }
};
