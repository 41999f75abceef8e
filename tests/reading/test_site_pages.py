"""Pages as sites that collect reports print them: every report, heading and unit; nothing of the page around."""

from itertools import pairwise

import pytest
from site_pages import PAGES
from test_past_partition import strays

from drafter.reading import read_reports

TEXTS = [one for one in PAGES if not one.name.endswith(".html")]
NAMES = [one.name for one in TEXTS]


@pytest.fixture(params=PAGES, ids=[page.name for page in PAGES])
def page(request):
    return request.param


@pytest.fixture
def file(page, tmp_path):
    path = tmp_path / page.name
    path.write_text(page.text, encoding="utf-8")
    return read_reports(path, tmp_path)


def test_reports_with_unit_year_and_headings(page, file):
    found = [
        (one.title, one.unit, one.year, [(s.level, s.heading) for s in one.sections]) for one in file.reports
    ]

    assert found == page.reports


def test_what_belongs_to_a_report_is_kept_and_what_belongs_to_the_page_is_not(page, file):
    text = "\n".join(f"{one.heading}\n{one.text}" for report in file.reports for one in report.sections)

    assert [words for words in page.kept if words not in text] == []
    assert [words for words in page.gone if words in text] == []


@pytest.mark.parametrize("one", TEXTS, ids=NAMES)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_character_of_a_text_is_in_one_place(one, end):
    assert strays(one.text.replace("\n", end), one.name) == []


def test_the_places_of_every_page_follow_one_another(page, file):
    spans = sorted(
        [
            *(span for report in file.reports for one in report.sections for span in one.spans),
            *(one.span for one in file.dropped),
        ]
    )
    gaps = [after[0] - before[1] for before, after in pairwise(spans)]

    assert min(gaps) >= 0, "no character is in two places"
    if page.name.endswith(".html"):
        assert set(gaps) == {1}, "the lines of a web page lie side by side"


def test_a_report_that_the_site_cut_off_is_truncated(tmp_path):
    page = next(one for one in PAGES if one.name == "截断.txt")
    (tmp_path / page.name).write_text(page.text, encoding="utf-8")

    assert [one.truncated for one in read_reports(tmp_path / page.name).reports] == [True, True]


@pytest.mark.parametrize("one", TEXTS, ids=NAMES)
@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_other_encodings_and_line_ends_give_the_same(one, tmp_path, encoding):
    first, again = tmp_path / one.name, tmp_path / "again" / one.name
    again.parent.mkdir()
    first.write_bytes(one.text.encode())
    again.write_bytes(one.text.replace("\n", "\r\n").encode(encoding))
    ids = [[report.id for report in read_reports(path, path.parent).reports] for path in (first, again)]

    assert ids[0] == ids[1]
