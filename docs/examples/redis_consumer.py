#!/usr/bin/env python3
"""A reference reader of the Redis Stream that Docket relays to. Standard library only.

Copies the stream into a file, one JSON line an entry, with a checkpoint beside it that also says
how long the file was. The id of an entry is POSITION-0: whoever keeps its position sees nothing
twice, though Redis loses its data and is given everything again.

    redis_consumer.py --redis 127.0.0.1:6379 --out events.jsonl
"""
import argparse
import json
import os
import random
import socket
import sys
import time

PREFIX = "docket:cases:"
WAIT_MILLIS = 1000


class Redis:
    """As much of the protocol (RESP2) as this needs; a client library does the same."""

    def __init__(self, address):
        host, port = address.rsplit(":", 1)
        self.socket = socket.create_connection((host, int(port)), timeout=WAIT_MILLIS / 1000 + 5)
        self.input = self.socket.makefile("rb")

    def run(self, *words):
        parts = [str(word).encode() for word in words]
        text = b"*%d\r\n" % len(parts) + b"".join(b"$%d\r\n%b\r\n" % (len(p), p) for p in parts)
        self.socket.sendall(text)
        return self.answer()

    def answer(self):
        line = self.input.readline()
        if not line.endswith(b"\r\n"):
            raise OSError("Redis closed the connection")
        kind, rest = line[:1], line[1:-2]
        if kind == b"-":
            raise OSError(rest.decode())
        if kind == b"*":
            return None if rest == b"-1" else [self.answer() for _ in range(int(rest))]
        if kind != b"$":
            return rest.decode()
        if rest == b"-1":
            return None
        text = self.input.read(int(rest) + 2)
        if len(text) != int(rest) + 2:
            raise OSError("Redis closed the connection")
        return text[:-2].decode()


def read_checkpoint(path):
    if not os.path.exists(path):
        return "", 0, 0
    with open(path, encoding="utf-8") as file:
        return tuple(json.load(file))


def write_checkpoint(path, *checkpoint):
    """In one step: a reader finds the old one or the new one, whole."""
    with open(path + ".new", "w", encoding="utf-8") as file:
        json.dump(checkpoint, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(path + ".new", path)


def follow(redis, arguments, out):
    """Until the connection is lost, or the position is reached: True."""
    path = arguments.out + ".checkpoint"
    epoch, position, _ = read_checkpoint(path)
    while not arguments.until or position < arguments.until:
        now = redis.run("GET", PREFIX + "epoch")
        if now is None:  # Redis is empty; the relay will fill it.
            time.sleep(0.1)
            continue
        if epoch and now != epoch:
            sys.exit(f"history was restored: the stream is now {now}, a person has to decide")
        epoch = now
        answer = redis.run("XREAD", "COUNT", 500, "BLOCK", WAIT_MILLIS, "STREAMS", PREFIX + epoch,
                           f"{position}-0")
        for entry, fields in answer[0][1] if answer else []:
            following = int(entry.split("-")[0])
            if following != position + 1:
                sys.exit(f"entry {following} came after {position}: it was trimmed, read the feed")
            event = dict(zip(fields[::2], fields[1::2]))
            out.write(json.dumps(event, ensure_ascii=False).encode() + b"\n")
            position = following
        out.flush()
        os.fsync(out.fileno())
        write_checkpoint(path, epoch, position, out.tell())
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--redis", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--until", type=int, default=0, help="end at this position")
    arguments = parser.parse_args()
    with open(arguments.out, "ab") as out:
        while True:
            # tell() would go on from the old end until something is written.
            out.seek(out.truncate(read_checkpoint(arguments.out + ".checkpoint")[2]))
            try:
                if follow(Redis(arguments.redis), arguments, out):
                    return
            except OSError as error:
                print(f"waiting for Redis: {error}", file=sys.stderr)
                time.sleep(random.uniform(0.05, 0.5))


if __name__ == "__main__":
    main()
