"""Has people rank two answers of a language model to each prompt and makes training data of the ranks."""
import json
import time

import boto3
from cells import show

BUCKET = "rlhf"
now = str(int(time.time()))
sm = boto3.client("sagemaker")
a2i = boto3.client("sagemaker-a2i-runtime")
s3 = boto3.client("s3")
s3.create_bucket(Bucket=BUCKET)

template = r"""<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<style>
  td:hover { background-color: #f0f0f5; }
  table, th, td { border: 1px solid black; border-collapse: collapse; }
</style>
<crowd-form>
  <short-instructions><p>Read the prompt and rank the responses from best (1) to worst (2).</p></short-instructions>
  <h3>Prompt</h3>
  <p id="prompt">{{ task.input.prompt }}</p>
  <table>
    <tr><th>Response</th><th>Rank</th></tr>
    {% for r in task.input.responses %}
    <tr>
      <td>{{ r }}</td>
      <td>
        <label for="rank{{ forloop.index }}">Rank of response {{ forloop.index }}</label>
        <select name="rank{{ forloop.index }}" id="rank{{ forloop.index }}" required>
          <option value="">Choose</option>
          <option value="1">1</option>
          <option value="2">2</option>
        </select>
      </td>
    </tr>
    {% endfor %}
  </table>
</crowd-form>"""

team = sm.describe_workteam(WorkteamName="reviewers")["Workteam"]["WorkteamArn"]
ui = sm.create_human_task_ui(HumanTaskUiName="rlhf-ui-" + now, UiTemplate={"Content": template})["HumanTaskUiArn"]
flow = sm.create_flow_definition(
    FlowDefinitionName="rlhf-flow-" + now,
    RoleArn="arn:aws:iam::000000000000:role/ReviewRole",
    HumanLoopConfig={
        "WorkteamArn": team,
        "HumanTaskUiArn": ui,
        "TaskCount": 1,
        "TaskDescription": "Rank the responses",
        "TaskTitle": "Rank the responses",
        "TaskAvailabilityLifetimeInSeconds": 43200,
        "TaskTimeLimitInSeconds": 600,
    },
    OutputConfig={"S3OutputPath": f"s3://{BUCKET}/rankings/"},
)["FlowDefinitionArn"]

prompts = [
    {"prompt": "What is a \"hold point\"?", "responses": ["A place to stop & look.", "<nothing>"]},
    {"prompt": "Why review?", "responses": ["Because.", "Machines err."]},
    {"prompt": "Who reviews?", "responses": ["People.", "Nobody."]},
]
loops = []
for index, content in enumerate(prompts):
    name = f"ranking-{index}-{now}"
    a2i.start_human_loop(
        HumanLoopName=name,
        FlowDefinitionArn=flow,
        HumanLoopInput={"InputContent": json.dumps(content)},
    )
    loops.append(name)
uris = [a2i.describe_human_loop(HumanLoopName=name)["HumanLoopOutput"]["OutputS3Uri"] for name in loops]
show(loops=loops, uris=uris, prompts=prompts)

seen = {name: [] for name in loops}
completed = {}
while len(completed) < len(loops):
    for name in loops:
        resp = a2i.describe_human_loop(HumanLoopName=name)
        if resp["HumanLoopStatus"] not in seen[name]:
            seen[name].append(resp["HumanLoopStatus"])
        if resp["HumanLoopStatus"] == "Completed":
            completed[name] = resp
    time.sleep(0.2)

rows = []
raw = []
for resp in completed.values():
    bucket, key = resp["HumanLoopOutput"]["OutputS3Uri"].removeprefix("s3://").split("/", 1)
    output = json.loads(s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode("utf-8"))
    answers = output["humanAnswers"][0]["answerContent"]
    raw.append(answers)
    ranks = [int(answers["rank1"]), int(answers["rank2"])]
    content = output["inputContent"]
    rows.append({"prompt": content["prompt"], "responses": content["responses"], "ranks": ranks})
show(rows=rows, answers=raw, seen=[seen[name] for name in loops])
