// Human task UIs, one operation after the other.
import {
  CreateHumanTaskUiCommand,
  DeleteHumanTaskUiCommand,
  DescribeHumanTaskUiCommand,
  paginateListHumanTaskUis,
  RenderUiTemplateCommand,
  ResourceInUse,
  ResourceNotFound,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker';

const moodTemplate = `
<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <crowd-classifier name="mood" categories="['Positive', 'Negative']" header="What is the mood?">
    <classification-target>{{ task.input.text }}</classification-target>
  </crowd-classifier>
</crowd-form>
`;

const sagemaker = new SageMakerClient();

// #region CreateHumanTaskUi
async function create(HumanTaskUiName, Content) {
  try {
    const command = new CreateHumanTaskUiCommand({ HumanTaskUiName, UiTemplate: { Content } });
    const { HumanTaskUiArn } = await sagemaker.send(command);
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
const { HumanTaskUiName, UiTemplate } = await sagemaker.send(
  new DescribeHumanTaskUiCommand({ HumanTaskUiName: 'example-mood' }),
);
console.log(`${HumanTaskUiName} has SHA-256 ${UiTemplate.ContentSha256}`);
const source = await fetch(UiTemplate.Url);
const template = await source.text();
// #endregion DescribeHumanTaskUi
console.log(`Its source is ${template === moodTemplate ? 'what it was made with' : 'something else'}`);

// #region ListHumanTaskUis
for await (const page of paginateListHumanTaskUis({ client: sagemaker }, { SortOrder: 'Ascending' })) {
  for (const { HumanTaskUiName, HumanTaskUiArn } of page.HumanTaskUiSummaries) {
    console.log(`${HumanTaskUiName}: ${HumanTaskUiArn}`);
  }
}
// #endregion ListHumanTaskUis

// #region RenderUiTemplate
const { RenderedContent, Errors } = await sagemaker.send(
  new RenderUiTemplateCommand({
    UiTemplate: { Content: template },
    Task: { Input: JSON.stringify({ text: 'I love it' }) },
    RoleArn: 'arn:aws:iam::000000000000:role/any',
  }),
);
for (const { Code, Message } of Errors) console.log(`${Code}: ${Message}`);
console.log(RenderedContent);
// #endregion RenderUiTemplate

// #region DeleteHumanTaskUi
await sagemaker.send(new DeleteHumanTaskUiCommand({ HumanTaskUiName: 'example-mood' }));
try {
  await sagemaker.send(new DescribeHumanTaskUiCommand({ HumanTaskUiName: 'example-mood' }));
} catch (error) {
  if (!(error instanceof ResourceNotFound)) throw error;
  console.log('example-mood is deleted');
}
// #endregion DeleteHumanTaskUi
