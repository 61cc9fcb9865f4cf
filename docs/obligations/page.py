"""Prints docs/obligations.md; --check fails when it is stale, or when a tag and a row contradict.

rows.json holds what the five regulations ask for, a row each, with a reason where it is a duty of
people and not of software. What shows the others is read from the tests: a line

    // Shows A095, A096.

directly above a test says that it shows those rows. No row names a test, so none can claim one that
does not know of it."""

import difflib
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROWS = ROOT / "docs" / "obligations" / "rows.json"
PAGE = ROOT / "docs" / "obligations.md"
SOURCES = ("domain", "workflows", "persistence", "api", "tests")
TAG = re.compile(r"^\s*// Shows (A\d{3}(?:, A\d{3})*)\.$")
TEST = re.compile(r"^\s*TEST(?:_F|_P)?\((\w+),\s*(\w+)\)")
NEARLY = re.compile(r"^\s*///? ?[Ss]hows:? A\d")

INTRODUCTION = """\
# Obligations

Printed by `docs/obligations/page.py` from `rows.json` and from the tests; do not edit. Every row is
something that the five regulations ask of whoever supervises public resource trading. Sources:
FJ18 闽发改法规〔2018〕105号, HN18 豫公管办〔2018〕28号, HN17 豫公管办〔2017〕27号, FJ16 福建省公共资源交易平台整合实施方案,
XX17 新政文〔2017〕144号; article after the hyphen. A row is shown by tests that say so themselves
(`// Shows A095.` above the test), or says why it is a duty of people and not of software.
"""


def tests_by_row(faults):
    """Row id -> [(file, test)] as the tests have it."""
    shown = {}
    for folder in SOURCES:
        for file in sorted((ROOT / folder).rglob("*.cpp")):
            name = file.relative_to(ROOT).as_posix()
            lines = file.read_text(encoding="utf-8").splitlines()
            for at, line in enumerate(lines):
                tag = TAG.match(line)
                if tag is None:
                    if NEARLY.match(line):
                        faults.append(f"{name}:{at + 1}: not of the form `// Shows A001, A002.`")
                    continue
                test = TEST.match(lines[at + 1]) if at + 1 < len(lines) else None
                if test is None:
                    faults.append(f"{name}:{at + 1}: no test stands below this tag")
                    continue
                for row in tag.group(1).split(", "):
                    shown.setdefault(row, []).append((name, f"{test.group(1)}.{test.group(2)}"))
    return shown


def cell(text):
    return text.replace("|", "\\|")


def area_text(area):
    page = ROOT / "docs" / "workflows" / f"{area}.md"
    return f"[{area}](workflows/{area}.md)" if page.exists() else area


def row_text(row, tests):
    answer = [f"[{test}](../{file})" for file, test in tests]
    if row.get("reason"):
        answer.append(row["reason"])
    what = "; ".join(part for part in (row["zh"], row.get("en"), row["must"]) if part)
    return (
        f"| {row['id']} | {cell(row['source'])} | {cell(what)} | {area_text(row['area'])} "
        f"| {'<br>'.join(answer) if answer else '**open**'} |"
    )


def main():
    rows = json.loads(ROWS.read_text(encoding="utf-8"))
    faults = []
    shown = tests_by_row(faults)
    known = {row["id"] for row in rows}
    for row in sorted(set(shown) - known):
        faults.append(f"{shown[row][0][0]}: there is no row {row}")
    for fault in faults:
        print(fault, file=sys.stderr)
    by_test = sum(1 for row in rows if row["id"] in shown)
    by_reason = sum(1 for row in rows if row["id"] not in shown and row.get("reason"))
    text = INTRODUCTION + (
        f"\nOf {len(rows)} rows {by_test} are shown by tests, {by_reason} have a reason alone, "
        f"{len(rows) - by_test - by_reason} are open.\n\n"
        "| Row | Source | What | Area | Shown by |\n|---|---|---|---|---|\n"
    )
    text += "\n".join(row_text(row, shown.get(row["id"], [])) for row in rows) + "\n"
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(text, encoding="utf-8")
        return 1 if faults else 0
    kept = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    if kept == text:
        return 1 if faults else 0
    sys.stderr.writelines(
        difflib.unified_diff(
            kept.splitlines(True), text.splitlines(True), "docs/obligations.md", "as it should be"
        )
    )
    print("docs/obligations.md is stale: run script/docs and commit", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
