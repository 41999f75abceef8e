"""A name of the notes with one character altered: 前进小区 in the notes, 前程小区 in the draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.checking.rules.rule import DraftRule, Example, Found
from drafter.model import Span
from drafter.numbers.later import Later

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drafter.checking.rules.rule import Scene
    from drafter.model import Fact

_ENDING = "村|社区|街道|小区|镇|乡|路|街|巷|小学|中学|学校|公司|合作社|广场|公园|花园|家园|大厦|市场|医院"
_DEED = Later(r"^(?:新建|新增|新设|新修|新开|改建|扩建|修建|改造|建成|打造|提升|整治|维修|清理|养护)")
_PERSON = "同志"
_LONGEST_NAME = 3
_OTHER = "灯面段口基网况径线牌民庄级组干务委官居域政亲风区头主化监秩志史貌容规集企改医卫校情"
"""Behind these the ending begins another word: 路灯, 村民, 市场主体."""
_ROADS = "道公马铁线水管电思出干支小土泥油青业耕组户产石"
"""Before 路 these make a word for any road: 道路, 公路, 水泥路."""
_LEADING = "在到对为于与和向由给"
_NAME = Later(
    rf"(?:^|(?<=[\W_{_LEADING}])|(?<=进入))(?=[^{_LEADING}])"
    rf"(?P<stem>[\u3400-\u9fff]{{2,4}}?)(?P<end>{_ENDING}|{_PERSON})(?<![{_ROADS}]路)(?![{_OTHER}])",
)
_SIDES = frozenset("东西南北中上下前后左右内外老新大小一二三四五六七八九十")
"""东街 and 西街 are two streets, not one misspelt."""


def _find(scene: Scene) -> Iterator[Found]:
    notes = "\n".join(f"{fact.topic}\n{fact.text}" for fact in scene.facts)
    known = f"{notes}\n{scene.own.unit or ''}\n" + "\n".join(passage.text for passage in scene.past)
    seen: set[str] = set()
    for name, ending, fact in _names(scene):
        if name in seen or name in scene.plain:
            continue
        seen.add(name)
        for at in _ends(scene.plain, ending):
            said = scene.plain[max(0, at - len(name)) : at]
            if _is_slip(said, name) and said not in known and not _is_plain(name, said, ending):
                message = f"文中“{said}”，要点{fact.id}写的是“{name}”"
                yield Found(Span(at - len(name), at), message, "", (fact.where,), "error", "conflict")
                break


def _names(scene: Scene) -> Iterator[tuple[str, str, Fact]]:
    for fact in scene.facts:
        for found in _NAME.finditer(fact.text):
            if found["end"] != _PERSON or _is_person(found["stem"]):
                yield found.group(), found["end"], fact


def _is_person(stem: str) -> bool:
    """Tell whether the words before 同志 are a name: 老同志 and 机关党员同志 are nobody's."""
    from drafter.reading.words import load_words  # noqa: PLC0415 - only where somebody is named

    return len(stem) <= _LONGEST_NAME and stem.startswith(load_words("surnames"))


def _ends(plain: str, ending: str) -> Iterator[int]:
    """Yield where each occurrence of `ending` in the draft ends."""
    at = plain.find(ending)
    while at >= 0:
        yield at + len(ending)
        at = plain.find(ending, at + 1)


def _is_slip(said: str, name: str) -> bool:
    """Tell whether two names of one length differ in one character, and not in a side or a number."""
    if len(said) != len(name) or _DEED.sub("", said) == _DEED.sub("", name):
        return False
    differing = [(one, other) for one, other in zip(said, name, strict=True) if one != other]
    return (
        len(differing) == 1
        and not set(differing[0]) <= _SIDES
        and all("\u3400" <= char <= "\u9fff" for char in said)
    )


def _is_plain(name: str, said: str, ending: str) -> bool:
    """Tell whether one of two names only describes: 示范村, 老旧小区."""
    from drafter.reading.place_names import plain_words  # noqa: PLC0415 - only for what may be a slip

    return any(word.removesuffix(ending) in plain_words() for word in (name, said))


_PRAISED = ("刘桂芳同志获评优秀网格员", "慰问退休老同志12人")
_NOTES = ("前进小区新装智能门禁6处", "在青石村修路3公里", "老旧小区改造2个")
RULE = DraftRule(
    "altered-name",
    _find,
    caught=(
        Example("在前程小区新装智能门禁6处。", _NOTES),
        Example("为青山村修路3公里。", _NOTES),
        Example("刘桂芬同志获评优秀网格员。", _PRAISED),
    ),
    passed=(
        Example("在前进小区新装智能门禁6处，青石村修路3公里，老旧小区改造2个。", _NOTES),
        Example("破旧小区改造2个。", _NOTES),
        Example("东街社区走访20户。", ("西街社区走访20户",)),
        Example("在前进小区和前程小区新装智能门禁。", _NOTES),
        Example("在和平小区新装智能门禁6处。", _NOTES),
        Example("刘桂芳同志获评优秀网格员，慰问离休老同志12人。", _PRAISED),
        Example("其余3处已报街道。", ("安全隐患排查61处，剩3处报街道",)),
    ),
)
