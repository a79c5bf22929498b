import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { previewUiTemplate } from '../operations/human-task-ui/preview-ui-template.ts';
import { openPortalScenario, type PortalScenario } from '../testing/portal-scenario.ts';

let scenario: PortalScenario;
beforeEach(async () => {
  scenario = await openPortalScenario();
});
afterEach(() => scenario.close());

const policyOf = async (query: string) =>
  (await scenario.browser().get(`/portal/preview${query}`)).headers.get('content-security-policy');

describe('O2: the frame of previews', () => {
  it('has the policy of the page that it is to show', async () => {
    const { ContentSecurityPolicy } = await previewUiTemplate(scenario.operationContext(), {
      UiTemplate: {
        Content: '<p>{{ "s3://photos/a.png" | grant_read_access }} {{ "s3://b.2/c" | grant_read_access }}</p>',
      },
      Task: { Input: '{}' },
      Origin: scenario.origin,
    });
    expect(await policyOf('?bucket=photos&bucket=b.2')).toBe(ContentSecurityPolicy);
    expect(ContentSecurityPolicy).toContain(`${scenario.origin}/b.2/`);
  });

  it.each([
    '?bucket=portal',
    '?bucket=assets',
    '?bucket=x;script-src *',
    '?bucket=a%2F..%2Fportal',
    '?bucket=%0A',
    '?x',
    '',
  ])('takes nothing else into it: %j', async (query) => {
    const none = await policyOf('');
    expect(none).toMatch(/^sandbox allow-scripts (?!.*allow-same-origin)/);
    expect(await policyOf(query)).toBe(none);
  });

  it('takes as many buckets as a page can name', async () => {
    const buckets = Array.from({ length: 60 }, (_, index) => `bucket=photos-${index}`);
    const policy = await policyOf(`?${buckets.join('&')}`);
    expect(policy).toContain('/photos-49/');
    expect(policy).not.toContain('/photos-50/');
  });
});
