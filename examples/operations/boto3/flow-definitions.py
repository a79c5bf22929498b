"""Flow definitions, one operation after the other."""

import time

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

workteam = sagemaker.describe_workteam(WorkteamName="reviewers")["Workteam"]
ui = sagemaker.create_human_task_ui(HumanTaskUiName="example-mood", UiTemplate={"Content": TEMPLATE})

# region CreateFlowDefinition
flow = sagemaker.create_flow_definition(
    FlowDefinitionName="example-mood",
    RoleArn="arn:aws:iam::000000000000:role/any",
    HumanLoopConfig={
        "WorkteamArn": workteam["WorkteamArn"],
        "HumanTaskUiArn": ui["HumanTaskUiArn"],
        "TaskTitle": "Mood of a text",
        "TaskDescription": "Read the text and choose the mood",
        "TaskCount": 1,
    },
    OutputConfig={"S3OutputPath": "s3://holdpoint/results"},
)
print(f"Created {flow['FlowDefinitionArn']}")
# endregion CreateFlowDefinition

# region DescribeFlowDefinition
while True:
    flow = sagemaker.describe_flow_definition(FlowDefinitionName="example-mood")
    if flow["FlowDefinitionStatus"] != "Initializing":
        break
    time.sleep(1)
print(f"{flow['FlowDefinitionName']} is {flow['FlowDefinitionStatus']}: {flow['HumanLoopConfig']['TaskTitle']}")
# endregion DescribeFlowDefinition

# region ListFlowDefinitions
for page in sagemaker.get_paginator("list_flow_definitions").paginate(SortOrder="Ascending"):
    for flow in page["FlowDefinitionSummaries"]:
        print(f"{flow['FlowDefinitionName']}: {flow['FlowDefinitionArn']}")
# endregion ListFlowDefinitions

# region DeleteFlowDefinition
sagemaker.delete_flow_definition(FlowDefinitionName="example-mood")
try:
    # It is there until nobody works on its human loops any more.
    while sagemaker.describe_flow_definition(FlowDefinitionName="example-mood"):
        time.sleep(1)
except sagemaker.exceptions.ResourceNotFound:
    print("example-mood is deleted")
# endregion DeleteFlowDefinition

sagemaker.delete_human_task_ui(HumanTaskUiName="example-mood")
