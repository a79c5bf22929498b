"""Tags, one operation after the other."""

from client import client

sagemaker = client("sagemaker")
ui = sagemaker.create_human_task_ui(
    HumanTaskUiName="example-tagged",
    UiTemplate={"Content": "<crowd-form><p>{{ task.input.text }}</p></crowd-form>"},
)
resource_arn = ui["HumanTaskUiArn"]

# region AddTags
tags = sagemaker.add_tags(
    ResourceArn=resource_arn,
    Tags=[
        {"Key": "department", "Value": "accounting"},
        {"Key": "stage", "Value": "test"},
    ],
)["Tags"]
print(f"It has {len(tags)} tags now")
# endregion AddTags

# region ListTags
for page in sagemaker.get_paginator("list_tags").paginate(ResourceArn=resource_arn):
    for tag in page["Tags"]:
        print(f"{tag['Key']} = {tag['Value']}")
# endregion ListTags

# region DeleteTags
sagemaker.delete_tags(ResourceArn=resource_arn, TagKeys=["stage"])
left = sagemaker.list_tags(ResourceArn=resource_arn)["Tags"]
print(f"Left: {', '.join(tag['Key'] for tag in left)}")
# endregion DeleteTags

sagemaker.delete_human_task_ui(HumanTaskUiName="example-tagged")
