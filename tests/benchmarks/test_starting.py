"""facts and check must answer before anybody looks away."""

import pytest

from tests.benchmarks.starting import COMMANDS, prepare, ratio


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("starting")
    prepare(place)
    return place


@pytest.mark.slow
@pytest.mark.parametrize("command", ["facts", "check"])
def test_everyday_commands_take_at_most_twice_as_long_as_the_smallest_program(folder, command):
    assert min(ratio(folder, COMMANDS[command], 5)[0] for _ in range(2)) <= 2.0
