"""A small, fixed part of what `tests/fuzz/run.py` feeds to the program; `FUZZ_INPUTS` makes it longer."""

import os

import pytest
from fuzz_targets import CITED, check_of, inputs_of, small_library, target_names

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


FOUND = [
    ("ris", b"TY  - JOUR\nTI  - One\nDO  - 10.1000/a\x1b]0;owned\x07b\nER  - \n"),
    ("ris", b"TY  - JOUR\nTI  - One\nDO  - 10.1000/a\xc2\x9b31m\xe2\x80\xaeb\nER  - \n"),
    ("markdown", b"- One. [10.1000/a\xe2\x80\x8bb](https://doi.org/10.1000/a\xe2\x80\x8bb)\n"),
    ("ris", "TY  - JOUR\nTI  - One\nDO  - 10.1000/か\u3099\u0345\u0345\u0345\u0345\u0345\nER  - \n".encode()),
    ("bibtex", b"@article{a\xe2\x80\xaeb\x9b, title={One}, year=2024}\n"),
    ("bibtex", b"% Encoding: idna\n@article{a, title={Caf\xe9}, year=2024}\n"),
    ("listing", f"One\n\n{'We do. ' * 30}\n\n  \u2022 1{',000' * 40} authors\n\u00b7\nNov 10 2\n".encode()),
]
"""What this found, in short."""


@pytest.mark.parametrize(("name", "data"), FOUND)
def test_what_was_found_is_mended(name, data, library) -> None:
    check_of(name, library)(data, CITED)
