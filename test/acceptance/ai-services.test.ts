// Textract and Rekognition behind the server, as boto3 sees them: what goes on, what comes back, and when people are asked.
// The services are of this test; they verify signatures and wire forms.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { type ManagedSource, signRequest } from '@holdpoint/protocol';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { hashing } from '../../packages/server/src/auth/hashing.ts';
import { readConfig } from '../../packages/server/src/config.ts';
import {
  type AiUpstream,
  answerWith,
  refuseWith,
  startAiUpstream,
  type UpstreamAnswer,
} from '../testing/ai-upstream.ts';
import { type Boto3, failureOf, startBoto3 } from '../testing/boto3.ts';
import { eventually } from '../testing/eventually.ts';
import { createFlow, createManagedFlow, statusOf, untilStatus } from '../testing/human-loops.ts';
import { startLineProcess } from '../testing/line-process.ts';
import { setOwnCredentials } from '../testing/own-credentials.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { describeWith, pythonPath } from '../testing/tools.ts';

const operator = { accessKeyId: 'AKIAOPERATOR', secretAccessKey: 'secret of the operator' };
const moderation = 'AWS/Rekognition/DetectModerationLabels/Image/V3';
const forms = 'AWS/Textract/AnalyzeDocument/Forms/V1';

/** A picture by its first bytes, which are all that anybody here looks at. */
const png = (content: string): Buffer => Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from(content)]);
const bytes = (content: Buffer) => ({ $bytes: content.toString('base64') });

const label = (Name: string, Confidence: number, ParentName = '') => ({ Confidence, Name, ParentName });
const labels = { ModerationLabels: [label('Smoking', 55.5), label('Alcohol', 99.25)], ModerationModelVersion: '7.0' };
const unsure = JSON.stringify({
  Conditions: [
    {
      ConditionType: 'ModerationLabelConfidenceCheck',
      ConditionParameters: { ModerationLabelName: '*', ConfidenceLessThan: 60 },
    },
  ],
});

/** One pair on a page, and a line that is part of none. */
const page = {
  DocumentMetadata: { Pages: 1 },
  Blocks: [
    { BlockType: 'PAGE', Id: 'p', Relationships: [{ Type: 'CHILD', Ids: ['l', 'k', 'v'] }] },
    { BlockType: 'LINE', Id: 'l', Text: 'Name: Ada', Confidence: 99, Geometry: { BoundingBox: { Left: 0.5 } } },
    {
      BlockType: 'KEY_VALUE_SET',
      Id: 'k',
      Confidence: 40.5,
      EntityTypes: ['KEY'],
      Relationships: [
        { Type: 'VALUE', Ids: ['v'] },
        { Type: 'CHILD', Ids: ['w'] },
      ],
      Geometry: { BoundingBox: { Left: 0.1 }, Polygon: [{ X: 0.1, Y: 0.2 }] },
    },
    { BlockType: 'WORD', Id: 'w', Text: 'Name:', Confidence: 99, Geometry: { BoundingBox: { Left: 0.1 } } },
    {
      BlockType: 'KEY_VALUE_SET',
      Id: 'v',
      Confidence: 40.5,
      EntityTypes: ['VALUE'],
      Relationships: [{ Type: 'CHILD', Ids: ['x'] }],
    },
    { BlockType: 'WORD', Id: 'x', Text: 'Ada', Confidence: 99 },
  ],
  AnalyzeDocumentModelVersion: '1.0',
};
const doubtful = JSON.stringify({
  Conditions: [
    {
      ConditionType: 'ImportantFormKeyConfidenceCheck',
      ConditionParameters: { ImportantFormKey: '*', KeyValueBlockConfidenceLessThan: 50 },
    },
    {
      ConditionType: 'MissingImportantFormKey',
      ConditionParameters: { ImportantFormKey: 'Town:', ImportantFormKeyAliases: ['City:'] },
    },
  ],
});

interface Activation {
  readonly HumanLoopArn?: string;
  readonly HumanLoopActivationReasons: readonly string[];
  readonly HumanLoopActivationConditionsEvaluationResults: string;
}
interface Answered extends Record<string, unknown> {
  readonly HumanLoopActivationOutput?: Activation;
  readonly ResponseMetadata: { readonly RequestId: string; readonly HTTPStatusCode: number };
}

