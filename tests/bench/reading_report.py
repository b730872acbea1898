"""How well the first reading does on a folder of labelled mails, field by field.

Run: python -m tests.bench.reading_report [FOLDER] [-v]; FOLDER holds labels.jsonl and the .eml files.
"""

import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from dsar.intake.parsing import content_key, parse
from dsar.intake.reading import read

FIELDS = ("language", "kind", "dated", "signed", "reasons_given", "identity_document", "representative", "acknowledge")
HERE = Path(__file__).resolve().parent.parent / "mails"


@dataclass
class Report:
    """Counts of right answers per field and, for rights, of found, missed and wrongly found ones."""

    mails: int = 0
    right: Counter[str] = field(default_factory=Counter)
    hit: int = 0
    missed: int = 0
    wrong: int = 0
    misses: list[str] = field(default_factory=list)

    def accuracy(self, name: str) -> float:
        return self.right[name] / self.mails

    @property
    def micro_f1(self) -> float:
        return 2 * self.hit / (2 * self.hit + self.missed + self.wrong)


def measure(folder: Path) -> Report:
    """Read every labelled mail of ``folder``; a duplicate of an earlier one is not acknowledged."""
    report = Report()
    seen: set[str] = set()
    for line in (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        path = folder / label["file"]
        raw = (path if path.exists() else folder / "mails" / label["file"]).read_bytes()
        parsed = parse(raw)
        reading = read(parsed)
        key = content_key(parsed, raw)
        got = {name: getattr(reading, name) for name in FIELDS}
        got["acknowledge"] = reading.acknowledge and key not in seen
        seen.add(key)
        report.mails += 1
        for name in FIELDS:
            report.right[name] += got[name] == label[name]
            if got[name] != label[name]:
                report.misses.append(
                    f"{label['file']} {name}: {got[name]!r}, label {label[name]!r} ({reading.kind_because})"
                )
        found, wanted = {right.value for right in reading.rights}, set(label["rights"])
        report.right["rights"] += found == wanted
        report.hit += len(found & wanted)
        report.missed += len(wanted - found)
        report.wrong += len(found - wanted)
        if found != wanted:
            words = [(because.right, because.words, because.place) for because in reading.because]
            report.misses.append(f"{label['file']} rights: {sorted(found)}, label {sorted(wanted)} {words}")
    return report


def main() -> None:
    folders = [Path(argument) for argument in sys.argv[1:] if argument != "-v"] or [HERE]
    for folder in folders:
        report = measure(folder)
        print(f"{folder}: {report.mails} mails")
        print(f"  rights F1 {report.micro_f1:.3f} ({report.hit} found, {report.missed} missed, {report.wrong} wrong)")
        for name in ("rights", *FIELDS):
            print(f"  {name:18} {report.accuracy(name):.3f}")
        if "-v" in sys.argv:
            print("\n".join(f"  - {miss}" for miss in report.misses))


if __name__ == "__main__":
    main()
