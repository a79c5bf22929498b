"""Human task UIs, one operation after the other."""

import json
from urllib.request import urlopen

from client import client

sagemaker = client("sagemaker")

TEMPLATE = """
<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <crowd-classifier name="mood" categories="['Positive', 'Negative']" header="What is the mood?">
    <classification-target>{{ task.input.text }}</classification-target>
  </crowd-classifier>
</crowd-form>
"""


# region CreateHumanTaskUi
def create(name, template):
    try:
        ui = sagemaker.create_human_task_ui(HumanTaskUiName=name, UiTemplate={"Content": template})
        print(f"Created {ui['HumanTaskUiArn']}")
    except sagemaker.exceptions.ResourceInUse as error:
        print(f"Not created: {error.response['Error']['Message']}")
# endregion CreateHumanTaskUi


create("example-mood", TEMPLATE)
create("example-mood", TEMPLATE)

# region DescribeHumanTaskUi
ui = sagemaker.describe_human_task_ui(HumanTaskUiName="example-mood")
print(f"{ui['HumanTaskUiName']} has SHA-256 {ui['UiTemplate']['ContentSha256']}")
with urlopen(ui["UiTemplate"]["Url"]) as source:
    template = source.read().decode()
# endregion DescribeHumanTaskUi
print(f"Its source is {'what it was made with' if template == TEMPLATE else 'something else'}")

# region ListHumanTaskUis
for page in sagemaker.get_paginator("list_human_task_uis").paginate(SortOrder="Ascending"):
    for ui in page["HumanTaskUiSummaries"]:
        print(f"{ui['HumanTaskUiName']}: {ui['HumanTaskUiArn']}")
# endregion ListHumanTaskUis

# region RenderUiTemplate
rendered = sagemaker.render_ui_template(
    UiTemplate={"Content": template},
    Task={"Input": json.dumps({"text": "I love it"})},
    RoleArn="arn:aws:iam::000000000000:role/any",
)
for error in rendered["Errors"]:
    print(f"{error['Code']}: {error['Message']}")
print(rendered["RenderedContent"])
# endregion RenderUiTemplate

# region DeleteHumanTaskUi
sagemaker.delete_human_task_ui(HumanTaskUiName="example-mood")
try:
    sagemaker.describe_human_task_ui(HumanTaskUiName="example-mood")
except sagemaker.exceptions.ResourceNotFound:
    print("example-mood is deleted")
# endregion DeleteHumanTaskUi
