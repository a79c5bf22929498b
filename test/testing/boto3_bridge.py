"""Calls boto3 as told: one JSON request a line on standard input, one JSON reply a line on standard output."""
import datetime
import json
import sys
import urllib.error
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

clients = {}


def client(service):
    if service not in clients:
        retries = Config(retries={"max_attempts": 1})
        clients[service] = boto3.client(service, config=retries)
    return clients[service]


def plain(value):
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, datetime.datetime):
        moment = value.astimezone(datetime.timezone.utc).replace(tzinfo=None)
        return moment.isoformat(timespec="milliseconds") + "Z"
    if isinstance(value, (bytes, bytearray)):
        return value.decode()
    return value.read().decode() if hasattr(value, "read") else value


def fetch(url):
    try:
        with urllib.request.urlopen(url) as reply:
            return {"status": reply.status, "body": reply.read().decode()}
    except urllib.error.HTTPError as error:
        return {"status": error.code, "body": error.read().decode()}


def perform(request):
    if request["do"] == "fetch":
        return fetch(request["url"])
    aws = client(request["service"])
    if request["do"] == "waiters":
        return aws.waiter_names
    method, given = request["method"], request["input"]
    if request["do"] == "call":
        return plain(getattr(aws, method)(**given))
    if request["do"] == "presigned":
        return aws.generate_presigned_url(method, Params=given, ExpiresIn=request["expiresIn"])
    sizes = {"PageSize": request["pageSize"]}
    pages = aws.get_paginator(method).paginate(**given, PaginationConfig=sizes)
    return [{key: plain(item) for key, item in page.items() if key != "ResponseMetadata"} for page in pages]


def failure(error, service):
    details = error.response["Error"] if isinstance(error, ClientError) else {}
    code = details.get("Code", "")
    exceptions = getattr(client(service), "exceptions") if service else None
    typed = hasattr(exceptions, code) if code else False
    return {
        "type": type(error).__name__,
        "code": code,
        "message": details.get("Message", str(error)),
        "status": error.response["ResponseMetadata"]["HTTPStatusCode"] if details else 0,
        "typed": typed and isinstance(error, getattr(exceptions, code)),
    }


for line in sys.stdin:
    asked = json.loads(line)
    try:
        answer = {"result": perform(asked)}
    except Exception as error:  # whatever it is, the test decides
        answer = {"error": failure(error, asked.get("service"))}
    print(json.dumps(answer), flush=True)
