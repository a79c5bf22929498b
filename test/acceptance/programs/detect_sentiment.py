"""Classifies texts with an AI service and has people look at the classifications that it is unsure of."""
import json
import re
import time
import uuid

import boto3
from cells import pause, show

BUCKET = "sentiment-reviews"
THRESHOLD = 0.75
OUTPUT_PATH = f"s3://{BUCKET}/a2i-results"

sagemaker_client = boto3.client("sagemaker")
a2i_runtime_client = boto3.client("sagemaker-a2i-runtime")
s3_client = boto3.client("s3")


class CannedComprehend:
    """Answers as the AI service would."""

    answers = {
        "Could you bring the blue one?": ("NEUTRAL", 0.61),
        "I have never been so well looked after!": ("POSITIVE", 0.99),
        "Well, it does what it says, I suppose.": ("POSITIVE", 0.44),
        "Thanks for nothing & goodbye.": ("POSITIVE", 0.52),
    }

    def detect_sentiment(self, LanguageCode, Text):
        sentiment, score = self.answers[Text]
        return {"Sentiment": sentiment, "SentimentScore": {sentiment.capitalize(): score}}


comprehend_client = CannedComprehend()

WORKTEAM_ARN = sagemaker_client.list_workteams()["Workteams"][0]["WorkteamArn"]
s3_client.create_bucket(Bucket=BUCKET)

template = r"""
<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>

<crowd-form>
    <crowd-classifier
      name="sentiment"
      categories="['POSITIVE', 'NEGATIVE', 'NEUTRAL', 'MIXED']"
      initial-value="{{ task.input.initialValue }}"
      header="What sentiment does this text convey?"
    >
      <classification-target>
        {{ task.input.taskObject }}
      </classification-target>
      <full-instructions header="Sentiment Analysis Instructions">
        <p><strong>Positive</strong> sentiment: joy, excitement, delight</p>
        <p><strong>Negative</strong> sentiment: anger, sarcasm, anxiety</p>
      </full-instructions>
      <short-instructions>
       Choose the primary sentiment that is expressed by the text.
      </short-instructions>
    </crowd-classifier>
</crowd-form>
"""


def create_task_ui(name):
    return sagemaker_client.create_human_task_ui(HumanTaskUiName=name, UiTemplate={"Content": template})


task_ui_arn = create_task_ui("ui-comprehend-" + str(uuid.uuid4()))["HumanTaskUiArn"]
flow_definition_name = "fd-comprehend-" + str(uuid.uuid4())

create_workflow_definition_response = sagemaker_client.create_flow_definition(
    FlowDefinitionName=flow_definition_name,
    RoleArn="arn:aws:iam::000000000000:role/service-role/ReviewRole",
    HumanLoopConfig={
        "WorkteamArn": WORKTEAM_ARN,
        "HumanTaskUiArn": task_ui_arn,
        "TaskCount": 1,
        "TaskDescription": "Identify the sentiment of the provided text",
        "TaskTitle": "Detect Sentiment of Text",
    },
    OutputConfig={"S3OutputPath": OUTPUT_PATH},
)
flow_definition_arn = create_workflow_definition_response["FlowDefinitionArn"]

for x in range(60):
    flow = sagemaker_client.describe_flow_definition(FlowDefinitionName=flow_definition_name)
    if flow["FlowDefinitionStatus"] == "Active":
        print("Flow Definition is active")
        break
    time.sleep(0.2)

human_loops_started = []
for blurb in CannedComprehend.answers:
    response = comprehend_client.detect_sentiment(LanguageCode="en", Text=blurb)
    sentiment = response["Sentiment"]
    if response["SentimentScore"][sentiment.capitalize()] < THRESHOLD:
        human_loop_name = str(uuid.uuid4())
        input_content = {"initialValue": sentiment, "taskObject": blurb}
        a2i_runtime_client.start_human_loop(
            HumanLoopName=human_loop_name,
            FlowDefinitionArn=flow_definition_arn,
            HumanLoopInput={"InputContent": json.dumps(input_content)},
        )
        human_loops_started.append(human_loop_name)


def describe_all():
    completed = []
    for name in human_loops_started:
        resp = a2i_runtime_client.describe_human_loop(HumanLoopName=name)
        print(f"HumanLoop Name: {name}")
        print(f'HumanLoop Status: {resp["HumanLoopStatus"]}')
        print(f'HumanLoop Output Destination: {resp["HumanLoopOutput"]}')
        if resp["HumanLoopStatus"] == "Completed":
            completed.append(resp)
    return completed


assert describe_all() == []
workteam_name = WORKTEAM_ARN[WORKTEAM_ARN.rfind("/") + 1 :]
print("Navigate to the private worker portal and do the tasks.")
sub_domain = sagemaker_client.describe_workteam(WorkteamName=workteam_name)["Workteam"]["SubDomain"]
pause(
    portal="https://" + sub_domain,
    loops=human_loops_started,
    texts=[text for text in CannedComprehend.answers if CannedComprehend.answers[text][1] < THRESHOLD],
)

human_loops_completed = describe_all()
outputs = []
for resp in human_loops_completed:
    splitted_string = re.split("s3://" + BUCKET + "/", resp["HumanLoopOutput"]["OutputS3Uri"])
    response = s3_client.get_object(Bucket=BUCKET, Key=splitted_string[1])
    outputs.append(json.loads(response["Body"].read()))
show(outputs=outputs)
