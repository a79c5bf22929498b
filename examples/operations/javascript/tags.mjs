// Tags, one operation after the other.
import {
  AddTagsCommand,
  CreateHumanTaskUiCommand,
  DeleteHumanTaskUiCommand,
  DeleteTagsCommand,
  ListTagsCommand,
  paginateListTags,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker';

const sagemaker = new SageMakerClient();
const { HumanTaskUiArn: ResourceArn } = await sagemaker.send(
  new CreateHumanTaskUiCommand({
    HumanTaskUiName: 'example-tagged',
    UiTemplate: { Content: '<crowd-form><p>{{ task.input.text }}</p></crowd-form>' },
  }),
);

// #region AddTags
const { Tags } = await sagemaker.send(
  new AddTagsCommand({
    ResourceArn,
    Tags: [
      { Key: 'department', Value: 'accounting' },
      { Key: 'stage', Value: 'test' },
    ],
  }),
);
console.log(`It has ${Tags.length} tags now`);
// #endregion AddTags

// #region ListTags
for await (const page of paginateListTags({ client: sagemaker }, { ResourceArn })) {
  for (const { Key, Value } of page.Tags) console.log(`${Key} = ${Value}`);
}
// #endregion ListTags

// #region DeleteTags
await sagemaker.send(new DeleteTagsCommand({ ResourceArn, TagKeys: ['stage'] }));
const { Tags: left } = await sagemaker.send(new ListTagsCommand({ ResourceArn }));
console.log(`Left: ${left.map((tag) => tag.Key).join(', ')}`);
// #endregion DeleteTags

await sagemaker.send(new DeleteHumanTaskUiCommand({ HumanTaskUiName: 'example-tagged' }));
