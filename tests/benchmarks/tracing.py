"""How many broken numbers a check finds, and how many faithful drafts it leaves alone.

    python tests/benchmarks/tracing.py [--crowd] [--misses]

`tracing_pairs.json` holds notes about fictional places with faithful drafts,
each number of theirs in braces. Every draft is broken in some fifteen ways
that are wrong by construction. A broken draft is caught when an error finding
overlaps the broken place; a faithful one is clean when there is none. With
`--crowd` the notes of nineteen other topics stand in the same file. Two
baselines search the notes for the printed string and for its digits.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))

from drafter.checking import check_text  # noqa: E402 - run as a script as well
from drafter.numbers import read_numerals  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CROWD = 19
_FIGURE = re.compile(r"^(近|超过|超|约|突破)?(\d[\d.]*)(.*)$")
_OTHER_UNIT = {
    "人": "人次", "人次": "人", "户": "人", "家次": "家", "处": "户", "件": "人", "起": "户",
    "个": "户", "名": "人次", "盏": "处", "项": "户", "台": "户", "头": "户", "株": "处",
}  # fmt: skip
_INVENTED = (
    "群众满意度达98.3%", "发放宣传手册473份", "新增文明楼栋216栋", "投入资金318万元", "累计服务群众592人次",
)  # fmt: skip


class Row(NamedTuple):
    """One draft: `broken` says how it was broken (None when faithful), `places` where."""

    pair: int
    draft: str
    broken: str | None
    places: tuple[tuple[int, int], ...]


class Score(NamedTuple):
    """Caught and total of the broken rows by kind, clean and total of the faithful ones."""

    caught: Counter[str]
    broken: Counter[str]
    clean: int
    faithful: int

    @property
    def recall(self) -> float:
        """Return the share of broken rows that were caught."""
        return self.caught.total() / self.broken.total()

    @property
    def cleanness(self) -> float:
        """Return the share of faithful rows without an error."""
        return self.clean / self.faithful


def load_pairs() -> list[dict[str, list[str]]]:
    """Return the notes, past sentences and faithful drafts."""
    return json.loads((HERE / "tracing_pairs.json").read_text(encoding="utf-8"))


def unbraced(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a draft without its braces, and where the numbers inside them stand."""
    plain, places = "", []
    for part in re.split(r"(\{[^}]*\})", text):
        if part.startswith("{"):
            places.append((len(plain), len(plain) + len(part) - 2))
        plain += part.strip("{}")
    return plain, places


def _digit(surface: str, rng: random.Random) -> str | None:
    spots = [i for i, c in enumerate(surface) if c.isdigit()]
    if not spots:
        return None
    spot = rng.choice(spots)
    return surface[:spot] + rng.choice([d for d in "123456789" if d != surface[spot]]) + surface[spot + 1 :]


def _transpose(surface: str, rng: random.Random) -> str | None:
    spots = [
        i
        for i in range(len(surface) - 1)
        if surface[i : i + 2].isdigit() and surface[i] != surface[i + 1] and surface[i + 1] != "0"
    ]
    if not spots:
        return None
    spot = rng.choice(spots)
    return surface[:spot] + surface[spot + 1] + surface[spot] + surface[spot + 2 :]


def _scale(surface: str, _rng: random.Random) -> str | None:
    match = _FIGURE.match(surface)
    if match is None or "%" in surface:
        return None
    before, figure, rest = match[1] or "", match[2], match[3]
    return before + figure + (rest[1:] if rest.startswith("万") else f"万{rest}")


def _without_modifier(surface: str, _rng: random.Random) -> str | None:
    plain = re.sub("余|多|近|超过|突破|约", "", surface)
    return plain if plain != surface and re.search(r"\d", plain) else None


def _other_side(surface: str, _rng: random.Random) -> str | None:
    plain = re.sub("余|多", "", surface)
    return f"近{plain}" if plain != surface else None


def _hole(surface: str, _rng: random.Random) -> str | None:
    plain = re.sub(r"^\d[\d.]*", "", surface)
    return plain if plain and plain != surface and not re.search(r"\d|月|余|多", plain) else None


def _placeholder(surface: str, rng: random.Random) -> str | None:
    plain = re.sub(r"\d[\d.]*", rng.choice(["××", "XX", "___", "若干"]), surface)
    return plain if plain != surface else None


def _unit(surface: str, _rng: random.Random) -> str | None:
    match = re.fullmatch(r"(\d[\d.]*)(\D+)", surface)
    return match[1] + _OTHER_UNIT[match[2]] if match and match[2] in _OTHER_UNIT else None


def _percent(surface: str, _rng: random.Random) -> str | None:
    match = re.fullmatch(r"(\d+)[人户处件起个名家场份册套条]", surface)
    return f"{match[1]}%" if match else None


MUTATIONS: dict[str, Callable[[str, random.Random], str | None]] = {
    "digit": _digit,
    "transpose": _transpose,
    "scale": _scale,
    "drop_modifier": _without_modifier,
    "wrong_direction": _other_side,
    "hole": _hole,
    "placeholder": _placeholder,
    "unit_swap": _unit,
    "percent_count": _percent,
}


def rows(pairs: list[dict[str, list[str]]], seed: int = 11) -> Iterator[Row]:
    """Yield the faithful drafts of `pairs`, in two dresses, and their broken variants."""
    rng = random.Random(seed)
    for index, pair in enumerate(pairs):
        for faithful in pair["faithful"]:
            text, places = unbraced(faithful)
            yield Row(index, text, None, ())
            yield Row(index, f"（二）工作情况\n1．{text}\n三是进一步形成良好局面。", None, ())
            for kind, change in MUTATIONS.items():
                options = [(a, b, new) for a, b in places if (new := change(text[a:b], rng))]
                if options:
                    yield _replaced(index, text, kind, *rng.choice(options))
            yield from _swapped(index, text, places)
            yield _with_more(index, text, "invented", f"，{rng.choice(_INVENTED)}。", cut=1)
            for past in pair["past"]:
                yield _with_more(index, text, "past_sentence", re.sub("^(?:去年底?|上年末?)", "", past))
                yield from _stale(index, text, places, past)
            yield from _miscalculated(index, text, places, pair["notes"], rng)


