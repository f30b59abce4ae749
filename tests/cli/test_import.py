"""`papers-tui import`, as a person meets it."""

import gzip
import lzma
import os


def only(document):
    (file,) = document["files"]
    return file


def test_a_listing_is_read_whole(program, listing):
    document = program.json("import", listing)
    assert document["total"] == 3
    assert only(document) == {
        "path": str(listing),
        "format": "listing",
        "read": 3,
        "added": 3,
        "updated": 0,
        "unchanged": 0,
        "rejected": [],
        "remarks": [],
    }
    papers = {hit["title"]: hit for hit in program.json("search")["hits"]}
    garden = papers["Small Models, Large Gardens"]
    assert (garden["author_count"], garden["published"], garden["published_precision"]) == (
        13,
        "2024-04-11",
        "day",
    )
    four_bits = papers["Pretraining in Four Bits Without Tears"]
    assert (four_bits["organization"], four_bits["organization_handle"]) == ("NVIDIA", "nvidia")
    assert (four_bits["published"], four_bits["comments"]) == ("2025-11-10", 2)
    tidal = papers["Tidal Attention: Looking Back Only When the Water Is Low"]
    assert "saves sim7% of" in tidal["abstract"]
    assert (tidal["published"], tidal["author_count"], tidal["comments"]) == (None, None, None)
    assert tidal["featured"] == ["2025-12-10"]


def test_importing_again_changes_nothing_and_says_so(stocked, listing):
    file = only(stocked.json("import", listing))
    assert (file["read"], file["added"], file["updated"], file["unchanged"]) == (3, 0, 0, 3)
    assert b"all unchanged" in stocked.run("import", listing).stdout


def test_a_rehearsal_changes_nothing(program, listing):
    assert only(program.json("import", "--dry-run", listing))["added"] == 3
    assert program.json("search", code=1)["total"] == 0


def test_stdin_and_compressed_files_are_read(program, listing):
    text = listing.read_bytes()
    assert only(program.json("import", "-", stdin=text))["added"] == 3
    squeezed = listing.with_suffix(".gz")
    squeezed.write_bytes(gzip.compress(text))
    assert only(program.json("import", squeezed))["read"] == 3
    squeezed.write_bytes(lzma.compress(text))
    assert only(program.json("import", squeezed))["read"] == 3


def test_the_page_date_can_be_said(program, listing):
    program.json("import", "--page-date", "2030-12-10", listing)
    assert program.json("search", "four bits")["hits"][0]["published"] == "2030-11-10"


def test_what_cannot_be_used_is_named_and_the_rest_imported(program, listing, tmp_path):
    picture = tmp_path / "a.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    empty = tmp_path / "empty.txt"
    empty.touch()
    missing = tmp_path / "missing.txt"
    document = program.json("import", picture, empty, missing, listing, code=3)
    by_path = {file["path"]: file for file in document["files"]}
    for path in (picture, empty, missing):
        file = by_path[str(path)]
        assert file["format"] is None
        assert [one["where"] for one in file["rejected"]] == ["file"]
        assert file["rejected"][0]["why"]
    assert by_path[str(listing)]["added"] == 3
    assert document["total"] == 3


def test_a_directory_without_papers_is_no_input(program, tmp_path):
    (tmp_path / "nothing").mkdir()
    assert program.run("import", tmp_path / "nothing").returncode == 3


def test_marks_travel_with_json_lines(stocked, tmp_path):
    (paper,) = stocked.json("search", "tidal")["hits"]
    stocked.run("tag", paper["id"], "+water")
    stocked.run("note", paper["id"], "--set", "low tide\nonly")
    stocked.run("bookmark", paper["id"])
    stocked.run("mark", paper["id"], "--reading", "--rating", "4")
    saved = tmp_path / "all.jsonl"
    assert stocked.run("export", "--format", "jsonl", "-o", saved).returncode == 0
    before = {hit["id"]: hit for hit in stocked.json("search")["hits"]}
    stocked.library = tmp_path / "other"
    assert only(stocked.json("import", saved))["added"] == 3
    after = {hit["id"]: hit for hit in stocked.json("search")["hits"]}
    for one in (*before.values(), *after.values()):
        one.pop("score")
    assert after == before
    assert only(stocked.json("import", saved))["unchanged"] == 3


def test_the_shelf_comes_when_asked_and_leaves_what_was_marked(program):
    shelf = program.json("import", "--starter")
    assert shelf["total"] >= 60
    program.run("bookmark", "1706.03762")
    removed = program.json("import", "--remove-starter")
    assert removed["total"] == 1
    assert program.json("show", "1706.03762")["bookmarked"] is True


def test_a_verb_never_brings_the_shelf_by_itself(program):
    assert program.json("search", code=1) | {"elapsed_ms": 0, "open_ms": 0} == {
        "query": "",
        "total": 0,
        "elapsed_ms": 0,
        "open_ms": 0,
        "sort": "date",
        "corrections": [],
        "hints": [],
        "hits": [],
    }


def test_a_rehearsal_does_not_touch_the_starter_shelf(program):
    assert program.run("import", "--starter", "--dry-run").returncode == 2
    assert program.json("search", code=1)["total"] == 0


def test_the_home_of_nobody_is_a_name_like_others(program):
    done = program.run("import", "~nobody-of-this-name/papers.txt")
    assert done.returncode == 3
    assert b"there is no such file" in done.stderr


def test_a_file_whose_name_begins_with_a_dash_is_refused_with_the_way_to_write_it(
    inside, listing, monkeypatch
):
    monkeypatch.chdir(listing.parent)
    listing.rename("-dash.txt")
    for line in (["-dash.txt"], ["page.txt", "-dash.txt"]):
        refused = inside.run("import", *line)
        assert refused.returncode == 2
        assert b"./-dash.txt, or follows --" in refused.stderr
    assert only(inside.json("import", "--", "-dash.txt"))["read"] == 3
    assert only(inside.json("import", "./-dash.txt"))["read"] == 3


def test_a_value_that_begins_with_a_dash_is_refused_with_the_way_to_write_it(inside, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    refused = inside.run("export", "-o", "-papers.bib")
    assert refused.returncode == 2
    assert b"--output=-papers.bib" in refused.stderr
    assert inside.run("export", "--output=-papers.bib").returncode == 0
    assert (tmp_path / "-papers.bib").is_file()


def test_what_is_no_file_in_a_directory_is_named(inside, listing, tmp_path):
    folder = tmp_path / "papers"
    folder.mkdir()
    listing.rename(folder / "page.txt")
    os.mkfifo(folder / "pipe.bib")
    (folder / "gone.bib").symlink_to("nowhere")
    (folder / "round").symlink_to(folder)
    (folder / ".hidden").symlink_to("nowhere")
    done = inside.run("import", folder)
    assert done.returncode == 0
    (line,) = [line for line in done.stderr.decode().splitlines() if "passed over" in line]
    assert line.startswith("3 passed over")
    assert all(str(folder / name) in line for name in ("pipe.bib", "gone.bib", "round"))
    assert len(inside.json("import", folder)["passed_over"]) == 3
    assert "passed_over" not in inside.json("import", folder / "page.txt")
