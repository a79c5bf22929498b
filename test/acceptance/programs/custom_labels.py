"""Feeds what people say about images back into the training data of an image model."""
import base64
import json
import urllib.parse
import uuid

import boto3
from cells import pause, show

BUCKET = "custom-labels"
sagemaker = boto3.client("sagemaker")
a2i = boto3.client("sagemaker-a2i-runtime")
s3 = boto3.client("s3")

template = r"""<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <crowd-classifier
    name="crowd-image-classifier"
    header="Choose the label that fits the image"
    categories="{{ task.input.labels | to_json | escape }}"
  >
    <classification-target>
      <img id="subject" src="{{ task.input.taskObject | grant_read_access }}" alt="The image to judge" width="64">
    </classification-target>
    <full-instructions header="How to choose"><p>Choose the one that fits best.</p></full-instructions>
    <short-instructions><p>Choose one label.</p></short-instructions>
  </crowd-classifier>
</crowd-form>"""


def stage_assets(event):
    """A custom resource: makes the assets of the stack and takes them away."""
    name = event["ResourceProperties"]["Name"]
    if event["RequestType"] in ("Create", "Update"):
        team = sagemaker.describe_workteam(WorkteamName=event["ResourceProperties"]["Workteam"])
        ui = sagemaker.create_human_task_ui(HumanTaskUiName=name, UiTemplate={"Content": template})
        flow = sagemaker.create_flow_definition(
            FlowDefinitionName=name,
            RoleArn="arn:aws:iam::000000000000:role/ReviewRole",
            HumanLoopConfig={
                "WorkteamArn": team["Workteam"]["WorkteamArn"],
                "HumanTaskUiArn": ui["HumanTaskUiArn"],
                "TaskCount": 1,
                "TaskDescription": "Look at the image and choose the label that fits",
                "TaskTitle": event["ResourceProperties"]["Title"],
            },
            OutputConfig={"S3OutputPath": f"s3://{BUCKET}/a2i-human-loop-data"},
        )
        described = [
            sagemaker.describe_human_task_ui(HumanTaskUiName=name),
            sagemaker.describe_flow_definition(FlowDefinitionName=name),
        ]
        replies = [ui, flow]
    else:
        replies = [sagemaker.delete_flow_definition(FlowDefinitionName=name)]
        replies.append(sagemaker.delete_human_task_ui(HumanTaskUiName=name))
        described = []
    for reply in replies + described:
        assert reply["ResponseMetadata"]["RequestId"], reply
        json.dumps(reply["ResponseMetadata"])
    return replies


def create_human_loop(flow_arn, key, labels):
    name = "custom-labels-" + str(uuid.uuid4())
    content = {
        "taskObject": f"s3://{BUCKET}/{key}",
        "labels": labels,
        "source": {"bucket": BUCKET, "key": key},
        "detectLabelRequestId": str(uuid.uuid4()),
    }
    reply = a2i.start_human_loop(
        HumanLoopName=name,
        FlowDefinitionArn=flow_arn,
        HumanLoopInput={"InputContent": json.dumps(content)},
        DataAttributes={"ContentClassifiers": ["FreeOfPersonallyIdentifiableInformation"]},
    )
    return name, content, json.loads(json.dumps(reply))


def handle_s3_event(event):
    """Runs on every object that is put under the prefix of the human loops."""
    record = event["Records"][0]["s3"]
    key = urllib.parse.unquote_plus(record["object"]["key"])
    output = json.loads(s3.get_object(Bucket=record["bucket"]["name"], Key=key)["Body"].read())
    answer = output["humanAnswers"][0]
    label = answer["answerContent"]["crowd-image-classifier"]["label"]
    source = output["inputContent"]["source"]
    target = f"images_labeled_by_folder/{label}/{source['key'].split('/')[-1]}"
    s3.copy_object(Bucket=BUCKET, Key=target, CopySource={"Bucket": source["bucket"], "Key": source["key"]})
    copied = s3.head_object(Bucket=BUCKET, Key=target)
    return {
        "loop": output["humanLoopName"],
        "label": label,
        "submitted": answer["submissionTime"],
        "inputContent": output["inputContent"],
        "copied": [target, copied["ContentLength"], copied["ContentType"]],
        "objectKey": key,
    }


PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
IMAGE = "images/été & co.png"

s3.create_bucket(Bucket=BUCKET)
s3.put_object(Bucket=BUCKET, Key=IMAGE, Body=PIXEL, ContentType="image/png")
settings = {"Name": "custom-labels", "Workteam": "reviewers", "Title": "Judge the image"}
_, flow = stage_assets({"RequestType": "Create", "ResourceProperties": settings})
loop, sent, _ = create_human_loop(flow["FlowDefinitionArn"], IMAGE, ["cat", "dog's bowl", "<other>"])
uri = a2i.describe_human_loop(HumanLoopName=loop)["HumanLoopOutput"]["OutputS3Uri"]
event = pause(loop=loop, uri=uri, sent=sent)
handled = handle_s3_event(event)

stage_assets({"RequestType": "Update", "ResourceProperties": {**settings, "Name": "custom-labels-2"}})
open_loop, _, _ = create_human_loop(flow["FlowDefinitionArn"], IMAGE, ["cat"])
stage_assets({"RequestType": "Delete", "ResourceProperties": settings})
try:
    left = sagemaker.describe_flow_definition(FlowDefinitionName="custom-labels")["FlowDefinitionStatus"]
except sagemaker.exceptions.ResourceNotFound:
    left = "gone"
show(handled=handled, size=len(PIXEL), left=left, openLoop=open_loop)