def _replaced(pair: int, text: str, kind: str, start: int, end: int, new: str) -> Row:
    return Row(pair, text[:start] + new + text[end:], kind, ((start, start + len(new)),))


def _with_more(pair: int, text: str, kind: str, more: str, cut: int = 0) -> Row:
    kept = text[: len(text) - cut] if cut else text
    return Row(pair, kept + more, kind, ((len(kept), len(kept) + len(more)),))


def _swapped(pair: int, text: str, places: list[tuple[int, int]]) -> Iterator[Row]:
    plain = re.compile(r"(\d[\d.]*)([^\d%]+)")
    for i, (a, b) in enumerate(places):
        for c, d in places[i + 1 :]:
            first, second = plain.fullmatch(text[a:b]), plain.fullmatch(text[c:d])
            if first and second and first[2] == second[2] and first[1] != second[1]:
                draft = text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]
                shift = (d - c) - (b - a)
                yield Row(pair, draft, "swapped_facts", ((a, a + d - c), (c + shift, d)))


def _stale(pair: int, text: str, places: list[tuple[int, int]], past: str) -> Iterator[Row]:
    old = [n for n in read_numerals(past) if n.kind in {"quantity", "money", "percent"}]
    for a, b in places:
        now = next((n for n in read_numerals(text) if n.start <= a < n.end), None)
        same = [n for n in old if now and n.unit == now.unit and n.kind == now.kind and n.value != now.value]
        if len(same) == 1 and len([n for n in old if now and n.unit == now.unit]) == 1:
            yield _replaced(pair, text, "stale_past", a, b, same[0].surface)


def _miscalculated(
    pair: int, text: str, places: list[tuple[int, int]], notes: list[str], rng: random.Random
) -> Iterator[Row]:
    for a, b in places:
        match = re.fullmatch(r"(\d[\d.]*)%", text[a:b])
        if match and not any(text[a:b] in note for note in notes):
            new = f"{float(match[1]) - rng.choice([3, 5, 9]):g}%"
            yield _replaced(pair, text, "wrong_share", a, b, new)


def score(
    judge: Callable[[str, list[str], list[str]], list[tuple[int, int]]], *, crowd: bool = False
) -> Score:
    """Run `judge` (draft, notes, past → places of errors) over all rows."""
    pairs = load_pairs()
    rng = random.Random(5)
    result = Score(Counter(), Counter(), 0, 0)
    for row in rows(pairs):
        notes = list(pairs[row.pair]["notes"])
        if crowd:
            others = rng.sample([i for i in range(len(pairs)) if i != row.pair], CROWD)
            groups = [pairs[i]["notes"] for i in others]
            groups.insert(rng.randrange(CROWD + 1), notes)
            notes = [note for group in groups for note in group]
        errors = judge(row.draft, notes, pairs[row.pair]["past"])
        if row.broken is None:
            result = result._replace(clean=result.clean + (not errors), faithful=result.faithful + 1)
            missed = bool(errors)
        else:
            hit = any(s < b and a < e for s, e in errors for a, b in row.places)
            result.broken[row.broken] += 1
            result.caught[row.broken] += hit
            missed = not hit
        if missed and "--misses" in sys.argv:
            print(row.broken, row.draft, errors, pairs[row.pair]["notes"], sep=" | ")
    return result


def drafter_errors(draft: str, notes: list[str], past: list[str]) -> list[tuple[int, int]]:
    """Return the places of the error findings of drafter's check."""
    return [
        tuple(f.span) for f in check_text(draft, notes, past).findings if f.severity == "error" and f.span
    ]


def string_errors(draft: str, notes: list[str], _past: list[str]) -> list[tuple[int, int]]:
    """Baseline: a number must stand in the notes as it is printed, measure word included."""
    found = re.finditer(r"[\d.]+[万亿]?(?:人次|家次|个百分点|平方米|\S)?", draft)
    return [m.span() for m in found if not any(m.group() in note for note in notes)]


def digit_errors(draft: str, notes: list[str], _past: list[str]) -> list[tuple[int, int]]:
    """Baseline: the digits of a number must stand somewhere in the notes."""
    known = set(re.findall(r"\d+(?:\.\d+)?", " ".join(notes)))
    return [m.span() for m in re.finditer(r"\d+(?:\.\d+)?", draft) if m.group() not in known]


SYSTEMS = {"drafter": drafter_errors, "same string": string_errors, "same digits": digit_errors}


def main() -> None:
    """Print a table of all systems, one row a kind of fault."""
    scores = {name: score(judge, crowd="--crowd" in sys.argv) for name, judge in SYSTEMS.items()}
    print("| |", " | ".join(scores), "|")
    print("| --- |", " | ".join("---" for _ in scores), "|")
    for kind, total in next(iter(scores.values())).broken.items():
        print(
            f"| {kind} ({total}) |", " | ".join(f"{s.caught[kind] / total:.3f}" for s in scores.values()), "|"
        )
    print("| **broken caught** |", " | ".join(f"{s.recall:.3f}" for s in scores.values()), "|")
    print("| **faithful clean** |", " | ".join(f"{s.cleanness:.3f}" for s in scores.values()), "|")


if __name__ == "__main__":
    main()
