"""A million records to JSON and CSV: memory must not grow with them; speed is printed beside its peers."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

MEGABYTE = 1024**2
FEW, MANY = 100_000, 1_000_000

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]


def record(number: int) -> dict:
    return {
        "id": number,
        "reference": f"INV-{number:07d}",
        "email": f"person{number % 97}@example.org",
        "total": number * 0.37,
        "paid": number % 2 == 0,
        "note": "=1+1" if number % 1000 == 0 else f"Une remarque de longueur moyenne, numéro {number * 7919 % 10007}",
        "city": ("Liège", "Namur", "Gent", "Eupen")[number % 4],
        "at": f"2027-01-{number % 28 + 1:02d}T12:00:{number % 60:02d}Z",
    }


def lines(folder: Path, count: int) -> Path:
    path = folder / f"records-{count}.jsonl"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(record(number), ensure_ascii=False) + "\n" for number in range(count))
    return path


def table(folder: Path, count: int) -> Path:
    path = folder / f"records-{count}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(record(0))
        writer.writerows(record(number).values() for number in range(count))
    return path


def measured(way: str, path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.exporting", way, str(path)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


@pytest.mark.parametrize("made", [lines, table])
def test_memory_does_not_grow_with_the_records(tmp_path, made):
    few, many = measured("ours", made(tmp_path, FEW)), measured("ours", made(tmp_path, MANY))

    for count, run in ((FEW, few), (MANY, many)):
        print(f"\npeak memory of {count:,} records: {run['peak'] / MEGABYTE:.0f} MB")
    assert many["peak"] - few["peak"] < 16 * MEGABYTE


def test_speed_beside_orjson_and_csv(tmp_path):
    path = lines(tmp_path, MANY)
    figures = {way: [measured(way, path) for _ in range(2)] for way in ("ours", "peer", "raw")}

    best = {way: min(runs, key=lambda run: run["cpu"]) for way, runs in figures.items()}
    for way, run in best.items():
        rate = MANY / run["cpu"]
        print(f"\n{way}: {run['cpu']:.1f} s cpu, {run['wall']:.1f} s, {rate:,.0f} records/s, {run['size']:,.0f} bytes")
    for way in ("peer", "raw"):
        print(f"ours / {way}: {best['ours']['cpu'] / best[way]['cpu']:.2f}")
    assert best["ours"]["size"] == pytest.approx(best["peer"]["size"], rel=0.3)
