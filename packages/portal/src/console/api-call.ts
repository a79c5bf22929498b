// What an action of the console is as a call of the API, for those who want to do the same by program.
import { encodeJson11Request, type OperationInput, type OperationName, operations } from '@holdpoint/protocol';
import { html, type TemplateResult } from 'lit';

/** A disclosure with the same call for boto3 and as plain JSON; `input` as `call` takes it. */
export function apiCall<Name extends OperationName>(name: Name, input: OperationInput<Name>): TemplateResult {
  const json = JSON.parse(encodeJson11Request(operations[name], input).body) as Record<string, unknown>;
  return html`<details class="api-call">
    <summary>The same by program: ${name}</summary>
    <pre tabindex="0" aria-label="Call for Python">${pythonCall(name, json)}</pre>
  </details>`;
}

/** boto3 knows AWS's operations; ours go over the wire by their target. */
function pythonCall(name: OperationName, input: Record<string, unknown>): string {
  const operation = operations[name];
  const target = 'target' in operation ? operation.target : undefined;
  if (target?.startsWith('Holdpoint.'))
    return `// npm: @holdpoint/client\nawait createClient().call('${name}', ${JSON.stringify(input, undefined, 2)});`;
  const service = operation.protocol === 'rest-json' ? 'sagemaker-a2i-runtime' : 'sagemaker';
  const method = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  const members = Object.entries(input).map(([key, value]) => `    ${key}=${pythonValue(value, 1)},\n`);
  return `boto3.client('${service}', endpoint_url='${location.origin}').${method}(${members.length > 0 ? `\n${members.join('')}` : ''})`;
}

function pythonValue(value: unknown, depth: number): string {
  const inner = '    '.repeat(depth + 1);
  const outer = '    '.repeat(depth);
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((one) => `${inner}${pythonValue(one, depth + 1)},\n`).join('')}${outer}]`;
  }
  if (typeof value === 'object') {
    const members = Object.entries(value as object);
    if (members.length === 0) return '{}';
    return `{\n${members.map(([key, one]) => `${inner}${JSON.stringify(key)}: ${pythonValue(one, depth + 1)},\n`).join('')}${outer}}`;
  }
  return JSON.stringify(value);
}
