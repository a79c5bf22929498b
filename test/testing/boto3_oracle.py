"""Tells what boto3 does: one JSON request a line on standard input, one JSON reply a line on standard output.

Time stands still at a moment that the caller chooses, retries do not wait, and only what a request names is configured. Works
with every botocore from 1.29 on, which Debian 12 has, whose clock and whose model of sagemaker are older.
"""
import base64
import datetime
import json
import os
import sys
import time
import types

waits = []
# Before botocore takes the function.
time.sleep = waits.append

import botocore
import botocore.auth
import botocore.configprovider
import botocore.parsers
import botocore.session
import urllib3
from botocore.config import Config
from botocore.exceptions import ClientError

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
MILLISECOND = datetime.timedelta(milliseconds=1)
moment = EPOCH
# One session for all clients with explicit settings: it keeps the service models.
session = botocore.session.Session()
clients = {}


def now(remove_tzinfo=True):
    return moment.replace(tzinfo=None) if remove_tzinfo else moment


class StandingClock(datetime.datetime):
    @classmethod
    def utcnow(cls):
        return now()


def stop_time():
    """Both generations: a function of botocore's own, and before it the datetime module of each module that signs."""
    for name, module in list(sys.modules.items()):
        if name.startswith("botocore.") and hasattr(module, "get_current_datetime"):
            module.get_current_datetime = now
    if not hasattr(botocore.auth, "get_current_datetime"):
        standing = types.ModuleType("datetime")
        standing.__dict__.update(datetime.__dict__, datetime=StandingClock)
        botocore.auth.datetime = standing


def given(value):
    """The Python value of a request's JSON; what JSON has no form for is an object with one key."""
    if isinstance(value, list):
        return [given(item) for item in value]
    if not isinstance(value, dict):
        return value
    if list(value) == ["$millis"]:
        return EPOCH + value["$millis"] * MILLISECOND
    if list(value) == ["$bytes"]:
        return base64.b64decode(value["$bytes"])
    if list(value) == ["$float"]:
        return float(value["$float"])
    return {key: given(item) for key, item in value.items()}


