#!/usr/bin/env python3
"""A reference receiver of Docket's webhooks (Standard Webhooks). Standard library only.

Verifies each message's signature, answers the verification challenge, and appends events to a file,
one JSON line each, with a checkpoint beside it that also says how long the file was: what is sent
again changes nothing, what was half written is cut off at the next start. A message that would
leave a gap is refused, so that it comes again.

    webhook_receiver.py --port 9000 --secret-file SECRET --out events.jsonl

Behind a proxy that ends TLS; the secret is the `whsec_…` text that the subscription was made with.
"""
import argparse
import base64
import hashlib
import hmac
import http.server
import json
import os
import time

AGE_MAX_SECONDS = 300
BODY_MAX_BYTES = 4 * 1024 * 1024


class Refused(Exception):
    """With the status that is answered."""

    def __init__(self, status, why):
        super().__init__(why)
        self.status = status


def verify(headers, body, secret, now):
    """Raises Refused unless the message is signed with the secret, now."""
    identifier, stamp = headers["webhook-id"] or "", headers["webhook-timestamp"] or ""
    if not stamp.isdigit() or abs(now - int(stamp)) > AGE_MAX_SECONDS:
        raise Refused(401, "the timestamp is missing or not of now")
    key = base64.b64decode(secret.removeprefix("whsec_"))
    text = f"{identifier}.{stamp}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.digest(key, text, hashlib.sha256)).decode()
    given = (headers["webhook-signature"] or "").split()
    # Several while a secret is replaced; all are compared, in constant time each.
    if not any([hmac.compare_digest(expected.encode(), one.encode()) for one in given]):
        raise Refused(401, "the signature is not of this secret")


class Events:
    """What was received, in the order of positions, once each."""

    def __init__(self, path):
        self.checkpoint_path = path + ".checkpoint"
        self.epoch, self.position, size = "", 0, 0
        if os.path.exists(self.checkpoint_path):
            with open(self.checkpoint_path, encoding="utf-8") as file:
                self.epoch, self.position, size = json.load(file)
        self.file = open(path, "ab")
        self.file.truncate(size)

    def take(self, event, after):
        """`after`: nothing between it and the event's position is for this subscription."""
        position = int(event["position"])
        if self.epoch and event["epoch"] != self.epoch:
            raise Refused(409, "history was restored: a person has to decide")
        if position <= self.position:
            return
        if after > self.position:
            raise Refused(409, f"{position} comes after {after}, and here {self.position} is last")
        self.file.write(json.dumps(event, ensure_ascii=False).encode() + b"\n")
        self.file.flush()
        os.fsync(self.file.fileno())
        self.epoch, self.position = event["epoch"], position
        with open(self.checkpoint_path + ".new", "w", encoding="utf-8") as file:
            json.dump([self.epoch, self.position, self.file.tell()], file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(self.checkpoint_path + ".new", self.checkpoint_path)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 60
    secret_file = ""
    events = None

    def do_POST(self):
        try:
            size = int(self.headers["content-length"] or "0")
            if not 0 < size <= BODY_MAX_BYTES:
                raise Refused(413, "no body, or too large a one")
            body = self.rfile.read(size)
            with open(self.secret_file, encoding="utf-8") as file:
                verify(self.headers, body, file.read().strip(), time.time())
            message = json.loads(body)
            if message["type"] == "docket.webhook.verification":
                return self.answer(200, {"challenge": message["challenge"]})
            self.events.take(message, int(self.headers["docket-after"]))
            return self.answer(204)
        except Refused as refused:
            self.log_message("refused: %s", refused)
            return self.answer(refused.status, {"error": str(refused)})

    def answer(self, status, content=None):
        body = b"" if content is None else json.dumps(content).encode()
        self.send_response(status)
        if status != 204:
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code="-", size="-"):
        pass


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--secret-file", required=True)
    parser.add_argument("--out", required=True)
    arguments = parser.parse_args()
    Handler.secret_file = arguments.secret_file
    Handler.events = Events(arguments.out)
    # One message at a time: the next one comes when this one was answered anyway.
    with http.server.HTTPServer(("127.0.0.1", arguments.port), Handler) as server:
        print(f"listening on 127.0.0.1:{server.server_port}", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
