"""Has people correct the boxes of an object detection model, and makes training data of what they answer."""
import json
import re
import struct
import time
import uuid
import zlib

import boto3
from cells import pause, show

BUCKET = "object-detection"
CLASSES = ["person", "bicycle"]
THRESHOLD = 0.8

sagemaker = boto3.client("sagemaker")
a2i = boto3.client("sagemaker-a2i-runtime")
s3 = boto3.client("s3")


def picture(width, height):
    """A PNG with a slope of grey from left to right."""
    row = bytes([0]) + bytes(60 + 120 * x // width for x in range(width))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(row * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


SIZES = {"images/street 1.png": (640, 480), "images/street 2.png": (1600, 1200), "images/street 3.png": (64, 64)}


class CannedDetector:
    """Answers as the endpoint of the model would: class, score, and two corners as parts of the image's sides."""

    answers = {
        "images/street 1.png": [
            [0, 0.71, 0.1, 0.2, 0.35, 0.7],
            [1, 0.64, 0.5, 0.5, 0.7, 0.7],
            [0, 0.55, 0.75, 0.1, 0.85, 0.3],
        ],
        "images/street 2.png": [[1, 0.79, 0.12, 0.25, 0.5, 0.5], [0, 0.6, 0.5003, 0.1004, 0.7502, 0.3996]],
        "images/street 3.png": [[0, 0.99, 0.1, 0.1, 0.9, 0.9]],
    }

    def invoke_endpoint(self, key):
        return {"prediction": self.answers[key]}


template = r"""<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <crowd-bounding-box
    name="annotatedResult"
    src="{{ task.input.taskObject | grant_read_access }}"
    header="Draw a tight box around each object"
    labels="{{ task.input.labels | to_json | escape }}"
    initial-value="[
      {% for box in task.input.prediction %}
      {% assign class = box[0] %}
      {% assign width = box[4] | minus: box[2] %}
      {% assign height = box[5] | minus: box[3] %}
      {
        label: '{{ task.input.labels[class] }}',
        left: {{ box[2] | times: task.input.width | round }},
        top: {{ box[3] | times: task.input.height | round }},
        width: {{ width | times: task.input.width | round }},
        height: {{ height | times: task.input.height | round }},
      },
      {% endfor %}
    ]"
  >
    <full-instructions header="How to draw boxes"><p>A box touches its object on all sides.</p></full-instructions>
    <short-instructions><p>Correct the boxes, delete wrong ones, and draw those that are missing.</p></short-instructions>
  </crowd-bounding-box>
</crowd-form>"""

s3.create_bucket(Bucket=BUCKET)
for key, (width, height) in SIZES.items():
    s3.put_object(Bucket=BUCKET, Key=key, Body=picture(width, height), ContentType="image/png")

now = str(uuid.uuid4())[:8]
flow_name = "object-detection-" + now
ui = sagemaker.create_human_task_ui(HumanTaskUiName=flow_name, UiTemplate={"Content": template})
flow = sagemaker.create_flow_definition(
    FlowDefinitionName=flow_name,
    RoleArn="arn:aws:iam::000000000000:role/ReviewRole",
    HumanLoopConfig={
        "WorkteamArn": sagemaker.list_workteams()["Workteams"][0]["WorkteamArn"],
        "HumanTaskUiArn": ui["HumanTaskUiArn"],
        "TaskCount": 1,
        "TaskDescription": "Correct the boxes around people and bicycles",
        "TaskTitle": "Check the boxes " + now,
    },
    OutputConfig={"S3OutputPath": f"s3://{BUCKET}/a2i-results"},
)
for _ in range(60):
    described = sagemaker.describe_flow_definition(FlowDefinitionName=flow_name)
    if described["FlowDefinitionStatus"] == "Active":
        break
    time.sleep(0.2)

detector = CannedDetector()
loops = []
for key, (width, height) in SIZES.items():
    prediction = detector.invoke_endpoint(key)["prediction"]
    if min(score for _, score, *_ in prediction) >= THRESHOLD:
        continue
    name = str(uuid.uuid4())
    content = {
        "taskObject": f"s3://{BUCKET}/{key}",
        "labels": CLASSES,
        "prediction": prediction,
        "width": width,
        "height": height,
    }
    a2i.start_human_loop(
        HumanLoopName=name,
        FlowDefinitionArn=flow["FlowDefinitionArn"],
        HumanLoopInput={"InputContent": json.dumps(content)},
    )
    loops.append(name)


def describe_all():
    return [a2i.describe_human_loop(HumanLoopName=name) for name in loops]


pause(
    title="Check the boxes " + now,
    loops=[[one["HumanLoopName"], one["HumanLoopOutput"]["OutputS3Uri"]] for one in describe_all()],
)


def manifest_line(output):
    """One line of training data, in the form that object detection is trained with."""
    answer = output["humanAnswers"][0]
    result = answer["answerContent"]["annotatedResult"]
    size = result["inputImageProperties"]
    boxes = result["boundingBoxes"]
    return {
        "source-ref": output["inputContent"]["taskObject"],
        "reviewed": {
            "annotations": [
                {
                    "class_id": CLASSES.index(box["label"]),
                    "left": box["left"],
                    "top": box["top"],
                    "width": box["width"],
                    "height": box["height"],
                }
                for box in boxes
            ],
            "image_size": [{"width": size["width"], "depth": 3, "height": size["height"]}],
        },
        "reviewed-metadata": {
            "job-name": output["humanLoopName"],
            "class-map": {str(index): name for index, name in enumerate(CLASSES)},
            "human-annotated": "yes",
            "objects": [{"confidence": 1} for _ in boxes],
            "creation-date": answer["submissionTime"],
            "type": "groundtruth/object-detection",
        },
    }


with open("augmented.manifest", "w", encoding="utf-8") as manifest:
    for loop in describe_all():
        assert loop["HumanLoopStatus"] == "Completed", loop
        bucket, key = re.match("s3://([^/]+)/(.+)", loop["HumanLoopOutput"]["OutputS3Uri"]).groups()
        output = json.loads(s3.get_object(Bucket=bucket, Key=key)["Body"].read())
        manifest.write(json.dumps(manifest_line(output)) + "\n")
s3.upload_file("augmented.manifest", BUCKET, f"training/{now}/augmented.manifest")
written = s3.get_object(Bucket=BUCKET, Key=f"training/{now}/augmented.manifest")["Body"].read().decode()
show(lines=written.splitlines())
