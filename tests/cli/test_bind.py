"""Files bound to queries: they follow every change, and nobody else's file is touched."""

import stat
import subprocess

import bibtexparser
import pytest

from papers_tui.index.library import Library

QUERY = "tag:thesis"


class Words:
    """What a verb said."""

    def __init__(self, done):
        self.code = done.returncode
        self.stdout, self.stderr = done.stdout.decode(), done.stderr.decode()
        assert "Traceback" not in self.stderr, self.stderr


@pytest.fixture
def stocked(inside):
    """Run the verbs within this process: none of them asks for a terminal."""
    return inside


@pytest.fixture
def run(stocked):
    """Run a verb, which is to end with this code; None: with any but 0."""

    def run(*words, code=0):
        said = Words(stocked.run(*words))
        assert (said.code == code) if code is not None else said.code, said.stderr
        return said

    return run


@pytest.fixture(scope="session")
def ids(stocked_library):
    """The ids of the papers, by the first words of their titles."""
    with Library.open(stocked_library, stocked_library / "cache") as library:
        hits = library.search("").hits
    return {hit.entry.paper.title.split()[0]: hit.entry.paper.id for hit in hits}


@pytest.fixture
def bib(stocked):
    folder = stocked.home / "project"
    folder.mkdir()
    return folder / "refs.bib"


def titles(file):
    library = bibtexparser.parse_string(file.read_text("utf-8"))
    assert not library.failed_blocks
    return sorted(entry["title"].strip("{}").split()[0] for entry in library.entries)


def keys(file):
    return sorted(entry.key for entry in bibtexparser.parse_string(file.read_text("utf-8")).entries)


def test_a_file_follows_tags_undo_and_redo(stocked, run, ids, bib):
    run("tag", ids["Small"], "+thesis")
    assert run("bind", QUERY, "-o", bib).stdout == f"1 paper in {bib}\n"
    assert titles(bib) == ["Small"]
    run("tag", ids["Tidal"], ids["Pretraining"], "+thesis")
    assert titles(bib) == ["Pretraining", "Small", "Tidal"]
    run("undo")
    assert titles(bib) == ["Small"]
    run("redo")
    run("tag", ids["Small"], "-thesis")
    assert titles(bib) == ["Pretraining", "Tidal"]
    run("remove", ids["Tidal"])
    assert titles(bib) == ["Pretraining"]


def test_a_file_follows_imports(stocked, run, bib):
    run("bind", "title:tides", "-o", bib)
    assert titles(bib) == []
    more = stocked.home / "more.bib"
    more.write_text("@misc{x, title = {Tides of Spring}, author = {Doe, Jane}, year = {2020}}")
    run("import", more)
    assert titles(bib) == ["Tides"]


def test_keys_stay_whatever_comes_and_goes(stocked, run, ids, bib):
    run("bind", "year:2020..", "-o", bib)
    before = keys(bib)
    more = stocked.home / "more.bib"
    more.write_text(
        "@misc{x, title = {Tidal Waves}, year = {2025}}\n@misc{y, title = {Small Cats}, year = 2024}"
    )
    run("import", more)
    assert set(before) < set(keys(bib))


