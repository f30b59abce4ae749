"""What a shell sees: pipes, full disks, odd locales, help, citations, exports."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


def test_help_and_version(program):
    assert b"papers-tui" in program.run("--version").stdout
    said = program.run("--help").stdout.decode()
    for verb in ("import", "search", "show", "cite", "tag", "bookmark", "note", "mark", "export", "reindex"):
        assert verb in said
        assert b"examples:" in program.run(verb, "--help").stdout


@pytest.mark.parametrize(
    "argv", [["bogus"], ["search", "--bogus"], ["show"], ["cite", "--style", "nope", "1706.03762"]]
)
def test_wrong_usage_is_2(stocked, argv):
    if "--style" in argv:
        argv = [*argv[:-1], stocked.json("search", "tidal")["hits"][0]["id"]]
    done = stocked.run(*argv)
    assert done.returncode == 2
    assert done.stderr
    assert b"Traceback" not in done.stderr


def test_the_browser_needs_a_terminal(program):
    done = program.run()
    assert done.returncode == 2
    assert b"terminal" in done.stderr


def in_shell(program, tail):
    """Run one line of bash that ends in `tail`, which says what becomes of the output."""
    command = f"'{sys.executable}' -m papers_tui.tui --data-dir '{program.library}' {tail}"
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        env=program.env,
        capture_output=True,
        timeout=120,
        check=False,
    )


def test_a_closed_pipe_is_no_error(stocked):
    done = in_shell(stocked, "export --format jsonl | head -c 10")
    assert (done.stdout[:1], done.stderr, done.returncode) == (b"{", b"", 0)
    stocked.run("import", "--starter")
    done = in_shell(stocked, "search --limit 84 | true")
    assert (b"Traceback" in done.stderr, done.returncode) == (False, 0)


@pytest.mark.parametrize(
    ("tail", "code"),
    [
        ("search tidal >&-", 0),
        ("search --json zyxwv >&-", 1),
        ("search zyxwv 2>&-", 1),
        ("bogus 2>&-", 2),
        ("import - <&-", 3),
        ("search --stdin <&-", 1),
        ("paths >&- 2>&- <&-", 0),
    ],
)
def test_closed_streams_are_no_error(stocked, tail, code):
    done = in_shell(stocked, tail)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("argv", [["search", "--json"], ["--help"], ["note", "--help"], ["--version"]])
def test_a_full_output_is_said(stocked, argv):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "papers_tui.tui", "--data-dir", stocked.library, *argv],
            stdout=full,
            stderr=subprocess.PIPE,
            env=stocked.env,
            timeout=120,
            check=False,
        )
    assert done.returncode == 4
    assert b"Traceback" not in done.stderr
    assert b"could not be written" in done.stderr


def test_a_plain_locale_prints_everything(stocked):
    (hit,) = stocked.json("search", "tidal")["hits"]
    stocked.run("note", hit["id"], "--set", "∂ and 漢")
    for env in ({"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}):
        done = stocked.run("show", hit["id"], env=env)
        assert done.returncode == 0
        assert b"Tidal" in done.stdout


def test_no_colour_reaches_a_pipe(stocked):
    assert b"\x1b" not in stocked.run("search", env={"TERM": "xterm-256color"}).stdout


def test_citations(program):
    program.run("import", "--starter")
    bibtex = program.run("cite", "1706.03762").stdout.decode()
    assert "Vaswani" in bibtex
    assert "1706.03762" in bibtex
    apa = program.run("cite", "--style", "apa", "1706.03762").stdout.decode()
    assert apa.startswith("Vaswani, A., Shazeer, N., Parmar, N.")
    both = program.json("cite", "1706.03762", "1810.04805")
    assert [one["id"] for one in both["citations"]] == ["arxiv:1706.03762", "arxiv:1810.04805"]
    assert len({one["key"] for one in both["citations"]}) == 2


def test_exports_of_a_query_and_of_everything(stocked, tmp_path):
    lines = stocked.run("export", "--format", "jsonl").stdout.splitlines()
    assert len([json.loads(line) for line in lines]) == 3
    target = tmp_path / "some.bib"
    assert stocked.run("export", "org:nvidia", "-o", target).returncode == 0
    assert target.read_text().count("@misc{") == 1
    assert stocked.run("export", "zyxwv").returncode == 1
    assert stocked.run("export", "--format", "nope").returncode == 2


def test_an_export_that_fails_leaves_what_was_there(stocked, tmp_path):
    done = stocked.run("export", "-o", tmp_path / "no-such-folder" / "x.jsonl")
    assert done.returncode == 4
    assert b"x.jsonl" in done.stderr
    assert b"the file could not be written" in done.stderr
    assert b"library" not in done.stderr.split(b"/")[0]


def test_places_and_keys(program):
    places = program.json("paths")
    assert places["marks"] == str(program.library / "marks.db")
    rows = program.json("keys")
    assert {"search", "bookmark", "tag", "note", "cite", "undo", "help", "quit", "savenote", "palette"} <= {
        row["id"] for row in rows
    }
    assert all(set(row) == {"id", "keys", "title", "help", "where"} for row in rows)
    shown = [line.split()[:2] for line in program.run("keys").stdout.decode().splitlines()]
    assert {row["id"] for row in rows} <= {line[0] for line in shown if line}
    assert ["search", "/"] in shown


def test_the_index_can_be_lost_and_built_anew(stocked):
    shutil.rmtree(stocked.library / "cache")
    assert stocked.json("search", "tidal")["total"] == 1
    assert stocked.run("reindex").returncode == 0
    assert stocked.json("search", "tidal")["total"] == 1


def test_a_foreign_store_is_left_alone(stocked):
    store = stocked.library / "papers.db"
    store.write_bytes(b"not a database, but somebody's file")
    done = stocked.run("search", "x")
    assert done.returncode == 4
    assert b"papers.db" in done.stderr
    assert store.read_bytes() == b"not a database, but somebody's file"
