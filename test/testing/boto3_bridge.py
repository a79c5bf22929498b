"""Calls boto3 as told: one JSON request a line on standard input, one JSON reply a line on standard output."""
import base64
import datetime
import json
import os
import sys
import urllib.error
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

clients = {}


def client(service, environment):
    key = json.dumps([service, environment])
    if key not in clients:
        before = dict(os.environ)
        os.environ.update(environment)
        clients[key] = boto3.Session().client(service, config=Config(retries={"max_attempts": 1}))
        # Credentials are read when they are first needed; how to ask for them differs between versions.
        signer = clients[key]._request_signer
        (getattr(clients[key], "_get_credentials", None) or (lambda: signer._credentials))().get_frozen_credentials()
        os.environ.clear()
        os.environ.update(before)
    return clients[key]


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


def given_to_boto3(value):
    if isinstance(value, dict):
        if set(value) == {"$bytes"}:
            return base64.b64decode(value["$bytes"])
        return {key: given_to_boto3(item) for key, item in value.items()}
    return [given_to_boto3(item) for item in value] if isinstance(value, list) else value


def fetch(url):
    try:
        with urllib.request.urlopen(url) as reply:
            return {"status": reply.status, "body": reply.read().decode()}
    except urllib.error.HTTPError as error:
        return {"status": error.code, "body": error.read().decode()}


def perform(request):
    if request["do"] == "fetch":
        return fetch(request["url"])
    aws = client(request["service"], request["environment"])
    if request["do"] == "waiters":
        return aws.waiter_names
    method, given = request["method"], given_to_boto3(request["input"])
    if request["do"] == "call":
        return plain(getattr(aws, method)(**given))
    if request["do"] == "presigned":
        return aws.generate_presigned_url(method, Params=given, ExpiresIn=request["expiresIn"])
    sizes = {"PageSize": request["pageSize"]}
    pages = aws.get_paginator(method).paginate(**given, PaginationConfig=sizes)
    return [{key: plain(item) for key, item in page.items() if key != "ResponseMetadata"} for page in pages]


def failure(error, request):
    details = error.response["Error"] if isinstance(error, ClientError) else {}
    code = details.get("Code", "")
    exceptions = client(request["service"], request["environment"]).exceptions if details else None
    typed = hasattr(exceptions, code)
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
        answer = {"error": failure(error, asked)}
    print(json.dumps(answer), flush=True)
