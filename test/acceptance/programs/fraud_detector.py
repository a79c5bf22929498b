"""Has people judge transactions that a fraud model finds suspicious."""
import json
import time

import boto3
from botocore.exceptions import ClientError
from cells import pause, show

BUCKET = "fraud-reviews"
sagemaker = boto3.client("sagemaker")
a2i = boto3.client("sagemaker-a2i-runtime")
s3 = boto3.client("s3")

try:
    s3.head_bucket(Bucket=BUCKET)
    raise SystemExit("the bucket should not be there yet")
except ClientError as error:
    assert error.response["Error"]["Code"] == "404", error
s3.create_bucket(Bucket=BUCKET)
region = s3.head_bucket(Bucket=BUCKET)["ResponseMetadata"]["HTTPHeaders"]["x-amz-bucket-region"]
assert region == boto3.Session().region_name, region


class CannedFraudDetector:
    """Answers as the AI service would."""

    def get_event_prediction(self, **event):
        score = {"sample_fraud_detection_model_insightscore": 996.0}
        return {"modelScores": [{"scores": score}], "ruleResults": [{"outcomes": ["review"]}]}


fraud_detector = CannedFraudDetector()
now = str(int(time.time() * 1000))
event = {"email_address": "o'brien+test@example.com", "ip_address": "192.0.2.7", "user": {"name": "Zoë", "age": 41}}

template = r"""<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
      <crowd-classifier
          name="category"
          categories="['Fraud, Manual Review', 'Approved']"
          header="Select the most relevant category"
      >
      <classification-target>
        <h3><strong>Risk Score (out of 1000): </strong><span style="color: #ff9900;">
          {{ task.input.score.sample_fraud_detection_model_insightscore }}</span></h3>
        <h3> Claim Details </h3>
        <p style="padding-left: 50px;"><strong>Email : </strong>{{ task.input.taskObject.email_address }}</p>
        <p style="padding-left: 50px;"><strong>Address : </strong>{{ task.input.taskObject.ip_address }}</p>
        <p style="padding-left: 50px;"><strong>Name : </strong>{{ task.input.taskObject.user.name }}, {{ task.input.taskObject.user['age'] }}</p>
      </classification-target>
      <full-instructions header="Claims Verification Instructions"><p>Review the claim.</p></full-instructions>
      <short-instructions>Choose the relevant category</short-instructions>
    </crowd-classifier>
</crowd-form>"""

workteam = sagemaker.describe_workteam(WorkteamName="reviewers")["Workteam"]
ui_arn = sagemaker.create_human_task_ui(HumanTaskUiName="fraud" + now, UiTemplate={"Content": template})["HumanTaskUiArn"]
flow_name = "fraud-detector-a2i-" + now
flow_arn = sagemaker.create_flow_definition(
    FlowDefinitionName=flow_name,
    RoleArn="arn:aws:iam::000000000000:role/ReviewRole",
    HumanLoopConfig={
        "WorkteamArn": workteam["WorkteamArn"],
        "HumanTaskUiArn": ui_arn,
        "TaskCount": 1,
        "TaskDescription": "Please review the data and flag for potential fraud",
        "TaskTitle": "Review and Approve / Reject Amazon Fraud Detector predictions.",
    },
    OutputConfig={"S3OutputPath": f"s3://{BUCKET}/a2i-results"},
)["FlowDefinitionArn"]

prediction = fraud_detector.get_event_prediction(eventVariables=event)
score = prediction["modelScores"][0]["scores"]
if score["sample_fraud_detection_model_insightscore"] > 900:
    loop_name = "Fraud-detector-" + now
    a2i.start_human_loop(
        HumanLoopName=loop_name,
        FlowDefinitionArn=flow_arn,
        HumanLoopInput={"InputContent": json.dumps({"score": score, "taskObject": event})},
    )

all_human_loops = a2i.list_human_loops(FlowDefinitionArn=flow_arn)["HumanLoopSummaries"]
statuses = []


def look():
    described = a2i.describe_human_loop(HumanLoopName=loop_name)
    statuses.append(described["HumanLoopStatus"])
    return described


first = look()
pause(
    loop=first["HumanLoopName"],
    arn=first["HumanLoopArn"],
    uri=first["HumanLoopOutput"]["OutputS3Uri"],
    listed=[[loop["HumanLoopName"], loop["HumanLoopStatus"]] for loop in all_human_loops],
)

while look()["HumanLoopStatus"] == "InProgress":
    time.sleep(0.1)
completed = look()
bucket, key = completed["HumanLoopOutput"]["OutputS3Uri"].replace("s3://", "").split("/", 1)
s3.download_file(bucket, key, "output.json")
with open("output.json", encoding="utf-8") as file:
    output = json.load(file)
seconds = output["humanAnswers"][0]["timeSpentInSeconds"]
show(
    output=output,
    statuses=sorted(set(statuses), key=statuses.index),
    uri=completed["HumanLoopOutput"]["OutputS3Uri"],
    secondsType=type(seconds).__name__,
    flowName=flow_name,
)
