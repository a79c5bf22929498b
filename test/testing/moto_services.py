"""EventBridge, SNS and SQS of moto: prints where they are as JSON, then the messages of each queue whose URL it reads."""
import json
import sys

import boto3
from moto.server import ThreadedMotoServer

server = ThreadedMotoServer(ip_address='127.0.0.1', port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
endpoint = f'http://{host}:{port}'


def client(service):
    keys = {'aws_access_key_id': 'AKIAEVENTS', 'aws_secret_access_key': 'secret'}
    return boto3.client(service, endpoint_url=endpoint, region_name='eu-central-1', **keys)


sqs, sns, events = client('sqs'), client('sns'), client('events')


def queue(name, **attributes):
    url = sqs.create_queue(QueueName=name, Attributes=attributes)['QueueUrl']
    return url, sqs.get_queue_attributes(QueueUrl=url, AttributeNames=['QueueArn'])['Attributes']['QueueArn']


plain, _ = queue('reviews')
fifo, _ = queue('reviews.fifo', FifoQueue='true')
of_topic, of_topic_arn = queue('of-topic')
of_bus, of_bus_arn = queue('of-bus')
topic = sns.create_topic(Name='reviews')['TopicArn']
sns.subscribe(TopicArn=topic, Protocol='sqs', Endpoint=of_topic_arn)
bus = events.create_event_bus(Name='reviews')['EventBusArn']
pattern = json.loads(sys.argv[1])
events.put_rule(Name='ended', EventBusName='reviews', EventPattern=json.dumps(pattern))
events.put_targets(Rule='ended', EventBusName='reviews', Targets=[{'Id': '1', 'Arn': of_bus_arn}])
places = {
    'endpoint': endpoint,
    'plain': plain,
    'fifo': fifo,
    'ofTopic': of_topic,
    'ofBus': of_bus,
    'topic': topic,
    'bus': bus,
}
print(json.dumps(places), flush=True)
for line in sys.stdin:
    found = sqs.receive_message(
        QueueUrl=line.strip(), MaxNumberOfMessages=10, AttributeNames=['All'], MessageAttributeNames=['All']
    )
    print(json.dumps(found.get('Messages', [])), flush=True)
server.stop()
