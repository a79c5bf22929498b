// Textract and Rekognition as moto has them, behind the server: another reading of what they take. Skipped without moto.
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Boto3, failureOf, startBoto3 } from '../testing/boto3.ts';
import { type LineProcess, startLineProcess } from '../testing/line-process.ts';
import { setOwnCredentials } from '../testing/own-credentials.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { describeWith, pythonPath } from '../testing/tools.ts';

const program = fileURLToPath(new URL('../testing/moto_ai.py', import.meta.url));

describeWith('Python with boto3', 'moto')('AI services of moto', () => {
  let server: TestServer;
  let moto: LineProcess;
  let boto3: Boto3;
  let giveBack = (): void => {};

  beforeAll(async () => {
    giveBack = setOwnCredentials({ accessKeyId: 'AKIAOPERATOR', secretAccessKey: 'secret' });
    moto = startLineProcess(pythonPath, [program], process.env);
    const url = await moto.next();
    server = await startTestServer({ config: { textractEndpoint: url, rekognitionEndpoint: url } });
    boto3 = startBoto3(server.environment);
  }, 60_000);
  afterAll(async () => {
    await boto3?.close();
    await server?.close();
    moto?.kill('SIGKILL');
    giveBack();
  });

  test('7.2 — answer through the server, and refuse through it', async () => {
    const Image = { S3Object: { Bucket: 'elsewhere', Name: 'a.png' } };
    const { Labels } = await boto3.call<{ Labels: object[] }>('rekognition', 'detect_labels', { Image });
    expect(Labels.length).toBeGreaterThan(0);
    const { Blocks } = await boto3.call<{ Blocks: object[] }>('textract', 'detect_document_text', { Document: Image });
    // Moto reads nothing off any document.
    expect(Blocks).toEqual([]);
    expect(await failureOf(boto3.call('textract', 'get_document_analysis', { JobId: 'none' }))).toMatchObject({
      code: 'InvalidJobIdException',
      typed: true,
    });
  });
});
