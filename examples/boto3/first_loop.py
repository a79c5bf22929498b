"""The first human loop: asks a person for the mood of a text and prints the answer.

Needs boto3 1.28 or newer, and the two files that the server writes into its data directory:

    export AWS_SHARED_CREDENTIALS_FILE=$PWD/data/aws/credentials AWS_CONFIG_FILE=$PWD/data/aws/config
    python examples/boto3/first_loop.py "I love it"
"""

import json
import sys
import time
import uuid

import boto3

TEMPLATE = """
<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <crowd-classifier name="mood" categories="['Positive', 'Negative']" header="What is the mood?">
    <classification-target>{{ task.input.text }}</classification-target>
  </crowd-classifier>
</crowd-form>
"""

sagemaker = boto3.client("sagemaker")
a2i = boto3.client("sagemaker-a2i-runtime")


def flow_definition(name, team):
    """Returns the ARN of the flow definition, which is made when it is not there."""
    try:
        return sagemaker.describe_flow_definition(FlowDefinitionName=name)["FlowDefinitionArn"]
    except sagemaker.exceptions.ResourceNotFound:
        pass
    ui = sagemaker.create_human_task_ui(HumanTaskUiName=name, UiTemplate={"Content": TEMPLATE})
    flow = sagemaker.create_flow_definition(
        FlowDefinitionName=name,
        RoleArn="arn:aws:iam::000000000000:role/any",
        OutputConfig={"S3OutputPath": "s3://holdpoint/results"},
        HumanLoopConfig={
            "WorkteamArn": team["WorkteamArn"],
            "HumanTaskUiArn": ui["HumanTaskUiArn"],
            "TaskTitle": "Mood of a text",
            "TaskDescription": "Read the text and choose the mood",
            "TaskCount": 1,
        },
    )
    return flow["FlowDefinitionArn"]


def read_output(uri):
    """Returns the parsed output.json of a loop."""
    bucket, key = uri.removeprefix("s3://").split("/", 1)
    return json.load(boto3.client("s3").get_object(Bucket=bucket, Key=key)["Body"])


def main(text):
    team = sagemaker.describe_workteam(WorkteamName="reviewers")["Workteam"]
    name = f"first-loop-{uuid.uuid4()}"
    a2i.start_human_loop(
        HumanLoopName=name,
        FlowDefinitionArn=flow_definition("first-loop", team),
        HumanLoopInput={"InputContent": json.dumps({"text": text})},
    )
    print(f"Started {name}. Answer it at {team['SubDomain']}/portal …", flush=True)
    while (loop := a2i.describe_human_loop(HumanLoopName=name))["HumanLoopStatus"] in ("InProgress", "Stopping"):
        time.sleep(1)
    print(f"The loop is {loop['HumanLoopStatus']}. {loop.get('FailureReason', '')}")
    if loop["HumanLoopStatus"] == "Completed":
        for answer in read_output(loop["HumanLoopOutput"]["OutputS3Uri"])["humanAnswers"]:
            print(json.dumps(answer["answerContent"]))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "I love it")
