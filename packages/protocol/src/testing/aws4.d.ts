// The little of aws4 that the tests use; the package brings no types.
declare module 'aws4' {
  interface Aws4Request {
    method: string;
    host: string;
    path: string;
    service: string;
    region: string;
    body: string;
    headers?: Record<string, string | number>;
  }
  const aws4: {
    sign(request: Aws4Request, credentials: { accessKeyId: string; secretAccessKey: string }): Aws4Request;
  };
  export default aws4;
}
