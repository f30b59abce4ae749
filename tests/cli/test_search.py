"""`papers-tui search` and `show`."""

import json
import os
import shutil
import subprocess

import pytest

PAPER_KEYS = {
    *("id", "title", "abstract", "authors", "author_count", "organization", "organization_handle"),
    *("published", "published_precision", "featured", "comments", "upvotes", "categories", "venue"),
    *("volume", "issue", "pages", "publisher", "kind", "arxiv_id", "doi", "urls", "stars", "code"),
    *("sources", "added", "bookmarked", "tags", "note", "status", "rating"),
}


@pytest.fixture
def stocked(inside):
    """Run the verbs within this process: none of them asks for a terminal."""
    return inside


def titles(document):
    return [hit["title"] for hit in document["hits"]]


def test_a_hit_is_a_whole_paper_with_its_score(stocked):
    document = stocked.json("search", "garden")
    assert document["query"] == "garden"
    assert document["total"] == 1
    assert document["elapsed_ms"] >= 0
    (hit,) = document["hits"]
    assert set(hit) >= PAPER_KEYS | {"score"}
    shown = stocked.json("show", hit["id"])
    hit.pop("score")
    assert shown == hit


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("pretr", "Pretraining in Four Bits"),
        ("pre-training", "Pretraining in Four Bits"),
        ("org:nvidia", "Pretraining in Four Bits"),
        ("comments:>1", "Pretraining in Four Bits"),
        ('"small models behave"', "Small Models"),
        ("year:2024", "Small Models"),
        ("authors:13", "Small Models"),
        ("model gardens", "Small Models"),
        ("water -garden", "Tidal Attention"),
    ],
)
def test_queries_find_what_they_should(stocked, query, found):
    (title,) = titles(stocked.json("search", query))
    assert title.startswith(found)


def test_a_query_that_begins_with_a_dash_follows_two(stocked):
    assert len(titles(stocked.json("search", "--limit", "9", "--", "-garden"))) == 2
    refused = stocked.run("search", "-garden")
    assert refused.returncode == 2
    assert b"--" in refused.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("--limit", "3", "water", "-garden"),
        ("water", "--limit", "3", "-hadron", "-garden", "--sort", "title"),
        ("water", "-(garden OR hadron)", "-tag:x"),
    ],
)
def test_words_behind_the_first_one_may_begin_with_a_dash(stocked, words):
    assert [title[:5] for title in titles(stocked.json("search", *words))] == ["Tidal"]


def test_an_export_takes_words_with_a_dash_and_its_options(stocked, tmp_path):
    file = tmp_path / "papers.csv"
    stocked.run("export", "water", "-garden", "--format", "csv", f"-o{file}")
    assert "Tidal" in file.read_text()
    assert "Small" not in file.read_text()


def test_nothing_found_is_a_document_and_exit_1(stocked):
    document = stocked.json("search", "zyxwv", code=1)
    assert (document["total"], document["hits"]) == (0, [])
    assert document["hints"]


def test_one_query_a_line(stocked):
    done = stocked.run("search", "--stdin", "--json", stdin=b"tidal\nzyxwv\ngarden\n")
    documents = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["total"] for one in documents] == [1, 0, 1]
    assert done.returncode == 0


def test_each_query_of_stdin_heads_what_it_found(stocked):
    done = stocked.run("search", "--stdin", "--limit", "1", stdin=b"tidal\n\n  \nzyxwv\nwater OR garden\n")
    lines = done.stdout.decode().splitlines()
    assert lines[0] == "tidal: 1 paper"
    assert lines[1].startswith("Tidal Attention")
    assert lines[3:6] == ["", "zyxwv: 0 papers", ""]
    assert lines[6].startswith("water OR garden: ")
    assert lines[6].endswith(" papers, the first 1 shown")
    assert done.returncode == 0
    assert stocked.run("search", "--stdin", stdin=b"zyxwv\n\nqqqq\n").returncode == 1


def test_marks_are_searched_at_once(stocked):
    (hit,) = stocked.json("search", "tidal")["hits"]
    stocked.run("tag", hit["id"], "+Low-Water")
    stocked.run("note", hit["id"], "--set", "resembles zyxwv")
    for query in ("tag:low-water", "zyxwv", "note:resembles", "has:note"):
        assert titles(stocked.json("search", query)) == [hit["title"]]


