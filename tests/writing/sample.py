"""A section of a fictional community: its facts, its past section, and what a writer is given."""

from __future__ import annotations

from drafter.model import DraftSection, Exemplar, Fact, Report, Section, SectionPlan, Where, Words
from drafter.numbers.slots import read_quantities
from drafter.writing.borrowing import Surroundings
from drafter.writing.model_writer import Author, Commission, write_section
from drafter.writing.ports import Reply
from drafter.writing.prompts import load_prompt

NOTES = {
    "F1": "举办消防培训12期，参训居民486人次",
    "F2": "邻里纠纷调解27起，成功25起",
    "F3": "更换老旧楼道灯约60盏",
    "F4": "维修资金投入8.6万元",
    "F5": "与二街小学开展八进社区活动",
    "F6": "发放防诈骗宣传册1350份",
    "F7": "6月18日组织应急演练，覆盖3个网格",
}
PAST = (
    "（一）抓实矛盾化解。坚持邻里事邻里商、烦心事现场办，网格长每日上门走访听取意见，"
    "全年调解邻里纠纷33起，调解成功31起，成功率93.9%。\n"
    "（二）抓实消防安全。举办消防培训9期，培训居民402人次，联合白杨镇派出所检查沿街商铺156家，"
    "筑牢群众身边的安全防线。\n"
    "（三）抓实基础设施。更换楼道灯45盏，投入维修资金7.3万元，喜迎十八大胜利召开。"
)
HEADING = "三、建设平安社区，守护居民安宁"


def fact(name: str, text: str, topic: str = "平安建设") -> Fact:
    number = int(name[1:])
    return Fact(name, topic, text, Where("notes.md", line=number), read_quantities(text, name))


FACTS = tuple(fact(name, text) for name, text in NOTES.items())


def exemplar(text: str = PAST, heading: str = HEADING, label: str = "P1") -> Exemplar:
    section = Section("s1", 1, heading, (heading,), text, where=Where("past.md", line=9))
    report = Report("r1", "柳河社区2024年工作总结", unit="柳河社区", year=2024, sections=(section,))
    return Exemplar(label, section, report)


PLAN = SectionPlan(HEADING, 1, FACTS, (exemplar(),))
FALLBACK_TEXT = "由程序拼写的一节。"


def fallback(plan: SectionPlan) -> DraftSection:
    return DraftSection(plan.heading, plan.level, ((Words(FALLBACK_TEXT),),))


def commission(facts=FACTS, **changes) -> Commission:
    own = "\n".join(("柳河社区", *(one.topic + one.text for one in facts)))
    return Commission(**{"around": Surroundings(own, 2025), "unit": "柳河社区", "period": "全年", **changes})


class ScriptedModel:
    """A model that gives the answers of a script, the last one for ever; it keeps what it was asked."""

    name = "scripted"

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []
        self.masked = []

    def ask(self, messages, on_text=None, masked=()):
        self.asked.append(list(messages))
        self.masked.append(tuple(masked))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if on_text and isinstance(answer, str):
            on_text(answer)
        return Reply(answer, self.name) if isinstance(answer, str) else answer


def write(*answers, plan=PLAN, finished=None, **changes):
    """Return the section, its findings and the model that was asked."""
    model = ScriptedModel(*answers)
    author = Author(model, load_prompt("section"), finished)
    section, findings = write_section(plan, author, commission(plan.facts, **changes), fallback)
    return section, findings, model
