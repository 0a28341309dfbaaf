"""moto's S3, which checks signatures: its own, not ours. Prints PORT n; ends with standard input.

    moto-server.py KEYS CONTENT

Makes the bucket `artifacts` with the object `a.bin` of the file CONTENT, and writes the keys of a
user who may read it to the file KEYS, one a line.
"""
import logging
import os
import sys
import threading

import boto3
from moto import settings
from moto.core.authorization import ActionAuthenticatorMixin
from moto.server import ThreadedMotoServer

logging.getLogger("werkzeug").setLevel(logging.ERROR)
region = "eu-central-1"
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
options = dict(
    endpoint_url=f"http://{host}:{port}", region_name=region, aws_access_key_id="maker",
    aws_secret_access_key="maker")
iam, s3 = boto3.client("iam", **options), boto3.client("s3", **options)
iam.create_user(UserName="reader")
keys = iam.create_access_key(UserName="reader")["AccessKey"]
iam.put_user_policy(
    UserName="reader", PolicyName="reads", PolicyDocument=(
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow",'
        ' "Action": ["s3:GetObject"], "Resource": "*"}]}'))
s3.create_bucket(
    Bucket="artifacts", CreateBucketConfiguration={"LocationConstraint": region})
s3.put_object(Bucket="artifacts", Key="a.bin", Body=open(sys.argv[2], "rb").read())
with open(sys.argv[1], "w") as file:
    file.write(keys["AccessKeyId"] + "\n" + keys["SecretAccessKey"] + "\n")
# From now on every request is checked.
ActionAuthenticatorMixin.request_count = 0
settings.INITIAL_NO_AUTH_ACTION_COUNT = 0
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
print("PORT", port, flush=True)
threading.Event().wait()
