"""Human loops, one operation after the other.

Somebody may answer the first one in the portal; otherwise it fails after a minute and the program goes on.
"""

import json
import time

from client import client

sagemaker = client("sagemaker")
a2i = client("sagemaker-a2i-runtime")
s3 = client("s3")

TEMPLATE = """
<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <p>Invoice {{ task.input.number }}</p>
  <crowd-input name="total" label="Total" value="{{ task.input.total }}" required></crowd-input>
</crowd-form>
"""

workteam = sagemaker.describe_workteam(WorkteamName="reviewers")["Workteam"]
ui = sagemaker.create_human_task_ui(HumanTaskUiName="example-invoices", UiTemplate={"Content": TEMPLATE})
flow = sagemaker.create_flow_definition(
    FlowDefinitionName="example-invoices",
    RoleArn="arn:aws:iam::000000000000:role/any",
    HumanLoopConfig={
        "WorkteamArn": workteam["WorkteamArn"],
        "HumanTaskUiArn": ui["HumanTaskUiArn"],
        "TaskTitle": "Check an invoice",
        "TaskDescription": "Correct the total if it is wrong",
        "TaskCount": 1,
        "TaskAvailabilityLifetimeInSeconds": 60,
    },
    OutputConfig={"S3OutputPath": "s3://holdpoint/results"},
)
flow_definition_arn = flow["FlowDefinitionArn"]


# region StartHumanLoop
def review(invoice):
    try:
        loop = a2i.start_human_loop(
            HumanLoopName=f"example-invoice-{invoice['number']}",
            FlowDefinitionArn=flow_definition_arn,
            HumanLoopInput={"InputContent": json.dumps(invoice)},
        )
        print(f"Started {loop['HumanLoopArn']}")
    except a2i.exceptions.ConflictException as error:
        print(f"Not started: {error.response['Error']['Message']}")
# endregion StartHumanLoop


review({"number": "4711", "total": "1,299.00"})
review({"number": "4711", "total": "1,399.00"})
print(f"Answer at {workteam['SubDomain']}/portal, or wait a minute", flush=True)

# region ListHumanLoops
pages = a2i.get_paginator("list_human_loops").paginate(
    FlowDefinitionArn=flow_definition_arn,
    SortOrder="Ascending",
    PaginationConfig={"PageSize": 100},
)
for page in pages:
    for loop in page["HumanLoopSummaries"]:
        print(f"{loop['HumanLoopName']} is {loop['HumanLoopStatus']} since {loop['CreationTime']:%H:%M}")
# endregion ListHumanLoops

# region DescribeHumanLoop
while True:
    loop = a2i.describe_human_loop(HumanLoopName="example-invoice-4711")
    if loop["HumanLoopStatus"] not in ("InProgress", "Stopping"):
        break
    time.sleep(1)
if loop["HumanLoopStatus"] == "Completed":
    bucket, key = loop["HumanLoopOutput"]["OutputS3Uri"].removeprefix("s3://").split("/", 1)
    output = json.load(s3.get_object(Bucket=bucket, Key=key)["Body"])
    for answer in output["humanAnswers"]:
        print(f"The total is {answer['answerContent']['total']}")
else:
    print(f"{loop['HumanLoopStatus']}: {loop.get('FailureReason')}")
# endregion DescribeHumanLoop

review({"number": "4712", "total": "86.50"})

# region StopHumanLoop
a2i.stop_human_loop(HumanLoopName="example-invoice-4712")
# Whoever is working on it may finish.
while (loop := a2i.describe_human_loop(HumanLoopName="example-invoice-4712"))["HumanLoopStatus"] == "Stopping":
    time.sleep(1)
print(f"{loop['HumanLoopName']} is {loop['HumanLoopStatus']}")
# endregion StopHumanLoop

# region DeleteHumanLoop
# Its output.json stays in the bucket.
a2i.delete_human_loop(HumanLoopName="example-invoice-4711")
try:
    a2i.describe_human_loop(HumanLoopName="example-invoice-4711")
except a2i.exceptions.ResourceNotFoundException:
    print("example-invoice-4711 is deleted")
# endregion DeleteHumanLoop

a2i.delete_human_loop(HumanLoopName="example-invoice-4712")
sagemaker.delete_flow_definition(FlowDefinitionName="example-invoices")
sagemaker.delete_human_task_ui(HumanTaskUiName="example-invoices")
