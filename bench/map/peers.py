"""What the map is measured beside: PostGIS by its own SQL (pgbench), tipg and Martin over HTTP where they are installed."""

import argparse
import contextlib
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import time
import urllib.request

import city

RUNS = 3
LAYER = "bench"


def exported(madang, data, folder, ending):
    file = pathlib.Path(folder) / f"layer.{ending}"
    if not file.exists():
        subprocess.run([madang, "map", "export", LAYER, file, "--data", data], check=True, stdout=subprocess.DEVNULL)
    return file


def shifted(madang, data, layer, times, folder):
    """The layer so many times, each copy beside the last, as GeoJSONSeq; ids are left out."""
    source = exported(madang, data, folder, "geojsonl")
    target = pathlib.Path(folder) / "copies.geojsonl"
    pair = re.compile(rb"\[(-?\d+\.?\d*),(-?\d+\.?\d*)\]")
    with target.open("wb") as out:
        for copy in range(times):
            move = copy * 0.6
            with source.open("rb") as lines:
                for line in lines:
                    line = re.sub(rb'"id":("[^"]*"|\d+),', b"", line, count=1)
                    out.write(pair.sub(lambda m: b"[%.7f,%s]" % (float(m[1]) + move, m[2]), line) if move else line)
    return target


def psql(database, sql):
    words = ["psql", database, "-qAt", "-v", "ON_ERROR_STOP=1", "-c", sql]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()


def pgbench(database, script, folder, options):
    """Answers (statements a second, mean ms), each the median of three; the script draws its own places."""
    file = pathlib.Path(folder) / "script.sql"
    file.write_text(script)
    programs = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    rates, means = [], []
    for _ in range(RUNS):
        words = [programs / "pgbench", "-n", "-M", "prepared", "-f", file, "-c", str(options.connections), "-j", "2", "-T", str(options.seconds), database]
        text = subprocess.run(words, check=True, capture_output=True, text=True).stdout
        rates.append(float(re.search(r"tps = ([\d.]+)", text)[1]))
        means.append(float(re.search(r"latency average = ([\d.]+)", text)[1]))
    return statistics.median(rates), statistics.median(means)


def line(what, rate, ours, note=""):
    print(f"{what:<44}{rate:>14,.1f}/s  ours : peer {ours / rate:>8.1f}   {note}", flush=True)


def tile_sql(zoom):
    return (
        f"\\set i random(1, :n)\nSELECT ST_AsMVT(q, '{LAYER}', 4096, 'g') FROM (SELECT ST_AsMVTGeom(geom, ST_TileEnvelope({zoom}, x, y), 4096, 64) AS g, b.* "
        f"FROM (SELECT x, y FROM spots WHERE zoom = {zoom} AND i = :i) s, bench b WHERE b.geom && ST_TileEnvelope({zoom}, x, y, margin => 64.0 / 4096)) q"
    )


