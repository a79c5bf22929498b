"""OpenStack Swift with its S3 interface in one process on loopback: a real S3 server that verifies signatures.

Its folder is argv[1], its users argv[2:] as USER:SECRET; their access key ids are test:USER, and a
stranger has no rights. Objects are kept in memory. Prints its port when
it serves, and ends with its standard input, so that it never outlives who started it."""

import json
import os
import sys
from time import time as now

import eventlet
import eventlet.hubs

eventlet.monkey_patch()
folder, users = sys.argv[1], sys.argv[2:]

from swift.common import utils

utils.SWIFT_CONF_FILE = os.path.join(folder, 'swift.conf')
with open(utils.SWIFT_CONF_FILE, 'w') as file:
    # A value of metadata may be as long as Amazon's; elsewhere this server's limit is 256.
    file.write('[swift-hash]\nswift_hash_path_suffix = test\n[swift-constraints]\nmax_meta_value_length = 2048\n')

from eventlet import wsgi
from swift.common import constraints, storage_policy

utils.validate_configuration()
constraints.reload_constraints()
storage_policy.reload_storage_policies()

from swift.common.ring import RingBuilder
from swift.common.utils import get_logger
from swift.common.wsgi import loadapp


def listener():
    return eventlet.listen(('127.0.0.1', 0), backlog=256)


def write(name, text):
    path = os.path.join(folder, name)
    with open(path, 'w') as file:
        file.write(text)
    return path


def quiet(name):
    return f'log_level = CRITICAL\nlog_name = {name}\nlog_address = /dev/null\n'


class Cache:
    """What Swift wants of memcached, of this process alone."""

    def __init__(self):
        self.kept = {}

    def get(self, key, **_):
        text, until = self.kept.get(key, ('null', 0))
        return json.loads(text) if until > now() else None

    def set(self, key, value, time=0, **_):
        self.kept[key] = (json.dumps(value), now() + (time or 3600))

    def delete(self, key, **_):
        self.kept.pop(key, None)


cache = Cache()


def serve(sock, path):
    app = loadapp(path)

    def with_cache(environment, start_response):
        environment['swift.cache'] = cache
        answer = app(environment, start_response)
        # Its errors have a body for HEAD too, which breaks the connection.
        return [] if environment['REQUEST_METHOD'] == 'HEAD' else answer

    eventlet.spawn(
        wsgi.server, sock, with_cache, log_output=False, custom_pool=eventlet.GreenPool(1024), keepalive=True, debug=False,
        url_length_limit=65536, capitalize_response_headers=False,
    )


os.makedirs(os.path.join(folder, 'devices', 'd1'))
for kind in ('account', 'container', 'object'):
    sock = listener()
    ring = RingBuilder(4, 1, 0)
    ring.add_dev({'region': 1, 'zone': 1, 'weight': 1, 'ip': '127.0.0.1', 'port': sock.getsockname()[1], 'device': 'd1',
                  'replication_ip': '127.0.0.1', 'replication_port': sock.getsockname()[1], 'id': 0, 'meta': ''})
    ring.rebalance()
    ring.get_ring().save(os.path.join(folder, f'{kind}.ring.gz'))
    serve(sock, write(f'{kind}.conf', (
        f'[DEFAULT]\nswift_dir = {folder}\ndevices = {folder}/devices\nmount_check = false\n{quiet(kind)}'
        f'[app:main]\nuse = egg:swift#{"mem_object" if kind == "object" else kind}\n')))

lines = ''.join(f'user_test_{user} = {secret}{"" if user == "stranger" else " .admin"}\n' for user, secret in (user.split(':') for user in users))
proxy = listener()
serve(proxy, write('proxy.conf', (
    f'[DEFAULT]\nswift_dir = {folder}\n{quiet("proxy")}'
    '[pipeline:main]\npipeline = catch_errors gatekeeper listing_formats bulk s3api tempauth copy dlo slo symlink proxy-server\n'
    '[app:proxy-server]\nuse = egg:swift#proxy\nallow_account_management = true\naccount_autocreate = true\n'
    '[filter:catch_errors]\nuse = egg:swift#catch_errors\n[filter:gatekeeper]\nuse = egg:swift#gatekeeper\n'
    '[filter:listing_formats]\nuse = egg:swift#listing_formats\n[filter:bulk]\nuse = egg:swift#bulk\n'
    '[filter:s3api]\nuse = egg:swift#s3api\nlocation = us-east-1\nmax_bucket_listing = 100\nforce_swift_request_proxy_log = false\n'
    f'[filter:tempauth]\nuse = egg:swift#tempauth\n{lines}'
    '[filter:copy]\nuse = egg:swift#copy\n[filter:dlo]\nuse = egg:swift#dlo\n[filter:slo]\nuse = egg:swift#slo\n'
    'rate_limit_after_segment = 100000\n[filter:symlink]\nuse = egg:swift#symlink\n')))
print(proxy.getsockname()[1], flush=True)
while True:
    eventlet.hubs.trampoline(0, read=True)
    if not os.read(0, 1):
        os._exit(0)
