// Real boto3, called from a test: one Python process that does what it is told.
import { fileURLToPath } from 'node:url';
import { startLineProcess } from './line-process.ts';
import { pythonPath } from './tools.ts';

const bridge = fileURLToPath(new URL('./boto3_bridge.py', import.meta.url));

export type Service =
  | 'sagemaker'
  | 'sagemaker-a2i-runtime'
  | 's3'
  | 'sts'
  | 'dynamodb'
  | 'iam'
  | 'ssm'
  | 'textract'
  | 'rekognition';

interface Failure {
  /** The name of the Python class. */
  readonly type: string;
  readonly code: string;
  readonly message: string;
  readonly status: number;
  /** Whether `client.exceptions.<code>` is that class. */
  readonly typed: boolean;
}

/** What boto3 raised. */
export class Boto3Error extends Error implements Failure {
  readonly type: string;
  readonly code: string;
  readonly status: number;
  readonly typed: boolean;

  constructor({ type, code, message, status, typed }: Failure) {
    super(message);
    this.type = type;
    this.code = code;
    this.status = status;
    this.typed = typed;
  }
}

export interface Boto3 {
  /** Calls a method of a client by its Python name. Times come back as ISO texts, streams as text; `{ $bytes: base64 }` goes as bytes. */
  call<Output = Record<string, unknown>>(service: Service, method: string, input?: object): Promise<Output>;
  /** All pages of a paginator, without their metadata. */
  pages<Page = Record<string, unknown>>(
    service: Service,
    method: string,
    input: object,
    pageSize: number,
  ): Promise<Page[]>;
  /** The names of the waiters of a client. */
  waiters(service: Service): Promise<string[]>;
  /** A presigned URL of a call. */
  presigned(service: Service, method: string, input: object, expiresIn: number): Promise<string>;
  /** Reads an address with urllib. */
  fetch(url: string): Promise<{ status: number; body: string }>;
  /** Methods that were called, as `service.method`. */
  readonly called: ReadonlySet<string>;
  /** The same boto3 with sessions that are made under these variables too. */
  under(variables: Readonly<Record<string, string>>): Boto3;
  close(): Promise<void>;
}

type Ask = <Reply>(request: object) => Promise<Reply>;

export function startBoto3(environment: NodeJS.ProcessEnv): Boto3 {
  const python = startLineProcess(pythonPath, [bridge], environment);
  let last: Promise<unknown> = Promise.resolve();

  /** One at a time: replies come in the order of requests. */
  function ask<Reply>(request: object): Promise<Reply> {
    const reply = last.then(async () => {
      python.send(JSON.stringify(request));
      const { result, error } = JSON.parse(await python.next()) as { result?: Reply; error?: Failure };
      if (error) throw new Boto3Error(error);
      return result as Reply;
    });
    last = reply.catch(() => {});
    return reply;
  }
  return asking(ask, python.end, {});
}

function asking(ask: Ask, close: () => Promise<void>, environment: Readonly<Record<string, string>>): Boto3 {
  const called = new Set<string>();
  return {
    call(service, method, input = {}) {
      called.add(`${service}.${method}`);
      return ask({ do: 'call', environment, service, method, input });
    },
    pages(service, method, input, pageSize) {
      called.add(`${service}.${method}`);
      return ask({ do: 'pages', environment, service, method, input, pageSize });
    },
    waiters: (service) => ask({ do: 'waiters', environment, service }),
    presigned: (service, method, input, expiresIn) =>
      ask({ do: 'presigned', environment, service, method, input, expiresIn }),
    fetch: (url) => ask({ do: 'fetch', url }),
    called,
    under: (variables) => asking(ask, close, { ...environment, ...variables }),
    close,
  };
}

/** The error of a call that has to fail. */
export async function failureOf(call: Promise<unknown>): Promise<Boto3Error> {
  const outcome = await call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in outcome && outcome.error instanceof Boto3Error) return outcome.error;
  throw new Error(
    `Expected an error of boto3, not ${JSON.stringify('value' in outcome ? outcome.value : String(outcome.error))}`,
  );
}
