"""boto3 before 1.28 looks for endpoints nowhere: whoever uses it names them. This names them for programs that do not.

Python loads it at its start from PYTHONPATH; with a newer boto3 it does nothing.
"""
import os

try:
    import botocore
except ImportError:
    botocore = None

if botocore and tuple(int(part) for part in botocore.__version__.split(".")[:2]) < (1, 31):
    import botocore.session

    create_client = botocore.session.Session.create_client

    def endpoint(session, service):
        name = service.replace("-", "_")
        section = session.full_config.get("services holdpoint", {}).get(name, {})
        places = (os.environ.get(f"AWS_ENDPOINT_URL_{name.upper()}"), os.environ.get("AWS_ENDPOINT_URL"))
        return next((place for place in places if place), section.get("endpoint_url"))

    def create_client_there(self, service_name, *given, **named):
        # boto3 passes everything by name.
        if named.get("endpoint_url") is None:
            named["endpoint_url"] = endpoint(self, service_name)
        return create_client(self, service_name, *given, **named)

    botocore.session.Session.create_client = create_client_there
