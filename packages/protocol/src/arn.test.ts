import { describe, expect, it } from 'vitest';
import {
  flowDefinitionArn,
  formatArn,
  humanLoopArn,
  humanTaskUiArn,
  parseArn,
  workforceArn,
  workteamArn,
} from './arn.ts';

const settings = { region: 'us-east-1', accountId: '000000000000' };
const prefix = 'arn:aws:sagemaker:us-east-1:000000000000:';

describe('ARNs', () => {
  it.each([
    [flowDefinitionArn, 'flow-definition/n'],
    [humanLoopArn, 'human-loop/n'],
    [humanTaskUiArn, 'human-task-ui/n'],
    [workteamArn, 'workteam/private-crowd/n'],
    [workforceArn, 'workforce/n'],
  ])('%o', (make, resource) => expect(make(settings, 'n')).toBe(prefix + resource));

  it.each([
    ['us-east-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
  ])('%s lies in %s', (region, partition) => {
    expect(formatArn({ region, accountId: '1', resource: 'r' })).toBe(`arn:${partition}:sagemaker:${region}:1:r`);
  });

  it.each([
    [`${prefix}workteam/private-crowd/a`, ['workteam', 'private-crowd/a']],
    ['arn:aws:sns:us-east-1:000000000000:topic', ['', 'topic']],
    ['arn:aws:logs:us-east-1:000000000000:log-group:a:b', ['log-group', 'a:b']],
    ['arn:aws:s3:::bucket/key', ['bucket', 'key']],
    ['', undefined],
    ['arn:aws:sagemaker:us-east-1:000000000000', undefined],
    ['arn::sagemaker:us-east-1:000000000000:a/b', undefined],
    ['nra:aws:sagemaker:us-east-1:000000000000:a/b', undefined],
  ])('takes %s apart', (text, expected) => {
    const arn = parseArn(text);
    expect(arn && [arn.resourceType, arn.resourceName]).toEqual(expected);
  });
});