def told(value):
    """The JSON of a Python value, in the same form."""
    if isinstance(value, dict):
        return {key: told(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [told(item) for item in value]
    if isinstance(value, datetime.datetime):
        return {"$millis": round((value - EPOCH) / MILLISECOND)}
    return value


def client(settings):
    key = json.dumps(settings, sort_keys=True)
    if key not in clients:
        options = Config(
            use_fips_endpoint=settings.get("fips"),
            use_dualstack_endpoint=settings.get("dualstack"),
            connect_timeout=10,
            read_timeout=10,
        )
        clients[key] = session.create_client(
            settings["service"],
            region_name=settings.get("region"),
            endpoint_url=settings.get("endpointUrl"),
            aws_access_key_id=settings.get("accessKeyId"),
            aws_secret_access_key=settings.get("secretAccessKey"),
            aws_session_token=settings.get("sessionToken"),
            config=options,
        )
    return clients[key]


def call(asked):
    return getattr(client(asked["client"]), asked["method"])(**asked["input"])


def presign(asked):
    options = {"Params": asked["input"]}
    if "expiresIn" in asked:
        options["ExpiresIn"] = asked["expiresIn"]
    if "httpMethod" in asked:
        options["HttpMethod"] = asked["httpMethod"]
    return client(asked["client"]).generate_presigned_url(asked["method"], **options)


def paginate(asked):
    """All that an iteration gives, then its error if it ended with one."""
    aws = client(asked["client"])
    pages = aws.get_paginator(asked["method"]).paginate(**asked["input"])
    seen = {"pages": []}
    try:
        if "search" in asked:
            for item in pages.search(asked["search"]):
                seen["pages"].append(item)
        elif asked.get("full"):
            seen["pages"].append(pages.build_full_result())
        else:
            for _ in range(asked.get("times", 1)):
                for page in pages:
                    seen["pages"].append({key: item for key, item in page.items() if key != "ResponseMetadata"})
    except Exception as error:  # whatever it is, the test decides
        seen["error"] = failure(error)
    return {**seen, "resumeToken": pages.resume_token}


def look_up(asked):
    """What a client says about names: one of its methods, called with one text."""
    found = getattr(client(asked["client"]), asked["method"])(asked["name"])
    return found if isinstance(found, (bool, str)) else type(found).__name__


def members(asked):
    """The paths of an input's or output's members, such as Tags.[].Key, and whether each is required where it stands."""
    found = {}

    def walk(shape, path):
        inner = getattr(shape, "members", None) or {}
        required = shape.metadata.get("required", [])
        if shape.type_name == "list":
            inner = {"[]": shape.member}
        for name, member in inner.items():
            here = f"{path}.{name}" if path else name
            found[here] = name in required
            walk(member, here)

    model = client(asked["client"]).meta.service_model.operation_model(asked["operation"])
    shape = getattr(model, f"{asked['side']}_shape")
    if shape:
        walk(shape, "")
    return found


def endpoints(asked):
    """Where the clients of a service are led to, by region: what they say, and the host of a URL; None where they refuse."""
    regions = [
        region
        for partition in session.get_component("endpoint_resolver")._endpoint_data["partitions"]
        for region in partition["regions"]
    ]
    found = {}
    for region in regions:
        settings = {**asked["client"], "region": region}
        try:
            url = client(settings).generate_presigned_url(asked["method"], Params=asked["input"])
            found[region] = {"endpointUrl": client(settings).meta.endpoint_url, "host": url.split("/")[2]}
        except Exception:
            found[region] = None
    return found


def settings(asked):
    """What a program finds that says nothing itself, under the given variables instead of all of AWS's."""
    before = dict(os.environ)
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ.update(asked["environment"])
    try:
        own = botocore.session.get_session()
        own.register_component("data_loader", session.get_component("data_loader"))
        if "profile" in asked:
            own.set_config_variable("profile", asked["profile"])
        aws = own.create_client(asked["service"], endpoint_url=asked.get("endpointUrl"))
        if asked.get("send"):
            getattr(aws, asked["method"])(**asked["input"])
        url = aws.generate_presigned_url(asked["method"], Params=asked["input"])
        return {"region": aws.meta.region_name, "url": url}
    finally:
        os.environ.clear()
        os.environ.update(before)


def about(_asked):
    """What this boto3 is, and what it knows that older ones do not."""
    named = {"status_code": 400, "headers": {}, "body": b'{"__type": "Name:http://a/b"}'}
    parsed = botocore.parsers.create_parser("json").parse(named, None)
    return {
        "botocore": botocore.__version__,
        "urllib3": urllib3.__version__,
        "knowsConfiguredEndpoints": hasattr(botocore.configprovider, "ConfiguredEndpointProvider"),
        "cutsUris": parsed["Error"]["Code"] == "Name",
    }


def failure(error):
    details = {"type": type(error).__name__, "text": str(error)}
    if isinstance(error, ClientError):
        metadata = error.response.get("ResponseMetadata", {})
        told_error = error.response.get("Error", {})
        details["answered"] = {
            "code": told_error.get("Code"),
            "message": told_error.get("Message"),
            "operationName": error.operation_name,
            "statusCode": metadata.get("HTTPStatusCode"),
            "requestId": metadata.get("RequestId"),
            "retries": metadata.get("RetryAttempts"),
        }
    return details


does = {
    do.__name__: do for do in (about, call, endpoints, look_up, members, paginate, presign, settings)
}
stop_time()
for line in sys.stdin:
    request = json.loads(line)
    moment = EPOCH + request["moment"] * MILLISECOND
    waits.clear()
    if "input" in request:
        request["input"] = given(request["input"])
    try:
        answer = {"result": told(does[request["do"]](request))}
    except Exception as error:  # whatever it is, the test decides
        answer = {"error": failure(error)}
    print(json.dumps({**answer, "waits": waits}), flush=True)
