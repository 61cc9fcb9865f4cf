#!/usr/bin/env python3
"""A reference consumer of Docket's feed, by long polling. Standard library only.

Copies what its account may see into a file, one JSON line for each event or omitted run, and keeps
a checkpoint beside it. Delivery is at least once; what makes it exactly once here is that the
checkpoint also says how long the output was: on start, whatever was written behind it is cut off.
A database does the same by writing the checkpoint in the transaction of the effect.

    feed_consumer.py --server http://127.0.0.1:8080 --token-file TOKEN --out events.jsonl
"""
import argparse
import json
import os
import random
import sys
import time
import urllib.error
import urllib.parse
import urllib.request


class HistoryChanged(Exception):
    """The server's history is not the one of the checkpoint: a person has to decide."""


def read_checkpoint(path):
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except FileNotFoundError:
        return {"epoch": "", "position": 0, "bytes": 0}


def write_checkpoint(path, checkpoint):
    """In one step: a reader finds the old one or the new one, whole."""
    with open(path + ".new", "w", encoding="utf-8") as file:
        json.dump(checkpoint, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(path + ".new", path)


def fetch(arguments, token, checkpoint):
    query = {"after": checkpoint["position"], "wait": arguments.wait, "limit": 1000}
    if checkpoint["epoch"]:
        query["epoch"] = checkpoint["epoch"]
    request = urllib.request.Request(f"{arguments.server}/v1/feed?{urllib.parse.urlencode(query)}",
                                     headers={"Authorization": f"Bearer {token}"})
    try:
        with urllib.request.urlopen(request, timeout=arguments.wait + 20) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        if error.code == 409:
            raise HistoryChanged(error.read().decode("utf-8")) from error
        if error.code in (400, 401, 403, 404):
            sys.exit(error.read().decode("utf-8"))
        raise


def items_of(page):
    """Events and omitted runs of a page in the order of their positions."""
    items = [(int(event["position"]), int(event["position"]), event) for event in page["events"]]
    items += [(run["first"], run["last"], {"omitted": run}) for run in page["omitted"]]
    return sorted(items, key=lambda item: item[0])


def consume(arguments, token):
    checkpoint_path = arguments.out + ".checkpoint"
    checkpoint = read_checkpoint(checkpoint_path)
    failures = 0
    with open(arguments.out, "ab") as out:
        # tell() would go on from the old end until something is written.
        out.seek(out.truncate(checkpoint["bytes"]))
        while not arguments.until or checkpoint["position"] < arguments.until:
            try:
                page = fetch(arguments, token, checkpoint)
                failures = 0
            except (OSError, ValueError) as error:
                failures += 1
                print(f"waiting for the server: {error}", file=sys.stderr)
                time.sleep(min(10, 0.1 * 2 ** failures) * random.uniform(0.5, 1))
                continue
            position = checkpoint["position"]
            for first, last, item in items_of(page):
                if first != position + 1:
                    sys.exit(f"position {first} came after {position}: the feed has a gap")
                out.write(json.dumps(item, ensure_ascii=False).encode("utf-8") + b"\n")
                position = last
            if position != page["next"]:
                sys.exit(f"the page ends at {position} and says {page['next']}")
            out.flush()
            os.fsync(out.fileno())
            checkpoint = {"epoch": page["epoch"], "position": position, "bytes": out.tell()}
            write_checkpoint(checkpoint_path, checkpoint)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--server", required=True)
    parser.add_argument("--token-file", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--wait", type=int, default=20,
                        help="for so many seconds the server may hold back an empty page")
    parser.add_argument("--until", type=int, default=0, help="end at this position")
    arguments = parser.parse_args()
    with open(arguments.token_file, encoding="utf-8") as file:
        token = file.read().strip()
    try:
        consume(arguments, token)
    except HistoryChanged as change:
        sys.exit(f"history was restored under this consumer: {change}")


if __name__ == "__main__":
    main()
