// Tags, one operation after the other.
import { createSageMakerClient } from '@holdpoint/client';

const sagemaker = createSageMakerClient();
const { HumanTaskUiArn: ResourceArn } = await sagemaker.createHumanTaskUi({
  HumanTaskUiName: 'example-tagged',
  UiTemplate: { Content: '<crowd-form><p>{{ task.input.text }}</p></crowd-form>' },
});

// #region AddTags
const { Tags } = await sagemaker.addTags({
  ResourceArn,
  Tags: [
    { Key: 'department', Value: 'accounting' },
    { Key: 'stage', Value: 'test' },
  ],
});
console.log(`It has ${Tags?.length} tags now`);
// #endregion AddTags

// #region ListTags
const tags = sagemaker.getPaginator('listTags').paginate({ ResourceArn });
for await (const { Key, Value } of tags.items()) console.log(`${Key} = ${Value}`);
// #endregion ListTags

// #region DeleteTags
await sagemaker.deleteTags({ ResourceArn, TagKeys: ['stage'] });
const { Tags: left = [] } = await sagemaker.listTags({ ResourceArn });
console.log(`Left: ${left.map((tag) => tag.Key).join(', ')}`);
// #endregion DeleteTags

await sagemaker.deleteHumanTaskUi({ HumanTaskUiName: 'example-tagged' });
