"""What an import cannot read is kept out, said with its line, and written down to be mended."""

import json

import pytest

DAMAGED = """@article{first, title = {The First One}, year = 2001}

@article{second,
  title = {The {Second One},
  year = 2002
}

@article{third, title = {The Third One}, year = 2003}
"""


@pytest.fixture
def program(inside_empty):
    """Run the verbs within this process: none of them asks for a terminal."""
    return inside_empty


def write(home, name, text):
    path = home / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def test_a_damaged_entry_is_kept_out_and_can_be_mended(program, tmp_path):
    path = write(tmp_path, "refs.bib", DAMAGED)
    done = program.run("import", path)
    assert done.returncode == 0
    assert b"2 papers read" in done.stdout
    assert b"refs.bib: line 3: its closing brace is missing" in done.stderr
    kept = program.library / "rejects" / "refs.bib"
    assert str(kept) in done.stderr.decode()
    assert kept.read_text(encoding="utf-8").endswith(
        "@article{second,\n  title = {The {Second One},\n  year = 2002\n}\n"
    )
    assert kept.stat().st_mode & 0o777 == 0o600
    kept.write_text(kept.read_text(encoding="utf-8").replace("{The {Second", "{The Second"), encoding="utf-8")
    mended = program.json("import", kept)
    assert (mended["files"][0]["read"], mended["files"][0]["rejected"], mended["total"]) == (1, [], 3)


def test_the_same_rejects_are_written_once_and_no_other_file_is_overwritten(program, tmp_path):
    path = write(tmp_path, "refs.bib", DAMAGED)
    first = program.json("import", path)["files"][0]["rejects"]
    assert program.json("import", path)["files"][0]["rejects"] == first
    write(tmp_path, "refs.bib", DAMAGED.replace("Second", "Other"))
    other = program.json("import", path)["files"][0]["rejects"]
    assert other == first.replace("refs.bib", "refs-2.bib")


def test_rejects_go_where_the_user_says(program, tmp_path):
    path = write(tmp_path, "rows.csv", 'Title,Year\nGood,2001\nBad,"20"02\nFine,2003\n')
    where = tmp_path / "bad.csv"
    document = program.json("import", "--dry-run", "--rejects", where, path)
    assert document["files"][0]["rejects"] == str(where)
    assert where.read_text(encoding="utf-8") == 'Title,Year\nBad,"20"02\n'
    assert not (program.library / "rejects").exists()


def test_an_import_without_rejects_writes_none(program, tmp_path):
    path = write(tmp_path, "one.json", json.dumps([{"type": "article", "title": "Fine", "id": "a"}]))
    document = program.json("import", path, "--rejects", tmp_path / "bad.json")
    assert document["files"][0] | {"path": ""} == {
        "path": "",
        "format": "csl-json",
        "read": 1,
        "added": 1,
        "updated": 0,
        "unchanged": 0,
        "rejected": [],
        "remarks": [],
    }
    assert not (tmp_path / "bad.json").exists()
