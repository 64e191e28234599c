#!/usr/bin/env python3
"""Measure `tongsa serve` under load, on loopback, with wrk.

    python3 benches/serve.py --tongsa target/release/tongsa --corpus target/bench [--seconds 10] [--million]

Serves a store with the 100,000 concepts of `corpus.py`, opens 1,000 connections that ask nothing, and asks on 32 others, with 2
threads, for names of the corpus in English, Korean and Chinese: each name as it is, one in ten with a slip. Three rounds: alone,
again while 100,000 further concepts are imported over HTTP, and alone with a few names that are asked again and again. Prints
look-ups a second, latencies, errors and the memory of the server; --million goes on to a million requests and prints the memory
on the way. wrk must be on the path. Exit code 1 when an answer was not 200.
"""

import argparse
import csv
import http.client
import os
import random
import re
import resource
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from pathlib import Path

SEED = 20260107
IDLE = 1_000
LUA = """
local n, at = 0, 0
local addresses = {{}}
for line in io.lines("{addresses}") do n = n + 1; addresses[n] = line end
function init() at = math.random(n) end
request = function()
  at = at % n + 1
  return wrk.format("GET", addresses[at])
end
done = function(summary, latency)
  io.write(string.format("RESULT %d %d %d %d %d %d\\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), latency.max,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout))
end
"""


def names(corpus, count):
    """Returns names of the corpus, one in ten with a letter left out."""
    rows = list(csv.DictReader(open(corpus / "concepts-100k.csv", encoding="utf-8-sig")))
    chance = random.Random(SEED)
    found = []
    for row in chance.sample(rows, min(count, len(rows))):
        name = chance.choice([row[lang] for lang in ("en", "ko", "zh-Hans") if row.get(lang)] or ["Xi Jinping"])
        if chance.random() < 0.1 and len(name) > 4:
            cut = chance.randrange(1, len(name))
            name = name[:cut] + name[cut + 1 :]
        if any(letter.isalnum() for letter in name):
            found.append(name)
    return found


def script(folder, label, names):
    """Writes the script of wrk that asks for the names in turn."""
    addresses, lua = folder / f"{label}.txt", folder / f"{label}.lua"
    addresses.write_text("".join(f"/api/lookup?q={urllib.parse.quote(name, safe='')}\n" for name in names))
    lua.write_text(LUA.format(addresses=addresses))
    return lua


def memory(pid):
    """Returns the resident memory of the server in megabytes."""
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text()).group(1)) // 1024


def ask(server, lua, label, seconds):
    """Runs wrk and prints what it found; returns the number of requests and of errors."""
    command = ["wrk", "-t2", "-c32", f"-d{seconds}s", "-s", lua, f"http://{server.address}"]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    requests, duration, median, p99, longest, errors = map(int, re.search(r"RESULT (.*)", output).group(1).split())
    rate = requests / (duration / 1e6)
    figures = f"{rate:>9,.0f} /s   p50 {median / 1000:6.2f} ms   p99 {p99 / 1000:6.2f} ms   max {longest / 1000:7.2f} ms"
    print(f"{label:34} {figures}   errors {errors}   {memory(server.pid)} MB", flush=True)
    return requests, errors


class Server:
    """The program, serving a store."""

    def __init__(self, tongsa, store):
        self.process = subprocess.Popen([tongsa, "--store", store, "serve", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE)
        self.address = self.process.stdout.readline().decode().strip().removeprefix("http://").rstrip("/")
        self.pid = self.process.pid

    def post(self, path, body):
        """Imports a file and returns what is answered."""
        connection = http.client.HTTPConnection(self.address, timeout=600)
        connection.request("POST", path, body, {"Content-Type": "text/csv"})
        return connection.getresponse().read()


def importing(server, corpus, stop, done):
    """Imports further concepts until it is stopped, each time others."""
    text = (corpus / "concepts-100k.csv").read_text(encoding="utf-8-sig")
    head, rows = text.split("\n", 1)
    turn = 0
    while not stop.is_set():
        turn += 1
        begun = time.monotonic()
        further = re.sub(r"^", f"again{turn}.", rows.rstrip("\n"), flags=re.MULTILINE)
        server.post(f"/api/import?name=again{turn}.csv", (head + "\n" + further + "\n").encode())
        done.append(time.monotonic() - begun)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tongsa", required=True)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--million", action="store_true")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (8192, max(8192, resource.getrlimit(resource.RLIMIT_NOFILE)[1])))
    with tempfile.TemporaryDirectory() as folder:
        folder, errors = Path(folder), 0
        store = folder / "store.db"
        concepts = options.corpus / "concepts-100k.csv"
        subprocess.run([options.tongsa, "--store", store, "import", concepts], stdout=subprocess.DEVNULL, check=False)
        varied, few = names(options.corpus, 50_000), names(options.corpus, 50)
        server = Server(options.tongsa, store)
        host, port = server.address.split(":")
        idle = [socket.create_connection((host, int(port))) for _ in range(IDLE)]
        print(f"load {os.getloadavg()[0]:.1f}, {len(varied)} names, {len(idle)} idle connections, {memory(server.pid)} MB")
        lua = script(folder, "varied", varied)
        errors += ask(server, lua, "varied names, warming up", 2)[1]
        errors += ask(server, lua, "varied names", options.seconds)[1]
        stop, done = threading.Event(), []
        thread = threading.Thread(target=importing, args=(server, options.corpus, stop, done))
        thread.start()
        errors += ask(server, lua, "varied names, an import running", options.seconds)[1]
        stop.set()
        thread.join()
        print(f"imports of 100,000 beside it: {', '.join(f'{took:.1f} s' for took in done)}")
        errors += ask(server, script(folder, "few", few), "50 names again and again", options.seconds)[1]
        asked = 0
        while options.million and asked < 1_000_000:
            requests, wrong = ask(server, lua, f"from request {asked:,} on", options.seconds)
            asked, errors = asked + requests, errors + wrong
        server.process.terminate()
        sys.exit(1 if server.process.wait() or errors else 0)


if __name__ == "__main__":
    main()
