/**
 * The answer to a request that was signed for a service which is not served here, in a form that its client can read.
 * It names the variable that sends that one service back to where it belongs.
 */
import type { Exchange, Reply } from '../context.ts';

/** Signing names whose name in `AWS_ENDPOINT_URL_<SERVICE>` (the SDKs' service id) is another. */
const serviceIds: { readonly [signingName: string]: string } = {
  'cognito-idp': 'COGNITO_IDENTITY_PROVIDER',
  'cognito-identity': 'COGNITO_IDENTITY',
  states: 'SFN',
  events: 'EVENTBRIDGE',
  logs: 'CLOUDWATCH_LOGS',
  monitoring: 'CLOUDWATCH',
  email: 'SES',
  ses: 'SES',
  elasticloadbalancing: 'ELASTIC_LOAD_BALANCING_V2',
  secretsmanager: 'SECRETS_MANAGER',
  bedrock: 'BEDROCK_RUNTIME',
};

const queryServices = new Set([
  'iam',
  'sns',
  'rds',
  'redshift',
  'elasticloadbalancing',
  'autoscaling',
  'cloudformation',
  'elasticache',
  'email',
  'monitoring',
  'elasticbeanstalk',
]);

export function replyToUnservedService(exchange: Exchange, service: string): Reply {
  const variable = `AWS_ENDPOINT_URL_${serviceIds[service] ?? service.replaceAll('-', '_').toUpperCase()}`;
  const message = `Holdpoint does not serve '${service}': it serves sagemaker (with sagemaker-a2i-runtime), s3 and sts, and stands in front of textract and rekognition. Set ${variable}, or endpoint_url for this service in the AWS configuration file, to where '${service}' is served, or leave this endpoint out for it.`;
  const { requestId } = exchange;
  const xml = (body: string): Reply => ({
    status: 400,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
  });
  const code = 'UnknownOperationException';
  const asXml = escapeXml(message);
  if (service === 'ec2') {
    return xml(
      `<Response><Errors><Error><Code>${code}</Code><Message>${asXml}</Message></Error></Errors><RequestID>${requestId}</RequestID></Response>`,
    );
  }
  const sentForm = exchange.header('content-type')?.startsWith('application/x-www-form-urlencoded') === true;
  if (sentForm || queryServices.has(service)) {
    return xml(
      `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${asXml}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
    );
  }
  return {
    status: 400,
    headers: {
      'content-type': exchange.header('content-type')?.startsWith('application/x-amz-json-1.0')
        ? 'application/x-amz-json-1.0'
        : 'application/x-amz-json-1.1',
      'x-amzn-errortype': code,
      'x-amzn-requestid': requestId,
    },
    body: JSON.stringify({ __type: code, message }),
  };
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
