"""Runs measures in rounds, each on a store of its own or on one that was filled once."""

import itertools
import shutil
import statistics
import sys
import time

import measures
import programs
from programs import DocketServer, ProgramFailed


def say(text):
    print(text, file=sys.stderr, flush=True)


class Samples:
    """What each measure gave, round by round."""

    def __init__(self):
        self.by_measure = {}

    def add(self, measure, answer):
        self.by_measure.setdefault(measure, []).append(answer)

    def of(self, group):
        return [measure for measure in self.by_measure if measure.group == group]

    def median(self, measure, key):
        return statistics.median(answer[key] for answer in self.by_measure[measure])

    def spread(self, measure, key):
        """Half of the range, as a share of the median."""
        values = [answer[key] for answer in self.by_measure[measure]]
        middle = statistics.median(values)
        return (max(values) - min(values)) / 2 / middle if middle else 0.0

    def best(self, groups):
        """The measure of these groups that did best by its own rank; None: nothing was run."""
        best = None
        for measure in (m for group in groups for m in self.of(group)):
            if best is None or measure.is_better(self.median(measure, measure.rank),
                                                 self.median(best, best.rank)):
                best = measure
        return best


class Runner:
    def __init__(self, server, scale):
        self.server = server
        self.scale = scale
        self.places = {**measures.places(scale), **measures.growth_places(scale)}
        self.kept = {}  # place: its options
        self.samples = Samples()
        self.counter = itertools.count(1)
        (server.folder / "sqlite").mkdir(mode=0o700)

    def run(self, chosen):
        going_on = list(chosen)
        for turn in range(1, self.scale.rounds + 1):
            for measure in going_on:
                self._run_once(measure, turn)
            if turn == 1:
                going_on = [m for m in going_on if m is self.samples.best([m.group])]
        return self.samples

    def _run_once(self, measure, turn):
        store, clean = self._store_of(measure.place)
        self.server.sql("CHECKPOINT")
        begun = time.monotonic()
        try:
            answer = self._measure(measure, store, turn)
        finally:
            clean()
        self.samples.add(measure, answer)
        say(f"round {turn}  {measure.label}: {measure.rank} {answer[measure.rank]:,.1f}"
            f"  ({time.monotonic() - begun:.1f} s)")

    def _measure(self, measure, store, turn):
        options = {**measure.options, **store, "round": turn}
        if not measure.server:
            return programs.run(measure.program, options)
        with DocketServer(store["store"]) as docket:
            idle = docket.memory_mib()
            answer = programs.run(measure.program, {**options, "address": docket.address,
                                                    "pid": docket.process.pid})
            return {**answer, "idle_mib": idle, "busy_mib": docket.memory_mib()}

    def _store_of(self, place):
        """Options that say where a measure works, and how to remove it afterwards."""
        if place in self.places:
            if not self.places[place].kept:
                store, database = self._fill(place)
                return store, lambda: self.server.drop_database(database)
            if place not in self.kept:
                self.kept[place], _ = self._fill(place)
            return self.kept[place], lambda: None
        if place == "sqlite":
            folder = self.server.folder / "sqlite" / str(next(self.counter))
            folder.mkdir()
            return ({"store": f"sqlite:{folder}/office.db", "folder": str(folder)},
                    lambda: shutil.rmtree(folder))
        database = f"bench_{next(self.counter)}"
        url = self.server.create_database(database)
        if place == "fresh message-db":
            programs.install_message_db(self.server, database)
        elif place != "postgres":
            raise ValueError(place)
        return ({"store": url, "database": url}, lambda: self.server.drop_database(database))

    def _fill(self, name):
        place = self.places[name]
        begun = time.monotonic()
        database = f"kept_{next(self.counter)}"
        url = self.server.create_database(database)
        if place.install == "message_db":
            programs.install_message_db(self.server, database)
        store = {"store": url, "database": url}
        answer = programs.run(place.program, {**place.fill, **store})
        if answer["count"] <= 0:
            raise ProgramFailed(f"{name} was not filled")
        say(f"filled   {name}: {answer['count']:,} ({time.monotonic() - begun:.1f} s)")
        return store, database
