"""From samples to rows: medians, ratios, what was promised; as a table and as JSON."""

import datetime
import os
import platform
import re
from pathlib import Path

import programs
from postgres import SETTINGS
from rows import ROWS


def significant(value, digits=4):
    return float(f"{value:.{digits}g}") if value < 10 ** digits else float(round(value))


def row_of(row, samples):
    """None when this row was not run."""
    measure = samples.best([row.ours])
    if measure is None:
        return None
    ours = samples.median(measure, row.key) * row.scale
    peers = {}
    for name, groups in row.peers.items():
        best = samples.best(groups)
        peers[name] = samples.median(best, row.key) * row.scale
    ratios = {name: ours / value for name, value in peers.items()}
    return {
        "work": row.work,
        "unit": row.unit,
        "ours": significant(ours),
        "peers": {name: significant(value) for name, value in peers.items()},
        "ratio": {name: significant(value, 3) for name, value in ratios.items()},
        "must": ", ".join(must.text() for must in row.musts),
        "met": all(must.holds(ours, ratios) for must in row.musts),
    }


def all_rows(samples, works):
    made = (row_of(row, samples) for row in ROWS if row.work in works)
    return [row for row in made if row is not None]


def spread_of(work, samples):
    row = next(row for row in ROWS if row.work == work)
    return samples.spread(samples.best([row.ours]), row.key)


def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:,.3g}"


def table(rows, samples):
    lines = [("work", "unit", "ours", "spread", "peer", "theirs", "ours÷peer", "must", "met")]
    for row in rows:
        spread = f"±{spread_of(row['work'], samples):.0%}"
        peers = list(row["peers"].items()) or [("", None)]
        for index, (name, value) in enumerate(peers):
            head = (row["work"], row["unit"], number(row["ours"]), spread)
            tail = (row["must"], "yes" if row["met"] else "NO")
            if index > 0:
                head, tail = ("",) * len(head), ("",) * len(tail)
            peer = (name, number(value), f"{row['ratio'][name]:.2f}") if name else ("", "", "")
            lines.append((*head, *peer, *tail))
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip()
                     for line in lines)


def first_match(path, pattern, default=""):
    found = re.search(pattern, Path(path).read_text(errors="replace"), re.MULTILINE)
    return found.group(1) if found else default


def machine(server, scale, samples):
    """Where, with what and how it was measured."""
    memory = int(first_match("/proc/meminfo", r"^MemTotal:\s+(\d+)", "0"))
    return {
        "cpu": first_match("/proc/cpuinfo", r"^model name\s*:\s*(.+)$", platform.machine()),
        "cores": os.cpu_count(),
        "memory_gib": round(memory / 1024 ** 2),
        "system": first_match("/etc/os-release", r'^PRETTY_NAME="(.+)"$'),
        "kernel": platform.release(),
        "date": datetime.date.today().isoformat(),
        "run": {"scale": scale.name, "rounds": scale.rounds, "seconds": scale.seconds},
        "postgresql": {"version": server.version(), "settings": SETTINGS},
        "versions": programs.peer_versions(),
        "measures": [describe(measure, samples) for measure in samples.by_measure],
    }


def describe(measure, samples):
    answers = samples.by_measure[measure]
    values = {key: significant(samples.median(measure, key)) for key, value in answers[0].items()
              if isinstance(value, (int, float)) and not isinstance(value, bool)}
    return {
        "name": measure.group,
        "setting": measure.setting,
        "runs": len(answers),
        "spread": significant(samples.spread(measure, measure.rank), 2),
        "values": values,
    }
