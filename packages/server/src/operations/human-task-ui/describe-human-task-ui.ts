import { humanTaskUiArn } from '@holdpoint/protocol';
import type { OperationHandler } from '../../context.ts';
import { templateUrl } from '../../templates/template-link.ts';
import { loadHumanTaskUi } from './load-human-task-ui.ts';

/** How long the link to the template's text works, in seconds. */
const linkSeconds = 3600;

export const describeHumanTaskUi: OperationHandler<'DescribeHumanTaskUi'> = async (context, input) => {
  const humanTaskUi = await loadHumanTaskUi(context, input.HumanTaskUiName);
  const { contentSha256 } = humanTaskUi;
  return {
    HumanTaskUiArn: humanTaskUiArn(context.installation, humanTaskUi.name),
    HumanTaskUiName: humanTaskUi.name,
    HumanTaskUiStatus: 'Active',
    CreationTime: new Date(humanTaskUi.createdAt),
    UiTemplate: {
      ContentSha256: contentSha256,
      Url: templateUrl({
        publicUrl: context.installation.publicUrl,
        secret: context.linkSecret,
        sha256: contentSha256,
        expiresAt: context.now + linkSeconds * 1000,
      }),
    },
  };
};
