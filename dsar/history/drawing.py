"""The two drawings of the document, computed as SVG: the line of the case, and the code of its head.

No script, no pattern and no transparency, so that they survive PDF/A; the ``<title>`` becomes the
alternative text of the figure.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from xml.sax.saxutils import escape

import segno

from dsar.history.typography import month

INK, MUTED, RULE, BLUE, PALE, AMBER = "#1b1f24", "#55606c", "#aeb7c1", "#12406f", "#dbe5f0", "#8a5300"
_WIDTH, _LEFT, _RIGHT, _THICK = 712.0, 10.0, 702.0, 16.0
_NUMBER = 23.0  # from one number to the next
_UP, _DOWN = 52.0, 30.0  # height of a row of labels above and below the bar


@dataclass(slots=True)
class Label:
    """A date with its words. ``number`` is set on a milestone; ``before`` prefers the left side."""

    on: date
    title: str
    lines: Sequence[str]
    number: int = 0
    reached: bool = True
    before: bool = False
    x: float = 0.0
    row: int = 0
    anchor: str = "start"

    @property
    def width(self) -> float:
        return max(len(self.title) * 6.5, *(len(line) * 5.4 for line in self.lines), 0.0)


@dataclass(frozen=True, slots=True)
class Line:
    """What is drawn: the bar runs from ``received`` to ``until``, pale on to ``due``; pauses are hatched."""

    received: date
    until: date
    due: date | None
    pauses: Sequence[tuple[date, date]]
    milestones: Sequence[Label]
    limits: Sequence[Label]
    alt: str
    language: str


def timeline(line: Line) -> str:
    """The SVG of a case's clock, 178 mm wide; as high as its labels need."""
    return _Drawing(line).svg()


class _Drawing:
    def __init__(self, line: Line) -> None:
        self.line = line
        days = [line.received, line.until, *(label.on for label in (*line.milestones, *line.limits))]
        days += [line.due] if line.due else []
        whole = max((max(days) - min(days)).days, 14)
        self.first = min(days) - timedelta(days=max(whole // 40, 1))
        self.last = self._last(whole)
        self.out: list[str] = []
        self.named: list[tuple[float, float]] = []  # where the names of the months stand
        for label in (*line.milestones, *line.limits):
            label.x = self.x(label.on)
        _spread(line.milestones)
        self.bar = _UP * _place(line.milestones) + 8
        self.base = self.bar + _THICK + 7
        self.height = self.base + 22 + _DOWN * _place(line.limits)

    def _last(self, whole: int) -> date:
        """The right end of the scale: past every date, and far enough for the words beside the last limit."""
        room = _RIGHT - _LEFT
        wanted = self.first + timedelta(days=whole + max(whole // 7, 4))
        for label in self.line.limits:
            if not label.before:
                days = (label.on - self.first).days * room / max(room - label.width - 12, room / 3)
                wanted = max(wanted, self.first + timedelta(days=int(days) + 1))
        return wanted

    def x(self, when: date) -> float:
        return _LEFT + (_RIGHT - _LEFT) * (when - self.first).days / (self.last - self.first).days

    def svg(self) -> str:
        self.clock()
        self.calendar()
        for label in self.line.limits:
            self.limit(label)
        for label in self.line.milestones:
            self.milestone(label)
        title, drawn = escape(self.line.alt), "".join(self.out)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:.0f} {self.height:.0f}" width="178mm"'
            f' height="{178 * self.height / _WIDTH:.1f}mm"><title>{title}</title>{drawn}</svg>'
        )

    def clock(self) -> None:
        line = self.line
        if line.due and line.due > line.until:
            self.rect(self.x(line.until), self.x(line.due), PALE)
        self.rect(self.x(line.received), self.x(line.until), BLUE)
        for start, end in line.pauses:
            self.hatched(self.x(start), self.x(end))

    def hatched(self, left: float, right: float) -> None:
        """45 degree lines, clipped here: a PDF/UA reader must not meet a pattern."""
        self.rect(left, right, "#ffffff", BLUE)
        k = left - _THICK
        while k < right:
            x1, x2 = max(k, left), min(k + _THICK, right)
            if x2 > x1:
                self.stroke(x1, self.bar + _THICK - (x1 - k), x2, self.bar + _THICK - (x2 - k), BLUE, 0.9)
            k += 5

    def calendar(self) -> None:
        self.stroke(_LEFT, self.base, _RIGHT, self.base, RULE, 0.7)
        months = max(1, round((self.last - self.first).days / 270))
        day = self.first
        while day <= self.last:
            x = self.x(day)
            if day.day == 1 and (day.month - 1) % months == 0:
                self.stroke(x, self.base, x, self.base + 13, MUTED, 0.9)
                if x < _RIGHT - 40:
                    words = month(day, self.line.language)
                    self.named.append((x, x + 8 + 5.5 * len(words)))
                    self.text(x + 4, self.base + 14, words, 10, fill=MUTED)
            elif day.weekday() == 0 and months == 1:
                self.stroke(x, self.base, x, self.base + 3.5, RULE, 0.7)
            day += timedelta(days=1)

    def milestone(self, label: Label) -> None:
        y = self.bar - 46 - _UP * label.row
        middle = self.bar + _THICK / 2
        self.stroke(
            label.x, y + 2, label.x, self.bar, INK if label.reached else MUTED, 1, "" if label.reached else "2 2"
        )
        x = label.x + (6 if label.anchor == "start" else -6)
        self.text(x, y + 11, label.title, 12.5, 600, label.anchor, INK if label.reached else MUTED)
        for i, words in enumerate(label.lines):
            self.text(x, y + 23.5 + 12 * i, words, 10.5, 400, label.anchor, MUTED)
        dash = "" if label.reached else ' stroke-dasharray="3 2"'
        self.out.append(
            f'<circle cx="{label.x:.1f}" cy="{middle:.1f}" r="10" fill="#ffffff"'
            f' stroke="{INK if label.reached else MUTED}" stroke-width="1.5"{dash}/>'
        )
        self.text(label.x, middle + 4.2, str(label.number), 11.5, 600, "middle", INK if label.reached else MUTED)

    def limit(self, label: Label) -> None:
        y = self.base + 32 + _DOWN * label.row
        if any(low < label.x < high for low, high in self.named):  # leave the name of the month readable
            self.stroke(label.x, self.bar - 5, label.x, self.base + 3, AMBER, 1.2, "3 2")
            self.stroke(label.x, self.base + 18, label.x, y + 15, AMBER, 1.2, "3 2")
        else:
            self.stroke(label.x, self.bar - 5, label.x, y + 15, AMBER, 1.2, "3 2")
        x = label.x + (5 if label.anchor == "start" else -5)
        self.text(x, y, label.title, 11.5, 600, label.anchor, AMBER)
        for i, words in enumerate(label.lines):
            self.text(x, y + 12.5 + 12 * i, words, 10.5, 400, label.anchor, MUTED)

    def text(
        self, x: float, y: float, words: str, size: float, weight: int = 400, anchor: str = "start", fill: str = INK
    ) -> None:
        self.out.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-family="Inter" font-size="{size}" font-weight="{weight}"'
            f' text-anchor="{anchor}" fill="{fill}">{escape(words)}</text>'
        )

    def stroke(self, x1: float, y1: float, x2: float, y2: float, colour: str, width: float, dash: str = "") -> None:
        extra = f' stroke-dasharray="{dash}"' if dash else ""
        self.out.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
            f' stroke="{colour}" stroke-width="{width}"{extra}/>'
        )

    def rect(self, left: float, right: float, fill: str, stroke: str = "none") -> None:
        self.out.append(
            f'<rect x="{left:.1f}" y="{self.bar:.1f}" width="{max(right - left, 0.5):.1f}" height="{_THICK}"'
            f' fill="{fill}" stroke="{stroke}" stroke-width="1"/>'
        )