describeWith('Python with boto3')('AI services', () => {
  let upstream: AiUpstream;
  let server: TestServer;
  let boto3: Boto3;
  let giveBack = (): void => {};
  let flows: { readonly moderation: string; readonly forms: string; readonly own: string };

  beforeAll(async () => {
    upstream = await startAiUpstream(operator);
    giveBack = setOwnCredentials(operator);
    server = await startTestServer({
      config: {
        textractEndpoint: `${upstream.url}/`,
        rekognitionEndpoint: upstream.url,
        aiServicesRegion: 'eu-west-1',
      },
    });
    boto3 = startBoto3(server.environment);
    flows = {
      moderation: await managedFlow(server, 'unsure', moderation, unsure),
      forms: await managedFlow(server, 'forms', forms, doubtful),
      own: (await createFlow(server, 'own')).arn,
    };
    for (const Key of ['party.png', 'odd +é.png'])
      await server.s3.send(new PutObjectCommand({ Bucket: 'holdpoint', Key, Body: png(Key) }));
  }, 60_000);
  afterEach(() => {
    upstream.play('RekognitionService.DetectModerationLabels', answerWith(labels));
    upstream.play('Textract.AnalyzeDocument', answerWith(page));
  });
  afterAll(async () => {
    await boto3?.close();
    await server?.close();
    await upstream?.close();
    giveBack();
  });

  const managedFlow = async (at: TestServer, name: string, source: ManagedSource, conditions?: string) =>
    (await createManagedFlow(at, source, { name, ...(conditions !== undefined && { conditions }) })).arn;

  const s3Object = (Name: string, Bucket = 'holdpoint') => ({ S3Object: { Bucket, Name } });
  const config = (HumanLoopName: string, FlowDefinitionArn = flows.moderation) => ({
    HumanLoopName,
    FlowDefinitionArn,
  });
  const moderate = (Image: object, HumanLoopConfig?: object) =>
    boto3.call<Answered>('rekognition', 'detect_moderation_labels', {
      Image,
      ...(HumanLoopConfig && { HumanLoopConfig }),
    });
  const analyze = (Document: object, HumanLoopConfig?: object) =>
    boto3.call<Answered>('textract', 'analyze_document', {
      Document,
      FeatureTypes: ['FORMS'],
      ...(HumanLoopConfig && { HumanLoopConfig }),
    });
  const last = () => upstream.calls.at(-1)!;
  const loopNames = async () =>
    (await server.client.call('ListHumanLoops', { FlowDefinitionArn: flows.moderation })).HumanLoopSummaries.map(
      ({ HumanLoopName }) => HumanLoopName,
    );
  const inputOf = async (HumanLoopName: string) =>
    JSON.parse((await server.client.call('GetHumanLoop', { HumanLoopName })).InputContent!);
  const playModeration = (answer: UpstreamAnswer) => upstream.play('RekognitionService.DetectModerationLabels', answer);

  test('7.2 — any operation goes on, signed by the operator, and its answer comes back as it was', async () => {
    const text = '{"CollectionIds": ["a"],\n "FaceModelVersions": ["7.0"]}';
    upstream.play(
      'RekognitionService.ListCollections',
      answerWith(text, 200, { 'x-amz-note': 'kept', 'set-cookie': 'a=b' }),
    );
    const answer = await boto3.call<Answered & { ResponseMetadata: { HTTPHeaders: Record<string, string> } }>(
      'rekognition',
      'list_collections',
      { MaxResults: 7 },
    );
    expect(answer).toMatchObject({ CollectionIds: ['a'], FaceModelVersions: ['7.0'] });
    const { HTTPHeaders, RequestId } = answer.ResponseMetadata;
    expect([RequestId, HTTPHeaders['x-amz-note'], HTTPHeaders['set-cookie']]).toEqual([
      'upstream-1',
      'kept',
      undefined,
    ]);
    expect(last()).toMatchObject({
      service: 'rekognition',
      region: 'eu-west-1',
      target: 'RekognitionService.ListCollections',
      // As boto3 writes it.
      text: '{"MaxResults": 7}',
      headers: { 'user-agent': expect.stringContaining('Boto3'), 'accept-encoding': 'identity' },
    });
    upstream.play('Textract.GetDocumentAnalysis', answerWith({ JobStatus: 'SUCCEEDED' }));
    expect(await boto3.call('textract', 'get_document_analysis', { JobId: 'j' })).toMatchObject({
      JobStatus: 'SUCCEEDED',
    });
    expect(last()).toMatchObject({ service: 'textract', target: 'Textract.GetDocumentAnalysis' });
  });

  test('7.2 — large answers are streamed whole', async () => {
    const name = 'n'.repeat(3_000_000);
    upstream.play('RekognitionService.DetectLabels', answerWith({ Labels: [{ Name: name }] }));
    const { Labels } = await boto3.call<{ Labels: { Name: string }[] }>('rekognition', 'detect_labels', {
      Image: s3Object('x.png', 'elsewhere'),
    });
    expect(Labels[0]?.Name === name).toBe(true);
  });

  test('7.2 — objects in buckets of this server go on as bytes, others as they are', async () => {
    upstream.play('RekognitionService.CompareFaces', answerWith({}));
    await boto3.call('rekognition', 'compare_faces', {
      SourceImage: s3Object('odd +é.png'),
      TargetImage: s3Object('party.png', 'elsewhere'),
    });
    expect(last().input).toEqual({
      SourceImage: { Bytes: png('odd +é.png').toString('base64') },
      TargetImage: s3Object('party.png', 'elsewhere'),
    });
    upstream.play('Textract.AnalyzeID', answerWith({}));
    await boto3.call('textract', 'analyze_id', { DocumentPages: [s3Object('party.png'), { Bytes: bytes(png('b')) }] });
    expect(last().input).toEqual({
      DocumentPages: [{ Bytes: png('party.png').toString('base64') }, { Bytes: png('b').toString('base64') }],
    });
  });

  test('7.2 — errors come back as they were, with their status', async () => {
    playModeration(
      refuseWith(400, 'com.amazonaws.rekognition#InvalidImageFormatException', 'Request has invalid image format'),
    );
    expect(await failureOf(moderate({ Bytes: bytes(png('a')) }, config('bad-format')))).toMatchObject({
      code: 'InvalidImageFormatException',
      typed: true,
      message: 'Request has invalid image format',
      status: 400,
    });
    playModeration(refuseWith(500, 'InternalServerError', 'Oh.'));
    expect(await failureOf(moderate(s3Object('party.png'), config('bad-day')))).toMatchObject({
      code: 'InternalServerError',
      typed: true,
      message: 'Oh.',
      status: 500,
    });
    expect(await loopNames()).toEqual([]);
  });

  test('7.2 — without HumanLoopConfig nobody is asked', async () => {
    playModeration(answerWith(labels));
    const { ResponseMetadata: _metadata, ...answer } = await moderate({ Bytes: bytes(png('a')) });
    expect(answer).toEqual(labels);
    expect(last().text).toBe(`{"Image": {"Bytes": "${png('a').toString('base64')}"}}`);
    expect(await loopNames()).toEqual([]);
  });

  test('7.2 — conditions that hold start a loop with the managed input', async () => {
    const HumanLoopConfig = {
      ...config('smoking'),
      DataAttributes: { ContentClassifiers: ['FreeOfPersonallyIdentifiableInformation'] },
    };
    const { ResponseMetadata, HumanLoopActivationOutput, ...answer } = await moderate(
      s3Object('party.png'),
      HumanLoopConfig,
    );
    expect(answer).toEqual(labels);
    expect(ResponseMetadata.RequestId).toBe('upstream-1');
    const results = { Conditions: [{ ...JSON.parse(unsure).Conditions[0], EvaluationResult: true }] };
    expect(HumanLoopActivationOutput).toEqual({
      HumanLoopArn: 'arn:aws:sagemaker:us-east-1:000000000000:human-loop/smoking',
      HumanLoopActivationReasons: ['ConditionsEvaluation'],
      HumanLoopActivationConditionsEvaluationResults: JSON.stringify(results),
    });
    expect(last().input).toEqual({ Image: { Bytes: png('party.png').toString('base64') } });
    const found = [
      { confidence: 55.5, name: 'Smoking', parentName: '' },
      { confidence: 99.25, name: 'Alcohol', parentName: '' },
    ];
    expect(await inputOf('smoking')).toEqual({
      aiServiceRequest: {
        image: { s3Object: { bucket: 'holdpoint', name: 'party.png' } },
        humanLoopConfig: {
          humanLoopName: 'smoking',
          flowDefinitionArn: flows.moderation,
          dataAttributes: { contentClassifiers: ['FreeOfPersonallyIdentifiableInformation'] },
        },
      },
      aiServiceResponse: { moderationLabels: found, moderationModelVersion: '7.0' },
      humanTaskActivationConditionResults: results,
      selectedAiServiceResponse: { moderationLabels: [found[0]], moderationModelVersion: '7.0' },
    });
    expect((await server.client.call('GetHumanLoop', { HumanLoopName: 'smoking' })).DataAttributes).toEqual(
      HumanLoopConfig.DataAttributes,
    );
  });

  test('7.2 — of a form people see outlines, texts and what is missing', async () => {
    const { HumanLoopActivationOutput } = await analyze(s3Object('party.png'), config('form', flows.forms));
    expect(HumanLoopActivationOutput?.HumanLoopArn).toMatch(/human-loop\/form$/);
    const input = await inputOf('form');
    expect(input.aiServiceRequest.featureTypes).toEqual(['FORMS']);
    expect(input.aiServiceResponse.blocks).toHaveLength(6);
    expect(input.aiServiceResponse.blocks[2].geometry).toEqual({
      boundingBox: { left: 0.1 },
      polygon: [{ x: 0.1, y: 0.2 }],
    });
    expect(input.humanLoopContext).toEqual({
      importantFormKeys: [{ importantFormKey: 'Town:', importantFormKeyAliases: ['City:'] }],
    });
    expect(input.selectedAiServiceResponse).toEqual({
      documentMetadata: { pages: 1 },
      analyzeDocumentModelVersion: '1.0',
      blocks: [
        {
          blockType: 'KEY_VALUE_SET',
          id: 'k',
          confidence: 40.5,
          entityTypes: ['KEY'],
          relationships: [
            { type: 'VALUE', ids: ['v'] },
            { type: 'CHILD', ids: ['w'] },
          ],
          geometry: { polygon: [{ x: 0.1, y: 0.2 }] },
        },
        { blockType: 'WORD', id: 'w', text: 'Name:' },
        {
          blockType: 'KEY_VALUE_SET',
          id: 'v',
          confidence: 40.5,
          entityTypes: ['VALUE'],
          relationships: [{ type: 'CHILD', ids: ['x'] }],
        },
        { blockType: 'WORD', id: 'x', text: 'Ada' },
      ],
    });
    const { Page, Errors } = await server.client.call('PreviewHumanLoop', { HumanLoopName: 'form' });
    expect(Errors).toEqual([]);
    expect(Page).toContain('Town:');
  });

  test('7.2 — conditions that do not hold are told, and start nothing', async () => {
    playModeration(answerWith({ ModerationLabels: [label('Alcohol', 99)], ModerationModelVersion: '7.0' }));
    const before = await loopNames();
    const { HumanLoopActivationOutput } = await moderate({ Bytes: bytes(png('sober')) }, config('sober'));
    expect(HumanLoopActivationOutput).toEqual({
      HumanLoopActivationReasons: [],
      HumanLoopActivationConditionsEvaluationResults: JSON.stringify({
        Conditions: [{ ...JSON.parse(unsure).Conditions[0], EvaluationResult: false }],
      }),
    });
    expect(await loopNames()).toEqual(before);
  });

  test('7.2 — what came as bytes is kept where reviewers can see it', async () => {
    await moderate({ Bytes: bytes(png('from a camera')) }, config('camera'));
    const { image } = (await inputOf('camera')).aiServiceRequest;
    expect(image).toEqual({
      s3Object: { bucket: 'holdpoint', name: expect.stringMatching(/^ai-service-inputs\/[0-9a-f]{64}\.png$/) },
    });
    const body = await boto3.call<{ ContentType: string; ContentLength: number }>('s3', 'head_object', {
      Bucket: image.s3Object.bucket,
      Key: image.s3Object.name,
    });
    expect(body).toMatchObject({ ContentType: 'image/png', ContentLength: png('from a camera').length });
    const { Page, Errors } = await server.client.call('PreviewHumanLoop', { HumanLoopName: 'camera' });
    expect([Errors, Page]).toEqual([[], expect.stringContaining('What does this image show?')]);
  });

  test('7.2 — the same call again is the same loop, another one under its name is refused', async () => {
    const again = () => analyze({ Bytes: bytes(png('again')) }, config('again', flows.forms));
    const { HumanLoopActivationOutput: first } = await again();
    // Ids are others at every call of the service.
    upstream.play('Textract.AnalyzeDocument', answerWith({ ...page, Blocks: page.Blocks.slice(1) }));
    expect((await again()).HumanLoopActivationOutput?.HumanLoopArn).toBe(first?.HumanLoopArn);
    const asked = upstream.calls.length;
    const other = await failureOf(analyze({ Bytes: bytes(png('other')) }, config('again', flows.forms)));
    expect(other).toMatchObject({ code: 'InvalidParameterException', typed: true, status: 400 });
    expect(other.message).toMatch(/^HumanLoop 'again' already exists with a different input\./);
    await server.client.call('StopHumanLoop', { HumanLoopName: 'again' });
    await untilStatus(server, 'again', 'Stopped');
    const finished = await failureOf(again());
    expect(finished).toMatchObject({ code: 'InvalidParameterException', typed: true });
    expect(finished.message).toMatch(/^HumanLoop 'again' already exists and is finished\. Please use a different/);
    expect(upstream.calls.length).toBe(asked);
  });

  /** As no SDK would: boto3 checks what it sends. */
  async function callPlainly(body: string, signal?: AbortSignal): Promise<never> {
    const { host } = new URL(server.endpointUrl);
    const headers = {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'RekognitionService.DetectModerationLabels',
    };
    const signed = signRequest(
      hashing,
      {
        method: 'POST',
        rawPath: '/',
        rawQuery: '',
        headers: [['host', host], ...Object.entries(headers)],
        payloadHash: hashing.sha256Hex(Buffer.from(body)),
      },
      server.credentials,
      { region: 'us-east-1', service: 'rekognition', now: new Date() },
    );
    const answer = await fetch(server.endpointUrl, {
      method: 'POST',
      headers: { ...headers, ...signed },
      body,
      ...(signal && { signal }),
    });
    const { __type: code, ...said } = (await answer.json()) as Record<string, string>;
    throw Object.assign(new Error(said.Message ?? said.message), { code, status: answer.status });
  }

  test('7.2 — what is no JSON is the service’s to refuse', async () => {
    await expect(callPlainly('{"HumanLoopConfig": ')).rejects.toMatchObject({
      code: 'SerializationException',
      message: 'Not so.',
    });
  });

  test('7.2 — when the caller goes away, the call to the service ends, and starts nothing', async () => {
    const before = await loopNames();
    const caller = new AbortController();
    let hasEnded = false;
    playModeration((response) => {
      response.on('close', () => {
        hasEnded = true;
      });
      caller.abort();
    });
    const body = JSON.stringify({ Image: s3Object('party.png'), HumanLoopConfig: config('gone') });
    await expect(callPlainly(body, caller.signal)).rejects.toMatchObject({ name: 'AbortError' });
    await eventually(() => hasEnded).toBe(true);
    expect(await loopNames()).toEqual(before);
  });

  interface Refused {
    readonly what: string;
    readonly call: () => Promise<unknown>;
    readonly code: string;
    readonly says: RegExp;
  }
  const large = Buffer.alloc(5 * 1024 * 1024 + 1);
  const refused = (): readonly Refused[] => [
    {
      what: 'a loop without a name that can be one',
      call: () => moderate(s3Object('party.png'), config('-no')),
      code: 'ValidationException',
      says: /^1 validation error detected: Value '-no' at 'humanLoopConfig.humanLoopName' failed to satisfy constraint/,
    },
    {
      what: 'a configuration of other types',
      call: async () => {
        // No SDK sends this.
        const body = { Image: s3Object('party.png'), HumanLoopConfig: { HumanLoopName: 7, DataAttributes: [] } };
        return callPlainly(JSON.stringify(body));
      },
      code: 'ValidationException',
      says: /^3 validation errors detected: .*humanLoopName.*a string; .*dataAttributes.*an object; .*flowDefinitionArn.*not be null/,
    },
    {
      what: 'a flow definition that is not there',
      call: () => moderate(s3Object('party.png'), config('a', flows.moderation.replace('unsure', 'none'))),
      code: 'InvalidParameterException',
      says: /flow-definition\/none' does not exist\.$/,
    },
    {
      what: 'a flow definition of another account',
      call: () =>
        moderate(s3Object('party.png'), config('a', flows.moderation.replace('000000000000', '111122223333'))),
      code: 'InvalidParameterException',
      says: /does not exist\.$/,
    },
    {
      what: 'a flow definition of the other service',
      call: () => analyze(s3Object('party.png'), config('a')),
      code: 'InvalidParameterException',
      says: /has the HumanLoopRequestSource AWS\/Rekognition\/.*; AnalyzeDocument needs AWS\/Textract\/AnalyzeDocument\/Forms\/V1\.$/,
    },
    {
      what: 'a flow definition for content of one’s own',
      call: () => moderate(s3Object('party.png'), config('a', flows.own)),
      code: 'InvalidParameterException',
      says: /has no HumanLoopRequestSource; DetectModerationLabels needs/,
    },
    {
      what: 'a picture that reviewers could not see',
      call: () => moderate(s3Object('party.png', 'elsewhere'), config('a')),
      code: 'InvalidS3ObjectException',
      says: /^The bucket elsewhere is none of this server's, so reviewers could not see s3:\/\/elsewhere\/party\.png\./,
    },
    {
      what: 'an object that is not there',
      call: () => moderate(s3Object('none.png'), config('a')),
      code: 'InvalidS3ObjectException',
      says: /^There is no object s3:\/\/holdpoint\/none\.png/,
    },
    {
      what: 'an object that is not there, without people',
      call: () => moderate(s3Object('none.png')),
      code: 'InvalidS3ObjectException',
      says: /^There is no object/,
    },
    {
      what: 'a version of an object',
      call: () => moderate({ S3Object: { ...s3Object('party.png').S3Object, Version: 'v' } }),
      code: 'InvalidS3ObjectException',
      says: /keep no versions: leave Version out for s3:\/\/holdpoint\/party\.png/,
    },
    {
      what: 'an object that is too large to go on as bytes',
      call: async () => {
        await server.s3.send(new PutObjectCommand({ Bucket: 'holdpoint', Key: 'large.png', Body: large }));
        return moderate(s3Object('large.png'));
      },
      code: 'ImageTooLargeException',
      says: /large\.png has 5242881 bytes\. .* Rekognition takes 5242880 of them at most\.$/,
    },
    {
      what: 'a document that browsers do not show',
      call: () => analyze({ Bytes: bytes(Buffer.from('%PDF-1.7')) }, config('a', flows.forms)),
      code: 'UnsupportedDocumentException',
      says: /^The document is a PDF: /,
    },
    {
      what: 'no document at all',
      call: () => analyze({}, config('a', flows.forms)),
      code: 'InvalidParameterException',
      says: /^Document must have Bytes, or an S3Object/,
    },
  ];
  test.each(refused().map(({ what }, index) => [what, index] as const))(
    '7.2 — %s is refused before the service is asked',
    async (_what, index) => {
      const { call, code, says } = refused()[index]!;
      const asked = upstream.calls.length;
      const failure = await call().catch((error: unknown) => error);
      expect(failure).toMatchObject({ code, status: 400, message: expect.stringMatching(says) });
      expect(upstream.calls.length).toBe(asked);
    },
  );

  test.each<readonly [string, UpstreamAnswer, number, RegExp]>([
    [
      'a page',
      answerWith('<!doctype html><p>Welcome</p>'),
      502,
      /answered DetectModerationLabels with something that is no JSON object/,
    ],
    ['a list', answerWith([]), 502, /no JSON object; no human loop was started\.$/],
    [
      'half an answer',
      (response) => {
        response.writeHead(200, { 'content-length': '99' }).write('{"a":');
        setImmediate(() => response.destroy());
      },
      502,
      /broke its answer off\.$/,
    ],
    [
      'nothing',
      (response) => void response.destroy(),
      503,
      /^Rekognition at 127\.0\.0\.1:\d+ \(--rekognition-endpoint\) cannot be reached\. The connection was closed without an answer\./,
    ],
  ])('7.2 — %s in the place of an answer is a named error, and starts nothing', async (_what, answer, status, says) => {
    playModeration(answer);
    const before = await loopNames();
    const failure = await failureOf(moderate(s3Object('party.png'), config('never')));
    expect(failure).toMatchObject({
      code: 'InternalServerError',
      typed: true,
      status,
      message: expect.stringMatching(says),
    });
    expect(await loopNames()).toEqual(before);
  });

  test.each<readonly [string, unknown, RegExp]>([
    ['no labels', {}, /no list named ModerationLabels/],
    [
      'a confidence that is none',
      { ModerationLabels: [{ Name: 'Smoking', Confidence: 'high' }] },
      /Confidence of the label 'Smoking' is not a number/,
    ],
  ])('7.2 — %s cannot be judged, so people decide', async (what, answer, reason) => {
    playModeration(answerWith(answer));
    const name = what.replaceAll(' ', '-');
    const { HumanLoopActivationOutput } = await moderate(s3Object('party.png'), config(name));
    expect(HumanLoopActivationOutput).toMatchObject({
      HumanLoopArn: expect.stringMatching(`human-loop/${name}$`),
      HumanLoopActivationReasons: ['ConditionsEvaluation', expect.stringMatching(reason)],
    });
    // Its page is rendered too, so that somebody is asked.
    const asked = async () => (await server.client.call('GetHumanLoop', { HumanLoopName: name })).AnswersNeeded;
    await expect.poll(asked).toBe(1);
    expect(await statusOf(server, name)).toBe('InProgress');
  });

  test('7.2 — blocks in a circle end, and people decide', async () => {
    const [, , key, word] = page.Blocks;
    const circle = {
      ...key,
      Relationships: [
        { Type: 'VALUE', Ids: ['k'] },
        { Type: 'CHILD', Ids: ['w', 'w', 'none'] },
      ],
    };
    upstream.play('Textract.AnalyzeDocument', answerWith({ Blocks: [circle, word] }));
    const { HumanLoopActivationOutput } = await analyze(s3Object('party.png'), config('circle', flows.forms));
    expect(HumanLoopActivationOutput?.HumanLoopActivationReasons.length).toBeGreaterThan(1);
    expect(HumanLoopActivationOutput?.HumanLoopArn).toMatch(/circle$/);
  });

  test('7.2 — silence has an end', async () => {
    const at = await startTestServer({ config: { textractEndpoint: upstream.url, aiServiceSeconds: 0.2 } });
    const there = startBoto3(at.environment);
    upstream.play('Textract.GetDocumentAnalysis', () => {});
    const failure = await failureOf(there.call('textract', 'get_document_analysis', { JobId: '1' }));
    expect(failure).toMatchObject({ code: 'InternalServerError', typed: true, status: 504 });
    expect(failure.message).toMatch(/^Textract at .* \(--textract-endpoint\) did not answer within 0\.2 seconds\.$/);
    await there.close();
    await at.close();
  });

  test('7.2 — a stranger learns nothing of the service', async () => {
    const stranger = boto3.under({ AWS_ACCESS_KEY_ID: 'AKIASTRANGER', AWS_SECRET_ACCESS_KEY: 'secret' });
    const asked = upstream.calls.length;
    const failure = await failureOf(stranger.call('rekognition', 'list_collections'));
    expect(failure).toMatchObject({ code: 'UnrecognizedClientException', status: 400 });
    const wrong = boto3.under({ AWS_ACCESS_KEY_ID: server.credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: 'wrong' });
    expect(await failureOf(wrong.call('textract', 'get_document_analysis', { JobId: '1' }))).toMatchObject({
      code: 'InvalidSignatureException',
    });
    expect(upstream.calls.length).toBe(asked);
  });

  test('7.2 — wrong credentials of the operator are the service’s error, and others are found without a restart', async () => {
    const putBack = setOwnCredentials({ ...operator, secretAccessKey: 'old' });
    playModeration(answerWith(labels));
    try {
      // Those that were found are kept until they are refused: an upstream that knows others refuses them.
      const other = await startAiUpstream({ accessKeyId: 'AKIANEW', secretAccessKey: 'new' });
      const at = await startTestServer({ config: { rekognitionEndpoint: other.url } });
      const there = startBoto3(at.environment);
      other.play('RekognitionService.ListCollections', answerWith({ CollectionIds: [] }));
      expect(await failureOf(there.call('rekognition', 'list_collections'))).toMatchObject({
        code: 'UnrecognizedClientException',
        message: 'Not so.',
      });
      setOwnCredentials({ accessKeyId: 'AKIANEW', secretAccessKey: 'new' });
      expect(await there.call('rekognition', 'list_collections')).toMatchObject({ CollectionIds: [] });
      await there.close();
      await at.close();
      await other.close();
    } finally {
      putBack();
    }
  });

  test('7.2 — without a setting, without credentials and above the quota it is said what is missing', async () => {
    const at = await startTestServer({ config: { textractEndpoint: upstream.url, inFlightHumanLoops: 1 } });
    const there = startBoto3({ ...at.environment, AWS_ENDPOINT_URL_REKOGNITION: at.endpointUrl });
    const failure = await failureOf(there.call('rekognition', 'list_collections'));
    expect(failure).toMatchObject({ code: 'UnknownOperationException', status: 400 });
    expect(failure.message).toMatch(/does not stand in front of Rekognition.*--rekognition-endpoint aws/);
    const arn = await managedFlow(at, 'forms', forms);
    upstream.play('Textract.AnalyzeDocument', answerWith(page));
    const ask = (HumanLoopName: string) =>
      there.call<Answered>('textract', 'analyze_document', {
        Document: { Bytes: bytes(png('q')) },
        FeatureTypes: ['FORMS'],
        HumanLoopConfig: { HumanLoopName, FlowDefinitionArn: arn },
      });
    // Without conditions everything is for people.
    const { HumanLoopActivationOutput } = await ask('one');
    expect(HumanLoopActivationOutput).toMatchObject({
      HumanLoopArn: expect.stringMatching(/one$/),
      HumanLoopActivationConditionsEvaluationResults: '{"Conditions":[]}',
    });
    const full = await failureOf(ask('two'));
    expect(full).toMatchObject({ code: 'HumanLoopQuotaExceededException', typed: true });
    const putBack = setOwnCredentials(undefined);
    await there.close();
    await at.close();
    const poor = await startTestServer({ config: { textractEndpoint: upstream.url } });
    const poorBoto3 = startBoto3(poor.environment);
    const without = await failureOf(poorBoto3.call('textract', 'get_document_analysis', { JobId: '1' }));
    expect(without).toMatchObject({ code: 'AccessDeniedException' });
    expect(without.message).toMatch(/^The server has no AWS credentials of its own with which to sign for Textract\./);
    await poorBoto3.close();
    await poor.close();
    putBack();
  });

  test('7.2 — a server that leads to another one of its kind, or to itself, says so', async () => {
    const putBack = setOwnCredentials(server.credentials);
    const at = await startTestServer({ config: { textractEndpoint: server.endpointUrl } });
    const there = startBoto3(at.environment);
    const failure = await failureOf(there.call('textract', 'get_document_analysis', { JobId: '1' }));
    expect(failure).toMatchObject({ code: 'InvalidParameterException', typed: true });
    expect(failure.message).toMatch(/came back to one: --textract-endpoint must lead to Textract itself\.$/);
    await there.close();
    await at.close();
    putBack();
  });

  test('7.2 — the program of docs/ai-services.md does what the page says', async () => {
    const text = await readFile(new URL('../../docs/ai-services.md', import.meta.url), 'utf8');
    const [, conditions = ''] = /^```json\n(.*?)^```$/ms.exec(text) ?? [];
    const [, program = ''] = /^```python\n(.*?)^```$/ms.exec(text) ?? [];
    await writeFile(join(server.data, 'conditions.json'), conditions);
    await writeFile(join(server.data, 'party.png'), png('party'));
    playModeration(answerWith(labels));
    const python = startLineProcess(pythonPath, ['-c', program], server.environment, server.data);
    const said = [await python.next(), await python.next(), await python.next()];
    expect(said).toEqual([
      "['Smoking', 'Alcohol']",
      'arn:aws:sagemaker:us-east-1:000000000000:human-loop/party-1',
      'True',
    ]);
    await python.end();
  });

  test.each([
    ['textractEndpoint', 'http://user:secret@host/', /^--textract-endpoint must be aws or an http\(s\) URL/],
    ['rekognitionEndpoint', 'amazon', /^--rekognition-endpoint must be aws/],
    ['rekognitionEndpoint', 'https://host/?a=b', /^--rekognition-endpoint must be aws/],
    ['aiServicesRegion', 'EU West', /^--ai-services-region must be a region's name/],
    ['aiServiceSeconds', 0, /^--ai-service-seconds must be more than 0/],
  ])('7.2 — %s cannot be %s', (name, value, says) => {
    expect(() => readConfig({ data: server.data, [name]: value }, {})).toThrow(says);
    expect(() => readConfig({ data: server.data, [name]: value }, {})).not.toThrow(/secret/);
  });

  test('7.2 — doctor says whether the services answer', async () => {
    const verdict = async (at: TestServer) =>
      (await at.client.call('CheckInstallation', {})).Checks.find(({ Name }) => Name === 'AiServices');
    expect(await verdict(server)).toEqual({
      Name: 'AiServices',
      Status: 'Ok',
      Message: `Textract at ${upstream.url} and Rekognition at ${upstream.url} answer, and there are credentials to sign with.`,
    });
    const gone = await startAiUpstream(operator);
    await gone.close();
    const at = await startTestServer({ config: { textractEndpoint: gone.url } });
    expect(await verdict(at)).toMatchObject({
      Status: 'Failed',
      Message: expect.stringMatching(/^Textract at .* cannot be reached\. The connection was refused\./),
      Advice: expect.stringContaining('--textract-endpoint'),
    });
    await at.close();
  });
});