def measure(madang, data, folder, bounds, results, options):
    if not shutil.which("ogr2ogr"):
        print("peers: gdal-bin and postgis are not installed")
        return
    file = exported(madang, data, folder, "fgb")
    with city.postgres(folder) as database:
        psql(database, "CREATE EXTENSION postgis")
        socket = pathlib.Path(folder) / "pg"
        began = time.monotonic()
        target = f"PG:host={socket} user=madang dbname=postgres"
        words = ["ogr2ogr", "-f", "PostgreSQL", target, file, "-nln", LAYER, "-lco", "GEOMETRY_NAME=geom", "-t_srs", "EPSG:3857", "-nlt", "PROMOTE_TO_MULTI"]
        subprocess.run(words, check=True, env={**os.environ, "PG_USE_COPY": "YES"}, stderr=subprocess.DEVNULL)
        psql(database, "VACUUM ANALYZE bench")
        print(f"{'PostGIS: load, reproject, index':<44}{time.monotonic() - began:>14,.1f} s", flush=True)
        psql(database, "CREATE TABLE spots (zoom int, i int, x int, y int, PRIMARY KEY (zoom, i))")
        for zoom in (14, 15, 16):
            found = results[f"z{zoom}"][1]
            rows = ",".join(f"({zoom},{place + 1},{x},{y})" for place, (x, y) in enumerate(found))
            psql(database, f"INSERT INTO spots VALUES {rows}")
        psql(database, "CREATE TABLE areas (i int PRIMARY KEY, geom geometry)")
        for place, box in enumerate(results["items1000"][1]):
            psql(database, f"INSERT INTO areas VALUES ({place + 1}, ST_Transform(ST_MakeEnvelope({','.join(map(str, box))}, 4326), 3857))")
        counted, most = results["count"]
        area = f"ST_Transform(ST_MakeEnvelope({','.join(map(str, most))}, 4326), 3857)"
        began = time.monotonic()
        theirs = int(psql(database, f"SELECT count(*) FROM bench WHERE geom && {area}"))
        spent = (time.monotonic() - began) * 1000
        share = abs(theirs - counted) / max(theirs, 1)
        print(f"{'PostGIS: count of most of it':<44}{spent:>14,.0f} ms   {theirs:,} found (ours {counted:,}; boxes of 32-bit floats)", flush=True)
        if share > 0.001:
            sys.exit("the counts differ by more than boxes of 32-bit floats can explain")
        for zoom in (14, 15, 16):
            ours, found = results[f"z{zoom}"]
            rate, mean = pgbench(database, tile_sql(zoom).replace(":n", str(len(found))), folder, options)
            line(f"PostGIS: tile z{zoom} (ST_AsMVT)", rate, ours, f"mean {mean:.1f} ms")
        script = (
            f"\\set i random(1, {len(results['items1000'][1])})\nSELECT json_build_object('type','FeatureCollection','features', json_agg(ST_AsGeoJSON(f.*)::json)) FROM "
            "(SELECT b.* FROM bench b, areas a WHERE a.i = :i AND b.geom && a.geom LIMIT 1000) f"
        )
        rate, mean = pgbench(database, script, folder, options)
        line("PostGIS: 1000 features as GeoJSON, no count", rate, results["items1000"][0], f"mean {mean:.1f} ms")
        http_peers(socket, results, options, folder)


def http_peers(socket, results, options, folder):
    import importlib.util
    if importlib.util.find_spec("tipg"):
        environment = {**os.environ, "DATABASE_URL": f"postgresql://madang@/postgres?host={socket}", "TIPG_MAX_FEATURES_PER_TILE": "1000000"}
        words = [sys.executable, "-m", "uvicorn", "tipg.main:app", "--port", "18997", "--workers", "2", "--log-level", "error"]
        with served(words, environment, "http://127.0.0.1:18997/healthz"):
            http(f"tipg", "http://127.0.0.1:18997/collections/public.bench/tiles/WebMercatorQuad/{z}/{x}/{y}", results, options, folder)
    if shutil.which("martin"):
        words = ["martin", "--listen-addresses", "127.0.0.1:18996", "--cache-size", "0", f"postgresql://madang@/postgres?host={socket}"]
        with served(words, os.environ, "http://127.0.0.1:18996/health"):
            http("Martin", "http://127.0.0.1:18996/bench/{z}/{x}/{y}", results, options, folder)


@contextlib.contextmanager
def served(words, environment, health):
    process = subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(health).read()
                break
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(20)


def http(name, template, results, options, folder):
    for zoom in (14, 15, 16):
        ours, found = results[f"z{zoom}"]
        file = pathlib.Path(folder) / "addresses.txt"
        file.write_text("\n".join(template.format(z=zoom, x=x, y=y) for x, y in found) + "\n")
        rates = []
        for _ in range(RUNS):
            words = ["oha", "--no-tui", "--output-format", "json", "-z", f"{options.seconds}s", "-c", str(options.connections), "--urls-from-file", file]
            answer = json.loads(subprocess.run(words, capture_output=True, check=True, text=True).stdout)
            rates.append(answer["summary"]["requestsPerSec"])
        line(f"{name}: tile z{zoom}", statistics.median(rates), ours)
