"""The programs that measure: ours and the ceilings in C++, the peers in Node."""

import json
import os
import re
import shutil
import signal
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT / "bench"
BUILD = ROOT / "build" / "release"
PEERS = ROOT / "build" / "bench" / "peers"
NODE = PEERS / "node_modules" / ".bin" / "node"
SECONDS_MAX = 3600
# The complaints of the benchmark are in time then, in any year in which it is run.
LEGAL_START = "2024-08-08T09:00:00+08:00"
PEER_NAMES = {
    "message-db": "@eventide/message-db",
    "Emmett": "@event-driven-io/emmett-postgresql",
    "Emmett SQLite": "@event-driven-io/emmett-sqlite",
    "pg-boss": "pg-boss",
    "graphile-worker": "graphile-worker",
    "DBOS": "@dbos-inc/dbos-sdk",
    "node-postgres": "pg",
}


class ProgramFailed(RuntimeError):
    pass


def install_peers():
    """Exactly what the lock file says, below build/; nothing when it is there already."""
    PEERS.mkdir(parents=True, exist_ok=True)
    lock = (BENCH / "peers" / "package-lock.json").read_text()
    installed = PEERS / "installed-lock.json"
    if installed.exists() and installed.read_text() == lock:
        return
    for name in ("package.json", "package-lock.json"):
        shutil.copy(BENCH / "peers" / name, PEERS / name)
    subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=PEERS,
                   check=True)
    installed.write_text(lock)


def peer_versions():
    versions = {}
    for name, package in PEER_NAMES.items():
        manifest = PEERS / "node_modules" / package / "package.json"
        versions[name] = f"{package} {json.loads(manifest.read_text())['version']}"
    versions["Node"] = subprocess.run([NODE, "--version"], check=True, text=True,
                                      stdout=subprocess.PIPE).stdout.strip()
    return versions


def install_message_db(server, database):
    """By the script that the package ships."""
    script = PEERS / "node_modules" / PEER_NAMES["message-db"] / "database" / "install.sh"
    subprocess.run(["bash", str(script)], check=True, stdout=subprocess.DEVNULL,
                   env={**server.environment(), "DATABASE_NAME": database,
                        "CREATE_DATABASE": "off"})


def run(program, options):
    """One measurement; its JSON line as a dict."""
    if program == "docket":
        command = [BUILD / "docket_bench"]
    elif program == "ceilings":
        command = [BUILD / "bench_ceilings"]
    else:
        command = [NODE, "--no-deprecation", BENCH / "peers" / f"{program}.js"]
    command = [*map(str, command), json.dumps(options)]
    environment = {**os.environ, "NODE_PATH": str(PEERS / "node_modules")}
    done = subprocess.run(command, env=environment, text=True, check=False, cwd=ROOT,
                          timeout=SECONDS_MAX, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    lines = done.stdout.strip().splitlines()
    if done.returncode != 0 or not lines:
        raise ProgramFailed(f"{program} {options.get('work')} failed ({done.returncode}) with "
                            f"{json.dumps(options)}\n{done.stderr[-4000:]}")
    return json.loads(lines[-1])


class DocketServer:
    """A `docket serve` process on a store, with the sample office. Usable inside `with`."""

    def __init__(self, store):
        self.store = store
        self.process = None
        self.address = ""

    def __enter__(self):
        self.process = subprocess.Popen(
            [str(BUILD / "docket"), "serve", "--store", self.store, "--office",
             str(ROOT / "data" / "sample" / "office.json"), "--listen", "127.0.0.1:0",
             "--virtual-clock", LEGAL_START],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        first = self.process.stdout.readline()
        found = re.search(r"http://([0-9.]+:[0-9]+)", first)
        if not found:
            self.process.kill()
            self.process.wait()
            raise ProgramFailed(f"docket serve does not start on {self.store}: {first!r}")
        self.address = found.group(1)
        return self

    def __exit__(self, *failure):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise

    def memory_mib(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return round(int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024, 1)
