"""Measures Docket beside its ceilings and peers; see bench/README.md. Started by script/bench.

Exit codes: 0 all that was promised is met, 1 something is not, 2 the command line is wrong,
3 a measurement failed or what it acknowledged was not stored.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import measures
import programs
import report
from postgres import PostgresServer
from rows import ROWS
from runner import Runner, say


def arguments():
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__.splitlines()[0])
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true",
                      help="at most ten minutes: three short rounds, no growth")
    size.add_argument("--smoke", action="store_true",
                      help="tiny sizes, one round: shows that everything runs, not how fast")
    parser.add_argument("--only", metavar="WORK,…", help="these rows only: " +
                        ", ".join(row.work for row in ROWS))
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the rows to FILE")
    chosen = parser.parse_args()
    known = [row.work for row in ROWS]
    chosen.works = chosen.only.split(",") if chosen.only else known
    for work in chosen.works:
        if work not in known:
            parser.error(f"unknown work {work}; known are {', '.join(known)}")
    return chosen


def scale_of(chosen):
    if chosen.quick:
        return measures.QUICK
    return measures.SMOKE if chosen.smoke else measures.FULL


def measure(chosen):
    scale = scale_of(chosen)
    groups = set().union(*(row.groups() for row in ROWS if row.work in chosen.works))
    wanted = [m for m in measures.catalogue(scale) if m.group in groups]
    with PostgresServer() as server:
        samples = Runner(server, scale).run(wanted)
        rows = report.all_rows(samples, chosen.works)
        result = {"machine": report.machine(server, scale, samples), "rows": rows}
    print(report.table(rows, samples))
    if chosen.json:
        chosen.json.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
    if chosen.smoke:
        return 0
    return 0 if all(row["met"] for row in rows) else 1


def main():
    chosen = arguments()
    try:
        programs.install_peers()
        return measure(chosen)
    except (programs.ProgramFailed, RuntimeError, OSError, subprocess.SubprocessError) as failure:
        say(f"script/bench: {failure}")
        return 3


if __name__ == "__main__":
    sys.exit(main())