def test_notes_ratings_and_tags_stay_at_home(stocked, run, ids, bib):
    run("tag", ids["Small"], "+thesis", "+secret")
    run("bind", QUERY, "-o", bib)
    before = bib.stat()
    run("note", ids["Small"], "--set", "my secret")
    run("mark", ids["Small"], "--rating", "5")
    assert "secret" not in bib.read_text("utf-8")
    assert (bib.stat().st_ino, bib.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize(
    ("name", "style", "begins"),
    [
        ("refs.bib", "biblatex", "% papers-tui keeps this file: tag:thesis\n"),
        ("refs.ris", None, "TY  - "),
        ("refs.json", None, "["),
    ],
)
def test_formats(stocked, run, ids, bib, *, name, style, begins):
    file = bib.with_name(name)
    run("tag", ids["Small"], "+thesis")
    run("bind", QUERY, "-o", file, *(["--format", style] if style else []))
    assert file.read_text("utf-8").startswith(begins)
    run("tag", ids["Tidal"], "+thesis")
    assert "Tidal" in file.read_text("utf-8")


@pytest.mark.parametrize("name", ["refs.bib", "refs.ris", "refs.json"])
def test_a_file_of_somebody_else_is_not_overwritten(stocked, run, ids, bib, name):
    file = bib.with_name(name)
    file.write_text("mine\n")
    done = run("bind", QUERY, "-o", file, code=None)
    assert "holds what papers-tui did not write" in done.stderr
    assert "--force" in done.stderr
    assert file.read_text() == "mine\n"
    assert stocked.json("bind", "--list", code=1) == {"bindings": []}

    run("bind", QUERY, "-o", file, "--force")
    assert file.read_text() != "mine\n"
    file.write_text("mine again\n")
    done = run("tag", ids["Small"], "+thesis")
    assert "holds what papers-tui did not write" in done.stderr
    assert file.read_text() == "mine again\n"


def test_a_version_of_ours_that_came_back_is_overwritten(stocked, run, ids, bib):
    run("tag", ids["Small"], "+thesis")
    run("bind", QUERY, "-o", bib)
    former = bib.read_bytes()
    run("tag", ids["Tidal"], "+thesis")
    bib.write_bytes(former)  # as from version control
    run("tag", ids["Pretraining"], "+thesis")
    assert titles(bib) == ["Pretraining", "Small", "Tidal"]


def test_a_link_stays_one_and_permissions_stay(stocked, run, ids, bib):
    target = stocked.home / "shared.bib"
    target.touch()
    target.chmod(0o640)
    bib.symlink_to(target)
    run("tag", ids["Small"], "+thesis")
    run("bind", QUERY, "-o", bib)
    assert bib.is_symlink()
    assert titles(target) == ["Small"]
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert list(bib.parent.iterdir()) == [bib]


def test_a_folder_that_is_gone_is_said_and_the_change_is_made(stocked, run, ids, bib):
    run("bind", QUERY, "-o", bib)
    bib.unlink()
    bib.parent.rmdir()
    done = run("tag", ids["Small"], "+thesis")
    assert f"{bib}: No such file or directory" in done.stderr
    assert stocked.json("tag")["tags"] == {"thesis": 1}
    assert str(bib) in run("bind", "--refresh", code=None).stderr
    bib.parent.mkdir()
    run("bind", "--refresh")
    assert titles(bib) == ["Small"]


def test_a_file_that_is_set_free_stays_as_it_is(stocked, run, ids, bib):
    run("bind", QUERY, "-o", bib)
    assert stocked.json("bind", "--list")["bindings"] == [
        {"file": str(bib), "query": QUERY, "format": "bibtex"}
    ]
    assert str(bib) in run("bind").stdout
    run("bind", "--remove", bib)
    run("tag", ids["Small"], "+thesis")
    assert titles(bib) == []
    assert run("bind", "--remove", bib, code=1).stderr.startswith(f"papers-tui: {bib} is not bound")


def test_no_word_of_the_query_is_corrected_or_completed(stocked, run, bib):
    run("bind", "gardns", "-o", bib)
    assert titles(bib) == []
    run("bind", "gard", "-o", bib)
    assert titles(bib) == []
    run("bind", "gardeners", "-o", bib)
    assert titles(bib) == ["Small"]


def test_a_query_that_would_begin_an_entry_does_not(stocked, run, bib):
    run("bind", "gardeners OR @misc{x,", "-o", bib)
    assert titles(bib) == ["Small"]
    assert keys(bib) != ["x"]


@pytest.mark.parametrize(
    "words",
    [
        ["x"],
        ["-o", "refs.bib"],
        ["x", "-o", "refs.txt"],
        ["x", "-o", "refs.bib", "--format", "docx"],
        ["--list", "--refresh"],
        ["x", "--list"],
    ],
)
def test_wrong_usage(stocked, run, words):
    assert run("bind", *words, code=2).stdout == ""


@pytest.mark.parametrize("name", ["refs.bib", "refs.json"])
def test_several_programs_at_once_leave_the_newest_state(stocked, run, ids, bib, name):
    file = bib.with_name(name)
    run("bind", QUERY, "-o", file)
    programs = [
        subprocess.Popen(stocked.argv("tag", one, "+thesis"), env=stocked.env, stderr=subprocess.PIPE)
        for one in ids.values()
    ]
    said = [program.communicate(timeout=120)[1].decode() for program in programs]
    assert [line for line in said if "bound" in line or "papers-tui" in line] == []
    text = file.read_text("utf-8")
    assert all(word in text for word in ids)
    assert list(bib.parent.iterdir()) == [file]
