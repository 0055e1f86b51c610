"""Measure the site beside its yardsticks, in one run: what `make bench` does.

    [SIZES="18 1800 180000"] .venv/bin/python benchmarks/bench.py

Figures of different machines and runs don't compare; the ratios do. It works in folders of its
own, writes benchmarks/results.json and needs Linux.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import servers

SIZES = [int(size) for size in os.environ.get("SIZES", "18 1800 180000").split()]
SECONDS, READERS, STAFF = 3, 32, 8  # how long, and how many at once
RENDERING = 2  # readers of pages that aren't kept, one for each process
RESULTS = Path(__file__).with_name("results.json")
FOR_STAFF = ("desk",)  # what needs a login
UNKEPT = ("search", "sought", "desk")  # what always goes to Django


def main():
    with tempfile.TemporaryDirectory(prefix="welfare-bench-") as folder:
        if "--postgresql" in sys.argv:  # inside scripts/with_postgres.sh
            print(json.dumps(measured_on(os.environ["DATABASE_URL"], folder)))
            return
        results = {"cores": os.cpu_count(), "load_before": os.getloadavg()[0]}
        results["load_by"] = "wrk" if servers.WRK else "benchmarks/load.py"
        results["sqlite"] = measured_on(None, folder)
    results["postgresql"] = on_postgresql()
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    print(report(results))


def on_postgresql():
    """Return the figures on a PostgreSQL of our own; None where there is no server."""
    if subprocess.run(
        ["scripts/find_postgres.sh"], cwd=servers.ROOT, capture_output=True
    ).returncode:
        return None
    command = ["scripts/with_postgres.sh", sys.executable, __file__, "--postgresql"]
    done = subprocess.run(command, cwd=servers.ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def measured_on(database_url, folder):
    """Return the figures of each size on one database, and of the yardsticks beside the first."""
    found = {}
    for size in SIZES:
        url = database_url or f"sqlite:///{folder}/{size}.sqlite3"
        if database_url:
            url = new_database(database_url, f"size_{size}")
        print(f"{size} items …", file=sys.stderr)
        told = {"DATABASE_URL": url, "VAR_DIR": folder}
        servers.python("make_data", size, **told)
        subprocess.run(["scripts/static.sh"], cwd=servers.ROOT, env=own(told), check=True)
        found[size] = measured(folder, told, yardsticks=size == SIZES[0], writers=size == SIZES[-1])
    return found


def own(told):
    return {**os.environ, **told, "SECRET_KEY": "x", "HTTP_ONLY": "1"}


def new_database(url, name):
    """Make a database beside the one at the address; return its address."""
    import psycopg2

    folder = url.partition("@/")[2].rpartition("/")[0]
    connection = psycopg2.connect(host=folder, user="welfare", dbname="postgres")
    connection.autocommit = True
    connection.cursor().execute(f"CREATE DATABASE {name}")
    connection.close()
    return f"{url.rpartition('/')[0]}/{name}"


def measured(folder, told, yardsticks, writers):
    """Return the figures of the site on one database."""
    asked = json.loads(servers.python("pages", **told))
    pages = asked["pages"]
    with servers.site(folder, told["DATABASE_URL"]) as site:
        found = {"start_seconds": site.took, "megabytes_idle": site.memory(), "pages": pages}
        for name, page in pages.items():
            headers = [asked["cookie"]] if name in FOR_STAFF else []
            page |= loaded(site, page["path"], STAFF if name in UNKEPT else READERS, *headers)
        found["megabytes_loaded"] = site.memory()
        if yardsticks:
            found["yardsticks"] = beside(folder, site, pages["board"])
    with servers.without_front(**told) as site:  # in the server: how deep a call stands counts
        for name, page in pages.items():
            headers = [asked["cookie"]] if name in FOR_STAFF else []
            page["cpu_ms"] = loaded(site, page["path"], RENDERING, *headers)["cpu_us"] / 1000
    if writers:
        found["writers"] = written(folder, told)
    return found


def written(folder, told):
    """Return how 64 people wrote at once, and for how long each held SQLite's write lock."""
    file = Path(folder) / "held"
    with servers.without_front("held", HELD_FILE=str(file), **told) as site:
        found = json.loads(servers.python("writers", site.port, **told))
    held = sorted(map(float, file.read_text().split()))
    return found | {f"held_p{part}": held[len(held) * part // 100] for part in (50, 99) if held}


def beside(folder, site, page):
    """Return the figures of the bare view and of nginx with the bytes of a page."""
    _status, content = servers.ask(site.port, page["path"], **{"Accept-Encoding": "br"})
    found = {"nginx": None}
    with servers.bare(folder, content) as bare:
        found["bare"] = loaded(bare, "/", READERS)
    with servers.nginx(content) as nginx:
        if nginx:
            found["nginx"] = loaded(nginx, "/page.html", READERS)
    page |= loaded(site, page["path"], READERS)  # anew, as near to them as can be
    return found


def loaded(server, path, connections, *headers):
    """Return what a server did under the load, and what each answer cost it in CPU."""
    named = dict(line.split(": ", 1) for line in headers)
    for _ in range(8):  # so that each process has rendered it
        servers.ask(server.port, path, **named, **{"Accept-Encoding": "br, gzip"})
    servers.read(server.port, path, 0.5, connections, *headers)
    before = server.cpu()
    told = servers.read(server.port, path, SECONDS, connections, *headers)
    used = server.cpu() - before
    assert told["statuses"]["200"] == told["requests"] > 0, (path, told["statuses"])
    return {**told, "cpu_us": used / told["requests"] * 1e6}


def report(results) -> str:
    """Return the tables to read."""
    lines = [
        f"{results['cores']} cores, load {results['load_before']:.1f} before;"
        f" the readers are {results['load_by']}'s"
    ]
    for database in ("sqlite", "postgresql"):
        sizes = results[database]
        if sizes is None:
            lines.append(f"\n{database}: not installed")
            continue
        first = next(iter(sizes.values()))["pages"]
        lines.append(f"\n{database:12} {HEADINGS}")
        for size, found in sizes.items():
            lines += [row(size, name, page, first[name]) for name, page in found["pages"].items()]
        lines += [line for found in sizes.values() for line in notes(found)]
    return "\n".join(lines)


HEADINGS = (
    "page        req/s   p50 ms   p95 ms   p99 ms  p50 ×  CPU µs  questions"
    "  rendering CPU ms    bytes"
)


def row(size, name, page, first):
    whole = " reads all of " + ", ".join(page["whole_tables"]) if page["whole_tables"] else ""
    return (
        f"{size:>12} {name:9} {page['per_second']:7,.0f} {page['p50']:8.2f} {page['p95']:8.2f}"
        f" {page['p99']:8.2f} {page['p50'] / first['p50']:6.2f} {page['cpu_us']:7.0f}"
        f" {page['questions']:10} {page['cpu_ms']:17.1f} {page['bytes']:8,}{whole}"
    )


def notes(found):
    """Yield what was measured once: the yardsticks, memory, the start, the writers."""
    yield (
        f"  start to the first page {found['start_seconds']:.1f} s; memory"
        f" {found['megabytes_idle']:.0f} MB idle, {found['megabytes_loaded']:.0f} MB after the load"
    )
    for name, stick in found.get("yardsticks", {}).items():
        yield f"  {name}: not installed" if stick is None else beside_row(name, stick, found)
    if told := found.get("writers"):
        yield (
            f"  {told['clients']} writers: {told['requests']} reports and suggestions,"
            f" p50 {told['p50']:.0f} ms, p95 {told['p95']:.0f} ms, p99 {told['p99']:.0f} ms,"
            f" statuses {told['statuses']}"
        )
        if "held_p99" in told:
            yield (
                f"  the write lock was held for {told['held_p50']:.1f} ms (p50),"
                f" {told['held_p99']:.1f} ms (p99)"
            )


def beside_row(name, stick, found):
    """Return how the board and the item compare with a yardstick: answers, and CPU for each."""
    said = [
        f"{page} {found['pages'][page]['per_second'] / stick['per_second']:.2f} ×"
        f" ({stick['cpu_us'] / found['pages'][page]['cpu_us']:.2f} × for the same CPU)"
        for page in ("board", "item")
    ]
    return (
        f"  {name}: {stick['per_second']:,.0f} req/s, {stick['cpu_us']:.0f} µs of CPU;"
        f" {', '.join(said)}"
    )


if __name__ == "__main__":
    main()
