"""What is run: one Measure for each program and setting, and the sizes of a run.

A measure's program takes one JSON argument and prints one JSON line; it fails when what it was
told is stored is not. Measures of one group are settings of the same thing: all run in the first
round, only the best goes on, so that everybody is measured at its best.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Scale:
    """Sizes of a run. Times in seconds."""
    name: str
    rounds: int
    seconds: float
    cases: int  # folded complaints for reading, opening, rebuilding
    read_events: int  # events of the log that is scanned
    peer_streams: int  # streams of 20 events in the peers' stores
    future: int  # deadlines that are not due
    due: int
    timers: int
    accepted: int  # complaints that are accepted over HTTP
    idle: int  # streams of the feed that are told of nothing
    growth: tuple = ()  # events of a small and a large log; empty: not measured


SMOKE = Scale("smoke", rounds=1, seconds=0.5, cases=50, read_events=5_000, peer_streams=100,
              future=500, due=200, timers=6, accepted=320, idle=100,
              growth=(2_000, 10_000))
QUICK = Scale("quick", rounds=3, seconds=1.5, cases=3_000, read_events=200_000, peer_streams=1_000,
              future=100_000, due=5_000, timers=30, accepted=12_800, idle=5_000)
FULL = Scale("full", rounds=5, seconds=5, cases=5_000, read_events=500_000, peer_streams=3_000,
             future=100_000, due=20_000, timers=100, accepted=32_000, idle=5_000,
             growth=(100_000, 10_000_000))


@dataclass(frozen=True, eq=False)
class Measure:
    group: str
    program: str  # docket, ceilings, or the name of a driver in peers/
    options: dict
    place: str  # what the program works on: "postgres", "sqlite" or a name in PLACES
    setting: str = ""  # said in the results
    rank: str = "rate"  # the best of a group has the highest of this, or the lowest time
    server: bool = False  # needs a `docket serve` on its place

    @property
    def label(self):
        return f"{self.group} [{self.setting}]" if self.setting else self.group

    def is_better(self, value, other):
        return value < other if self.rank.endswith(("_ms", "_us")) else value > other


@dataclass(frozen=True)
class Place:
    """A PostgreSQL database that is filled once and kept for all rounds, or filled for each."""
    program: str
    fill: dict = field(default_factory=dict)
    install: str = ""
    kept: bool = True


def places(scale):
    peers = {"work": "fill", "streams": scale.peer_streams}
    timers = {"work": "fill", "future": scale.future}
    return {
        "log": Place("docket", {"work": "fill_log", "events": scale.read_events}),
        "office": Place("docket", {"work": "fill_cases", "cases": scale.cases}),
        "deadlines": Place("docket",
                           {"work": "fill_deadlines", "future": scale.future, "due": scale.due,
                            "cohorts": scale.rounds}),
        "plain log": Place("ceilings",
                           {"work": "fill_log", "events": scale.read_events}),
        "plain deadlines": Place("ceilings",
                                 {"work": "fill_deadlines", "future": scale.future}),
        "message-db": Place("message_db", peers, install="message_db"),
        "Emmett": Place("emmett_postgres", peers),
        "pg-boss": Place("pg_boss", timers),
        "graphile-worker": Place("graphile_worker", timers),
        "DBOS": Place("dbos", {**timers, "poll_ms": 100}),
    }


def appends(scale):
    seconds = {"seconds": scale.seconds}
    docket = {"work": "append", "clients": 64, "processes": 1, "events": 1, **seconds}
    insert = {"work": "insert", **seconds}
    yield Measure("docket append_64", "docket", docket, "postgres", "64 clients")
    yield Measure("docket append_1", "docket", {**docket, "clients": 1}, "postgres", "1 client")
    yield Measure("docket append_4_processes", "docket", {**docket, "processes": 4}, "postgres",
                  "4 processes x 64 clients")
    for clients in (8, 32):
        yield Measure("docket append_batch_100", "docket",
                      {**docket, "clients": clients, "events": 100}, "postgres",
                      f"{clients} clients, 100 events a command")
    yield Measure("raw insert 1", "ceilings", {**insert, "connections": 1}, "postgres",
                  "libpq, prepared, binary, 1 connection")
    yield Measure("raw insert 64", "ceilings", {**insert, "connections": 64}, "postgres",
                  "libpq, prepared, binary, 64 connections")
    for connections in (8, 32):
        yield Measure("raw insert", "ceilings", {**insert, "connections": connections},
                      "postgres", f"libpq, prepared, binary, {connections} connections")
    for connections in (1, 8):
        yield Measure("raw unnest", "ceilings",
                      {"work": "unnest", "rows": 100, "connections": connections, **seconds},
                      "postgres", f"100 rows a statement, {connections} connections")
    for connections in (1, 2):
        yield Measure("raw COPY", "ceilings",
                      {"work": "copy", "rows": 10_000, "connections": connections, **seconds},
                      "postgres", f"10,000 rows a COPY, {connections} connections")
    yield from peer_appends(seconds)


def peer_appends(seconds):
    append = {"work": "append", **seconds}
    for group, clients, categories in (
            ("message-db append 1", 1, 1), ("message-db append", 8, 1),
            ("message-db append", 32, 1), ("message-db append", 8, 64),
            ("message-db append", 32, 64)):
        yield Measure(group, "message_db",
                      {**append, "connections": clients, "categories": categories},
                      "fresh message-db",
                      f"write_message, expected version, {clients} connections, "
                      f"{categories} categories")
    for group, clients in (("Emmett append 1", 1), ("Emmett append", 8), ("Emmett append", 32)):
        yield Measure(group, "emmett_postgres", {**append, "connections": clients}, "postgres",
                      f"appendToStream, expected version, pool of {clients}, {clients} clients")


def sqlite_appends(scale):
    seconds = {"seconds": scale.seconds}
    yield Measure("docket sqlite_append_64", "docket",
                  {"work": "append", "clients": 64, "processes": 1, "events": 1, **seconds},
                  "sqlite", "64 clients, WAL, synchronous=FULL")
    for group, rows, checkpoint in (("SQLite single insert", 1, 1_000),
                                    ("SQLite single insert", 1, 20_000),
                                    ("SQLite 100 rows a commit", 100, 20_000)):
        yield Measure(group, "ceilings",
                      {"work": "sqlite_insert", "rows": rows, "checkpoint": checkpoint, **seconds},
                      "sqlite", f"WAL, synchronous=FULL, wal_autocheckpoint={checkpoint}")
    for pooled in (True, False):
        yield Measure("Emmett SQLite", "emmett_sqlite",
                      {"work": "append", "pooled": pooled, **seconds}, "sqlite",
                      f"appendToStream, expected version, 1 client, pooled={str(pooled).lower()}")


def reads(scale):
    seconds = {"seconds": scale.seconds}
    streams = {"streams": scale.peer_streams, "connections": 1, **seconds}
    yield Measure("docket read_log", "docket", {"work": "read_log", "page": 1_000}, "log",
                  "pages of 1,000 into typed envelopes")
    yield Measure("raw scan", "ceilings", {"work": "scan", "page": 1_000}, "plain log",
                  "keyset pages of 1,000, binary results, bytea")
    for batch in (1_000, 5_000):
        yield Measure("message-db read", "message_db", {"work": "read_category", "batch": batch},
                      "message-db", f"get_category_messages, {batch} a call")
    yield Measure("docket open_case", "docket", {"work": "open_case", **seconds}, "office",
                  "1 client, read and folded by the engine, nothing kept between cases")
    yield Measure("message-db open", "message_db", {"work": "read_streams", **streams},
                  "message-db", "get_stream_messages of 20 events, 1 connection, not folded")
    yield Measure("Emmett open", "emmett_postgres", {"work": "read_streams", **streams},
                  "Emmett", "readStream of 20 events, 1 client, not folded")
    yield Measure("docket rebuild", "docket", {"work": "rebuild"}, "office",
                  "the read model of case list and deadlines, from complaint events")
    for batch in (1_000, 5_000):
        yield Measure("Emmett rebuild", "emmett_postgres", {"work": "rebuild", "batch": batch},
                      "Emmett", f"reactor, eachMessage does nothing, batch of {batch}, pull 1 ms")


def deadlines(scale):
    due = {"work": "fire", "due": scale.due}
    yield Measure("docket fire_deadlines", "docket", due, "deadlines",
                  "sweeper: each an event in its case")
    for connections, batch in ((1, 100), (4, 100), (4, 1_000)):
        yield Measure("plain fire", "ceilings",
                      {**due, "connections": connections, "batch": batch}, "plain deadlines",
                      f"DELETE ... SKIP LOCKED + INSERT, {connections} connections, "
                      f"{batch} a statement")
    for loops, batch in ((8, 100), (4, 1_000)):
        yield Measure("pg-boss fire", "pg_boss", {**due, "loops": loops, "batch": batch},
                      "pg-boss", f"fetch and complete, {loops} loops, batches of {batch}")
    for concurrency, local, delay in ((10, -1, -1), (10, 500, 0), (32, 500, 250)):
        yield Measure("graphile-worker fire", "graphile_worker",
                      {**due, "concurrency": concurrency, "local_queue": local,
                       "complete_delay_ms": delay, "poll_ms": 1_000}, "graphile-worker",
                      f"concurrentJobs {concurrency}, localQueue {local}, "
                      f"completeJobBatchDelay {delay}; until the last handler ran")
    yield Measure("DBOS fire", "dbos",
                  {**due, "due": min(scale.due, 1_000), "poll_ms": 100}, "DBOS",
                  "one-step workflows enqueued with a delay, queue polled every 100 ms, pool of 32")


def lateness(scale):
    timers = {"work": "late", "timers": scale.timers, "every_ms": 25}
    p99 = {"rank": "p99_ms"}
    yield Measure("docket deadline_lateness", "docket",
                  {"work": "late", "timers": min(scale.timers // 2, 40)}, "postgres",
                  "one deadline at a time, event recorded by the sweeper", **p99)
    yield Measure("pg-boss late", "pg_boss", {**timers, "poll_ms": 500}, "postgres",
                  "polling every 0.5 s, its shortest", **p99)
    for poll in (2_000, 100):
        yield Measure("graphile-worker late", "graphile_worker",
                      {**timers, "concurrency": 10, "local_queue": -1, "complete_delay_ms": -1,
                       "poll_ms": poll}, "postgres", f"pollInterval {poll} ms", **p99)
    yield Measure("DBOS late", "dbos", {**timers, "poll_ms": 100}, "postgres",
                  "queue polled every 100 ms", **p99)


def commands(scale):
    for store in ("postgres", "sqlite"):
        yield Measure(f"docket http_commands_{store}", "docket",
                      {"work": "http", "connections": 64, "cases": scale.accepted}, store,
                      "64 keep-alive connections accept complaints that were lodged before",
                      server=True)


def subscribers(scale):
    work = {"work": "subscribers", "active": 10, "rate": 200, "seconds": scale.seconds}
    for group, idle in (("docket feed_delivery", scale.idle), ("docket feed_delivery alone", 0)):
        yield Measure(group, "docket", {**work, "idle": idle}, "postgres",
                      f"10 streams told of 200 complaints (1,400 events) a second, {idle:,} idle",
                      rank="p99_ms", server=True)


def growth(scale):
    append = {"work": "append", "clients": 64, "processes": 1, "events": 1,
              "seconds": scale.seconds}
    for name, events in zip(("small", "large"), scale.growth):
        yield Measure(f"docket growth {name}", "docket", append, f"grown {name}",
                      f"append_64 on a log of {events:,} events")


def growth_places(scale):
    # What a round appends would matter in the small log only, so that is made anew.
    return {f"grown {name}": Place("docket", {"work": "fill_log", "events": events},
                                   kept=name == "large")
            for name, events in zip(("small", "large"), scale.growth)}


FAMILIES = (appends, sqlite_appends, reads, deadlines, lateness, commands, subscribers,
            growth)


def catalogue(scale):
    return [measure for family in FAMILIES for measure in family(scale)]
