// Human task UIs, one operation after the other.
import { createSageMakerClient, ResourceInUse, ResourceNotFound } from '@holdpoint/client';

const moodTemplate = `
<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <crowd-classifier name="mood" categories="['Positive', 'Negative']" header="What is the mood?">
    <classification-target>{{ task.input.text }}</classification-target>
  </crowd-classifier>
</crowd-form>
`;

const sagemaker = createSageMakerClient();

// #region CreateHumanTaskUi
async function create(HumanTaskUiName: string, Content: string) {
  try {
    const { HumanTaskUiArn } = await sagemaker.createHumanTaskUi({ HumanTaskUiName, UiTemplate: { Content } });
    console.log(`Created ${HumanTaskUiArn}`);
  } catch (error) {
    if (!(error instanceof ResourceInUse)) throw error;
    console.log(`Not created: ${error.message}`);
  }
}
// #endregion CreateHumanTaskUi

await create('example-mood', moodTemplate);
await create('example-mood', moodTemplate);

// #region DescribeHumanTaskUi
const { HumanTaskUiName, UiTemplate } = await sagemaker.describeHumanTaskUi({ HumanTaskUiName: 'example-mood' });
console.log(`${HumanTaskUiName} has SHA-256 ${UiTemplate.ContentSha256}`);
const source = await fetch(UiTemplate.Url!);
const template = await source.text();
// #endregion DescribeHumanTaskUi
console.log(`Its source is ${template === moodTemplate ? 'what it was made with' : 'something else'}`);

// #region ListHumanTaskUis
const uis = sagemaker.getPaginator('listHumanTaskUis').paginate({ SortOrder: 'Ascending' });
for await (const { HumanTaskUiName, HumanTaskUiArn } of uis.items()) {
  console.log(`${HumanTaskUiName}: ${HumanTaskUiArn}`);
}
// #endregion ListHumanTaskUis

// #region RenderUiTemplate
const { RenderedContent, Errors } = await sagemaker.renderUiTemplate({
  UiTemplate: { Content: template },
  Task: { Input: JSON.stringify({ text: 'I love it' }) },
  RoleArn: 'arn:aws:iam::000000000000:role/any',
});
for (const { Code, Message } of Errors) console.log(`${Code}: ${Message}`);
console.log(RenderedContent);
// #endregion RenderUiTemplate

// #region DeleteHumanTaskUi
await sagemaker.deleteHumanTaskUi({ HumanTaskUiName: 'example-mood' });
try {
  await sagemaker.describeHumanTaskUi({ HumanTaskUiName: 'example-mood' });
} catch (error) {
  if (!(error instanceof ResourceNotFound)) throw error;
  console.log('example-mood is deleted');
}
// #endregion DeleteHumanTaskUi
