"""Prints docs/performance.md from what is kept in bench/results/; --check fails when it is stale.

latest.json is the last full run; profile.md says where the time of what falls short goes."""

import difflib
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULT = ROOT / "bench" / "results" / "latest.json"
PROFILE = ROOT / "bench" / "results" / "profile.md"
PAGE = ROOT / "docs" / "performance.md"
COLUMNS = 100

INTRODUCTION = """\
# Performance

Printed by `bench/page.py` from `bench/results/latest.json`, the last full run of `script/bench`; do
not edit. [bench/README.md](../bench/README.md) says what each row measures, and what is checked.
Figures of other machines differ: **compare the ratios**, which were measured in one run, in turns,
with the same server and disk settings for everybody.
"""


def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:,.3g}"


def wrap(text):
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > COLUMNS:
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + word
    return "\n".join(lines)


def machine_text(machine):
    run = machine["run"]
    postgresql = machine["postgresql"]
    settings = ", ".join(f"`{name}={value}`" for name, value in postgresql["settings"].items())
    return wrap(
        f"{machine['cpu']}, {machine['cores']} cores, {machine['memory_gib']} GiB, "
        f"{machine['system']}, kernel {machine['kernel']}, {machine['date']}. PostgreSQL "
        f"{postgresql['version']} with {settings}, the rest as delivered; server, clients and "
        f"database share the cores over loopback. A {run['scale']} run: {run['rounds']} rounds of "
        f"{run['seconds']:g} s a measurement; medians.")


def result_table(rows):
    lines = ["| work | unit | ours | others | ours ÷ other | must | met |",
             "|---|---|---:|---|---|---|---|"]
    for row in rows:
        others = "<br>".join(f"{name} {number(value)}" for name, value in row["peers"].items())
        ratios = "<br>".join(f"{value:g}" for value in row["ratio"].values())
        lines.append(f"| `{row['work']}` | {row['unit']} | {number(row['ours'])} | {others} |"
                     f" {ratios} | {row['must']} | {'yes' if row['met'] else '**no**'} |")
    return "\n".join(lines)


def values_text(values):
    names = {"rate": "{}/s", "p50_us": "p50 {} µs", "p99_us": "p99 {} µs", "p50_ms": "p50 {} ms",
             "p99_ms": "p99 {} ms", "cached_rate": "again {}/s", "peak_mib": "peak {} MiB",
             "idle_mib": "idle {} MiB", "busy_mib": "busy {} MiB"}
    return ", ".join(text.format(number(values[name])) for name, text in names.items()
                     if name in values)


def settings_table(measures):
    lines = ["| measured | setting | runs | spread | gave |", "|---|---|---:|---:|---|"]
    for measure in measures:
        lines.append(f"| {measure['name']} | {measure['setting']} | {measure['runs']} |"
                     f" ±{measure['spread']:.0%} | {values_text(measure['values'])} |")
    return "\n".join(lines)


def page(result):
    machine = result["machine"]
    versions = "\n".join(f"- {name}: {version}" for name, version in machine["versions"].items())
    return f"""{INTRODUCTION}
## Machine

{machine_text(machine)}

## Results

{result_table(result["rows"])}

#{PROFILE.read_text().strip()}

## Who was measured, and how

{versions}

All settings of a group run in the first round; the best of them goes on and counts. Spread is half
of the range, as a share of the median.

{settings_table(machine["measures"])}
"""


def main():
    # Before the first full run there is neither a result nor a page.
    fresh = page(json.loads(RESULT.read_text())) if RESULT.exists() else ""
    if "--check" not in sys.argv[1:]:
        if fresh:
            PAGE.write_text(fresh)
        return 0
    kept = PAGE.read_text() if PAGE.exists() else ""
    if kept == fresh:
        return 0
    sys.stdout.writelines(difflib.unified_diff(kept.splitlines(True), fresh.splitlines(True),
                                               "docs/performance.md", "bench/results/latest.json"))
    print("docs/performance.md is stale: run bench/page.py and commit", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
