"""Front matter reads as a YAML library reads it, whether or not that library is asked."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from drafter.draftfile.front import read_front_matter
from drafter.errors import ReadError

WORDS = st.text(alphabet="甲乙 aZ09-_./:#'\"[]{}&*!|>%@`,~总结年", max_size=10)
VALUES = (
    st.none()
    | st.integers(-5, 10**10)
    | st.booleans()
    | WORDS
    | st.sampled_from(["null", "2025-01-02", "1e3", "yes"])
)
ROWS = st.dictionaries(st.sampled_from(["path", "sha256", "name"]), VALUES, min_size=1)
META = st.dictionaries(
    st.sampled_from(["title", "unit", "year", "notes", "prompt"]),
    VALUES | ROWS | st.lists(ROWS, min_size=1, max_size=3),
)


@given(META)
def test_whatever_a_yaml_library_writes_reads_the_same(meta):
    text = yaml.safe_dump(meta, allow_unicode=True, sort_keys=False, width=10_000)

    assert read_front_matter(text) == meta


@pytest.mark.parametrize("text", ["title: 甲: 乙\n", "notes: [1\n", "\ttitle: 甲\n"])
def test_what_is_no_yaml_is_refused_with_its_line(text):
    with pytest.raises(ReadError, match="front matter"):
        read_front_matter(text)
