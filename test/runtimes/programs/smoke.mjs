// What a program does with the client, the same in every runtime; returns what it saw, as plain data.
import {
  ConflictException,
  createA2IRuntimeClient,
  EndpointConnectionError,
  ParamValidationError,
  ServiceError,
  Session,
} from '@holdpoint/client';

/**
 * @param options of a session: nothing where the runtime has the files of the AWS tools.
 * @param facts of the server that the test has prepared.
 */
export async function smoke(options, { flowDefinitionArn, listedFlowArn, closedUrl, loopName, text }) {
  const session = new Session(options);
  const a2i = session.createClient('sagemaker-a2i-runtime');
  const seen = { serviceName: a2i.meta.serviceName, regionName: a2i.meta.regionName };

  const start = (HumanLoopName, value) =>
    a2i.startHumanLoop({
      HumanLoopName,
      FlowDefinitionArn: flowDefinitionArn,
      HumanLoopInput: { InputContent: JSON.stringify({ text: value }) },
    });
  const described = await a2i.describeHumanLoop({ HumanLoopName: 'listed-1' });
  seen.described = [described.HumanLoopStatus, described.CreationTime instanceof Date];
  seen.metadata = [described.ResponseMetadata.HTTPStatusCode, typeof described.ResponseMetadata.RequestId];

  const paginator = a2i.getPaginator('listHumanLoops');
  const params = { FlowDefinitionArn: listedFlowArn, SortOrder: 'Ascending' };
  const pages = paginator.paginate({ ...params, PaginationConfig: { PageSize: 2, MaxItems: 3 } });
  seen.pages = [];
  for await (const page of pages) seen.pages.push(page.HumanLoopSummaries.map((loop) => loop.HumanLoopName));
  const rest = paginator.paginate({ ...params, PaginationConfig: { StartingToken: pages.resumeToken } });
  seen.rest = [];
  for await (const found of rest.search('HumanLoopSummaries[].HumanLoopName')) seen.rest.push(found);

  const url = await a2i.generatePresignedUrl('describe_human_loop', { params: { HumanLoopName: 'listed-2' } });
  const presigned = await (await fetch(url)).json();
  seen.presigned = presigned.HumanLoopName;

  seen.errors = {
    missing: await failure(a2i.describeHumanLoop({ HumanLoopName: 'no-such-loop' })),
    conflict: await failure(start('listed-1', 'another text')),
    invalid: await failure(a2i.describeHumanLoop({ HumanLoopNam: 'x' })),
    refused: await failure(
      createA2IRuntimeClient({
        region: 'us-east-1',
        ...options,
        endpointUrl: closedUrl,
        maxAttempts: 1,
      }).listHumanLoops(params),
    ),
    aborted: await failure(a2i.listHumanLoops(params, { signal: AbortSignal.abort() })),
  };
  // Somebody waits for this loop and answers it.
  const { HumanLoopArn } = await start(loopName, text);
  seen.started = HumanLoopArn.endsWith(`:human-loop/${loopName}`);
  const output = await a2i.waitForAnswer(loopName);
  seen.answers = output.humanAnswers.map(({ answerContent }) => answerContent);
  seen.input = output.inputContent;
  return seen;
}

async function failure(call) {
  try {
    return await call;
  } catch (error) {
    const { name, code, statusCode, retryable, requestId } = error;
    const classes = { ServiceError, ConflictException, ParamValidationError, EndpointConnectionError };
    const instanceOf = Object.keys(classes).filter((key) => error instanceof classes[key]);
    // The request ids and ports of two runs differ.
    const message = error.message.replace(/127\.0\.0\.1:\d+/g, 'HOST');
    return name === 'AbortError'
      ? { name }
      : { name, code, statusCode, retryable, instanceOf, message, requestId: typeof requestId };
  }
}
