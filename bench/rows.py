"""What is promised: each row of the result, whom it is compared with, and what it must reach."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AtLeast:
    factor: float
    peer: str

    def text(self):
        return f"≥ {self.factor:g} × {self.peer}"

    def holds(self, _, ratios):
        return ratios[self.peer] >= self.factor


@dataclass(frozen=True)
class AtMost:
    factor: float
    peer: str

    def text(self):
        return f"≤ {self.factor:g} × {self.peer}"

    def holds(self, _, ratios):
        return ratios[self.peer] <= self.factor


@dataclass(frozen=True)
class NoLess:
    value: float
    unit: str

    def text(self):
        return f"≥ {self.value:,g} {self.unit}"

    def holds(self, ours, _):
        return ours >= self.value


@dataclass(frozen=True)
class NoMore:
    value: float
    unit: str

    def text(self):
        return f"≤ {self.value:,g} {self.unit}"

    def holds(self, ours, _):
        return ours <= self.value


@dataclass(frozen=True)
class Row:
    work: str
    unit: str
    ours: str  # a group of measures
    key: str  # the value of a measure that counts
    peers: dict  # name: groups, of which the best counts
    musts: tuple
    scale: float = 1  # from the value's unit to the row's

    def groups(self):
        return {self.ours, *(group for groups in self.peers.values() for group in groups)}


EVENTS = "events/s"

ROWS = (
    Row("append_64", EVENTS, "docket append_64", "rate",
        {"raw insert": ("raw insert", "raw insert 64"),
         "message-db": ("message-db append", "message-db append 1"),
         "Emmett": ("Emmett append", "Emmett append 1")},
        (AtLeast(1.5, "raw insert"), AtLeast(4, "message-db"), AtLeast(10, "Emmett"))),
    Row("append_64_p99", "ms", "docket append_64", "p99_us",
        {"raw insert": ("raw insert 64",), "message-db": ("message-db append",)},
        (AtMost(0.5, "raw insert"),), scale=1e-3),
    Row("append_1", EVENTS, "docket append_1", "rate",
        {"raw insert": ("raw insert 1",), "message-db": ("message-db append 1",),
         "Emmett": ("Emmett append 1",)},
        (AtLeast(0.6, "raw insert"),)),
    Row("append_4_processes", EVENTS, "docket append_4_processes", "rate",
        {"one process": ("docket append_64",)}, (AtLeast(0.7, "one process"),)),
    Row("append_batch_100", EVENTS, "docket append_batch_100", "rate",
        {"COPY": ("raw COPY",), "unnest": ("raw unnest",)}, (AtLeast(0.35, "COPY"),)),
    Row("sqlite_append_64", EVENTS, "docket sqlite_append_64", "rate",
        {"single insert": ("SQLite single insert",),
         "100 rows a commit": ("SQLite 100 rows a commit",),
         "Emmett SQLite": ("Emmett SQLite",)},
        (AtLeast(5, "single insert"),)),
    Row("read_log", EVENTS, "docket read_log", "rate",
        {"scan": ("raw scan",), "message-db": ("message-db read",)}, (AtLeast(0.5, "scan"),)),
    Row("rebuild", EVENTS, "docket rebuild", "rate", {"Emmett": ("Emmett rebuild",)},
        (NoLess(60_000, EVENTS), AtLeast(12, "Emmett"))),
    Row("open_case", "cases/s", "docket open_case", "rate",
        {"message-db": ("message-db open",), "Emmett": ("Emmett open",)},
        (AtLeast(1.5, "message-db"),)),
    Row("fire_deadlines", "deadlines/s", "docket fire_deadlines", "rate",
        {"plain PostgreSQL": ("plain fire",), "pg-boss": ("pg-boss fire",),
         "graphile-worker": ("graphile-worker fire",), "DBOS": ("DBOS fire",)},
        (AtLeast(2, "pg-boss"),)),
    Row("deadline_lateness", "ms, p99", "docket deadline_lateness", "p99_ms",
        {"pg-boss": ("pg-boss late",), "graphile-worker": ("graphile-worker late",),
         "DBOS": ("DBOS late",)},
        (NoMore(200, "ms"),)),
    Row("http_commands_postgres", "commands/s", "docket http_commands_postgres", "rate", {},
        (NoLess(8_000, "commands/s"),)),
    Row("http_commands_sqlite", "commands/s", "docket http_commands_sqlite", "rate", {},
        (NoLess(8_000, "commands/s"),)),
    Row("feed_delivery", "ms, p99", "docket feed_delivery", "p99_ms",
        {"no idle subscribers": ("docket feed_delivery alone",)}, (NoMore(250, "ms"),)),
    Row("subscriber_memory", "KiB", "docket feed_delivery", "kib_each", {},
        (NoMore(24, "KiB"),)),
    Row("growth", EVENTS, "docket growth large", "rate",
        {"at 10^5 events": ("docket growth small",)}, (AtLeast(0.9, "at 10^5 events"),)),
)