def _spread(milestones: Sequence[Label]) -> None:
    """Move numbers apart that fall on the same days; their words still say the date."""
    at = -_WIDTH
    for label in sorted(milestones, key=lambda label: (label.x, label.number)):
        label.x = max(label.x, at + _NUMBER)
        at = label.x


def _place(labels: Sequence[Label]) -> int:
    """Give each label the first free row, nearest to the bar first; returns the number of rows."""
    taken: list[list[tuple[float, float]]] = []
    for label in sorted(labels, key=lambda label: -label.x):
        sides = [(label.x + 6, "start"), (label.x - 6 - label.width, "end")]
        if label.before:
            sides.reverse()
        for row in range(len(labels)):
            if row == len(taken):
                taken.append([])
            spot = next((side for side in sides if _fits(side[0], label, taken, row)), None)
            if spot:
                start, label.anchor = spot
                label.row = row
                taken[row].append((min(start, label.x) - 4, max(start + label.width, label.x) + 4))
                break
        else:
            label.row, label.anchor = len(taken) - 1, "end" if label.before else "start"
    return max((label.row for label in labels), default=-1) + 1


def _fits(start: float, label: Label, taken: list[list[tuple[float, float]]], row: int) -> bool:
    """On the page, clear of its row, and its line crosses no label nearer to the bar."""
    end = start + label.width
    return (
        start >= 0
        and end <= _WIDTH
        and all(end < low or start > high for low, high in taken[row])
        and not any(low < label.x < high for near in taken[:row] for low, high in near)
    )


def code(words: str, alt: str) -> str:
    """A QR code of ``words`` as SVG with ``alt`` as its title."""
    buffer = io.BytesIO()
    segno.make(words, error="m", micro=False).save(
        buffer,
        kind="svg",
        xmldecl=False,
        nl=False,
        border=2,
        title=alt,
        svgclass=None,
        lineclass=None,
        unit="mm",
        scale=0.72,
    )
    return buffer.getvalue().decode()
