"""The library that the command line names: one that is there, one that is not, and no name at all."""

import pytest


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (["search", "tidal"], 1),
        (["show", "1706.03762"], 1),
        (["similar", "1706.03762"], 1),
        (["cite", "1706.03762"], 1),
        (["export"], 1),
        (["tag"], 1),
        (["note", "1706.03762"], 1),
        (["trash"], 1),
        (["duplicates"], 1),
    ],
)
def test_reading_a_library_that_is_not_there_makes_none(program, argv, code):
    done = program.run(*argv)
    assert done.returncode == code
    assert b"there is no library in" in done.stderr
    assert b"Traceback" not in done.stderr
    assert list(program.home.iterdir()) == []


def test_a_search_where_there_is_no_library_has_its_document_all_the_same(program):
    document = program.json("search", "tidal", code=1)
    assert (document["total"], document["hits"]) == (0, [])


def test_a_folder_of_others_gets_no_library_by_being_read(program):
    program.library.mkdir()
    (program.library / "letter.txt").touch()
    assert program.run("search", "tidal").returncode == 1
    assert [path.name for path in program.library.iterdir()] == ["letter.txt"]


def test_writing_makes_the_library(program, listing):
    assert program.run("import", listing).returncode == 0
    assert b"no library" not in program.run("search", "tidal").stderr


@pytest.mark.parametrize("option", ["--data-dir", "--cache-dir"])
@pytest.mark.parametrize("verb", ["search", "paths"])
def test_an_empty_name_is_no_library(program, option, verb):
    done = program.run(verb, option, "")
    assert done.returncode == 2
    assert b"is a variable unset?" in done.stderr
    assert list(program.home.iterdir()) == []


@pytest.mark.parametrize("option", ["--data-dir", "--cache-dir"])
def test_a_name_that_is_too_long_is_told_as_the_librarys(program, option):
    done = program.run("import", option, program.home / ("x" * 300), "--starter")
    assert done.returncode == 4
    assert b"the library could not be used" in done.stderr
    assert b"too long" in done.stderr
    assert option.encode() in done.stderr


def test_a_dash_is_stdout_for_exports_and_no_file_to_bind(inside, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert inside.run("export", "-o", "-").stdout == inside.run("export").stdout
    done = inside.run("bind", "tidal", "--format", "bibtex", "-o", "-")
    assert (done.returncode, b"stdout cannot be bound" in done.stderr) == (2, True)
    assert not (tmp_path / "-").exists()
