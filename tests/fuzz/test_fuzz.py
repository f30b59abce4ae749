"""A small, fixed part of what `tests/fuzz/run.py` feeds to the program; `FUZZ_INPUTS` makes it longer."""

import os

import pytest
from fuzz_targets import check_of, inputs_of, small_library, target_names

INPUTS = int(os.environ.get("FUZZ_INPUTS", "250"))


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with small_library(tmp_path_factory.mktemp("fuzz")) as library:
        yield library


@pytest.mark.parametrize("name", target_names())
def test_no_input_does_harm(name, library) -> None:
    inputs, check = inputs_of(name, 0), check_of(name, library)
    for number in range(INPUTS):
        check(inputs[number], number)


@pytest.mark.parametrize("name", target_names())
def test_an_input_can_be_fed_again(name) -> None:
    assert [inputs_of(name, 7)[n] for n in (3, 99)] == [inputs_of(name, 7)[n] for n in (3, 99)]
