"""One PostgreSQL server of the benchmark's own, on a free loopback port, removed afterwards."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

SETTINGS = {
    "synchronous_commit": "on",
    "fsync": "on",
    "shared_buffers": "1GB",
}
BINARIES = Path("/usr/lib/postgresql/15/bin")
USER = "postgres"
START_SECONDS_MAX = 30
STOP_SECONDS_MAX = 60


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class PostgresServer:
    """Usable inside `with`. Its folder lies on a disk, not in memory, below `parent`."""

    def __init__(self, parent="/var/tmp"):
        self.folder = Path(tempfile.mkdtemp(prefix="docket-bench-", dir=parent))
        self.port = free_port()
        self.process = None

    def __enter__(self):
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *failure):
        self.stop()

    def url(self, database):
        return f"postgres://{USER}@127.0.0.1:{self.port}/{database}"

    def sql(self, text, database="postgres"):
        """Runs a script; what its queries print, unaligned."""
        return self._tool("psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", text,
                          f"{self.url(database)}?options=-cclient_min_messages%3Dwarning").strip()

    def create_database(self, name):
        self.sql(f'CREATE DATABASE "{name}"')
        return self.url(name)

    def drop_database(self, name):
        """Also the database of keys that Docket makes beside it."""
        for one in (name, f"{name}_keys"):
            self.sql(f'DROP DATABASE IF EXISTS "{one}" WITH (FORCE)')

    def environment(self):
        """For programs that take the server from the environment."""
        return {**os.environ, "PGHOST": "127.0.0.1", "PGPORT": str(self.port), "PGUSER": USER}

    def version(self):
        return self.sql("SHOW server_version")

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(STOP_SECONDS_MAX)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self):
        data = self.folder / "data"
        if os.geteuid() == 0:
            user = pwd.getpwnam(USER)
            os.chown(self.folder, user.pw_uid, user.pw_gid)
        subprocess.run(self._as_user("initdb", "-D", str(data), "-U", USER, "--auth=trust",
                                     "--encoding=UTF8", "--locale=C", "--no-instructions"),
                       check=True, stdout=subprocess.DEVNULL, cwd="/")
        settings = {**SETTINGS, "listen_addresses": "127.0.0.1", "port": str(self.port),
                    "unix_socket_directories": ""}
        arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with open(self.folder / "log", "wb") as log:
            self.process = subprocess.Popen(self._as_user("postgres", "-D", str(data), *arguments),
                                            stdout=log, stderr=log, cwd="/",
                                            start_new_session=True)
        self._wait_until_ready()

    def _wait_until_ready(self):
        end = time.monotonic() + START_SECONDS_MAX
        ready = [str(BINARIES / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        while subprocess.run(ready, check=False).returncode != 0:
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("PostgreSQL does not start:\n" +
                                   (self.folder / "log").read_text(errors="replace"))
            time.sleep(0.05)

    def _tool(self, name, *arguments):
        return subprocess.run([str(BINARIES / name), *arguments], check=True, text=True,
                              stdout=subprocess.PIPE).stdout

    @staticmethod
    def _as_user(name, *arguments):
        command = [str(BINARIES / name), *arguments]
        if os.geteuid() != 0:
            return command
        return ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--init-groups", *command]