def test_orders(stocked):
    by_title = titles(stocked.json("search", "--sort", "title"))
    assert by_title == sorted(by_title)
    assert titles(stocked.json("search", "--sort", "title", "--reverse")) == by_title[::-1]
    assert titles(stocked.json("search", "sort:date"))[0].startswith("Pretraining")
    assert stocked.run("search", "--sort", "colour").returncode == 2


def test_explaining_a_query(stocked):
    said = stocked.run("search", "--explain", "title:tidal year:2020.. autor:x").stdout.decode()
    assert "tidal" in said
    assert "2020" in said


def test_an_unknown_id_names_the_nearest(stocked):
    (hit,) = stocked.json("search", "tidal")["hits"]
    done = stocked.run("show", hit["id"][:-1])
    assert done.returncode == 1
    assert hit["id"].encode() in done.stderr


def test_any_spelling_of_an_id_will_do(program):
    program.run("import", "--starter")
    for spelling in (
        "1706.03762",
        "arXiv:1706.03762v5",
        "https://arxiv.org/pdf/1706.03762v2",
        "arxiv:1706.03762",
    ):
        assert program.json("show", spelling)["id"] == "arxiv:1706.03762"
    assert (
        program.json("show", "https://doi.org/10.1145/362384.362685")["venue"] == "Communications of the ACM"
    )


def test_an_export_says_what_it_searched_instead_of_a_misspelt_word(stocked):
    done = stocked.run("export", "gardenrs", "--format", "csv")
    assert done.returncode == 0
    assert "gardeners" in done.stderr.decode()


@pytest.mark.parametrize(
    "query", ['tag:"To Read"', 'tag:"to re', "tag:to-read", 'tag:"+to  read" ', "tag:#To-Read"]
)
def test_a_tag_of_two_words_is_found_as_it_was_written(stocked, query):
    (hit,) = stocked.json("search", "tidal")["hits"]
    stocked.run("tag", hit["id"], "+To Read")
    assert titles(stocked.json("search", query)) == [hit["title"]]


def test_a_library_that_cannot_be_written_is_searched_all_the_same(stocked):
    shutil.rmtree(stocked.library / "cache")
    powerless = ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner", "--inh-caps=-all"]
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        pytest.skip("root may write everywhere, and setpriv is not here to take that away")
    stocked.library.chmod(0o555)
    try:
        done = subprocess.run(
            [*(powerless if os.geteuid() == 0 else []), *stocked.argv("search", "tidal", "--json")],
            env=stocked.env,
            capture_output=True,
            timeout=120,
            check=False,
        )
    finally:
        stocked.library.chmod(0o755)
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["total"] == 1
    assert b"read-only" in done.stderr
    assert not (stocked.library / "cache").exists()


def test_a_corrected_word_is_told_once_with_the_ways_to_refuse_that(inside):
    done = inside.run("search", "gardenrs models")
    told = done.stderr.decode().splitlines()
    assert [line for line in told if "gardenrs" in line] == [
        '"gardenrs" was read as "gardens" or "gardeners", too',
        "  --as-typed corrects no word; quotes in the query keep one: '\"gardenrs\"'",
    ]
    assert b"Small Models" in done.stdout
    for refused in (["--as-typed", "gardenrs models"], ['"gardenrs" models']):
        assert inside.json("search", *refused, code=1)["corrections"] == []
    assert inside.run("export", "--format", "csv", "--as-typed", "gardenrs models").returncode == 1


def test_an_explanation_tells_of_corrections_and_of_other_forms(inside):
    said = inside.json("search", "--explain", "gardenrs model ")["explained"]
    assert 'the word "gardenrs", corrected to "gardens" or "gardeners"' in said
    assert 'the word "model", also as "models"' in said


def test_a_library_whose_papers_are_all_in_the_trash_says_so(inside):
    inside.run("remove", *[hit["id"] for hit in inside.json("search")["hits"]])
    done = inside.run("search", "tidal")
    assert done.returncode == 1
    assert b"3 papers are in the trash" in done.stderr
