"""Citing from a shell: keys that stay, forms, and styles of the user's own."""

import json
import re
import shutil
from pathlib import Path

import pytest

STYLE = Path(__file__).parents[1] / "index" / "cite" / "styles" / "numbered.csl"


def entry(number, title):
    return {
        "id": f"arxiv:2404.{number:05}",
        "title": title,
        "authors": ["Xinrun Du"],
        "published": "2024-04-05",
        "arxiv_id": f"2404.{number:05}",
        "kind": "preprint",
    }


@pytest.fixture
def program(inside_empty):
    """Run the verbs within this process: none of them asks for a terminal."""
    return inside_empty


@pytest.fixture
def cited(program, tmp_path):
    """A program whose library has two papers that would have one key."""
    lines = [json.dumps(entry(1, "Chinese Models")), json.dumps(entry(2, "Chinese Gardens"))]
    file = tmp_path / "papers.jsonl"
    file.write_text("\n".join(lines) + "\n")
    assert program.run("import", str(file)).returncode == 0
    return program


def key(text):
    return text.partition("{")[2].partition(",")[0]


def test_a_key_is_unique_in_the_library_and_stays(cited):
    assert key(cited.run("cite", "2404.00002").stdout.decode()) == "du2024chinese"
    assert key(cited.run("cite", "2404.00001").stdout.decode()) == "du2024chinesea"
    assert key(cited.run("cite", "2404.00002").stdout.decode()) == "du2024chinese"
    exported = cited.run("export", "--format", "bibtex").stdout.decode()
    keys = {key(record): "Gardens" in record for record in exported.split("\n\n")}
    assert keys == {"du2024chinese": True, "du2024chinesea": False}
    both = cited.run("cite", "--style", "latex-cite", "2404.00001", "2404.00002").stdout.decode()
    assert both.strip() == "\\cite{du2024chinesea,du2024chinese}"


def config_folder(program):
    return Path(json.loads(program.run("paths", "--json").stdout)["config"]).parent


def test_keys_follow_the_template_of_the_configuration(cited):
    folder = config_folder(cited)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_text("citation-key = '{Surname}:{yy}'\n")
    assert key(cited.run("cite", "2404.00001").stdout.decode()) == "Du:24"
    (folder / "config.toml").write_text("citation-key = '{surnam}'\n")
    done = cited.run("cite", "2404.00002")
    assert b"citation-key: {surnam} is no field of a citation key; did you mean {surname}?" in done.stderr
    assert key(done.stdout.decode()) == "du2024chinese"


def test_references_come_as_html_and_markdown(cited):
    html = cited.run("cite", "--style", "apa", "--as", "html", "2404.00001").stdout.decode()
    assert html.startswith("Du, X. (2024). <i>Chinese Models</i> (arXiv:2404.00001). arXiv. <a href=")
    markdown = cited.run("cite", "--style", "ieee", "--as", "markdown", "2404.00001", "2404.00002")
    assert markdown.stdout.decode().startswith("\\[1\\] X. Du, “Chinese Models,”")
    done = cited.run("cite", "--style", "bibtex", "--as", "html", "2404.00001")
    assert (done.returncode, done.stdout) == (2, b"")


def test_styles_of_the_users_own(cited, tmp_path):
    pytest.importorskip("citeproc")
    done = cited.run("cite", "--style", str(STYLE), "2404.00001", "2404.00002")
    assert done.stdout.decode().startswith(
        "[1] X. Du, “Chinese Models,” arXiv:2404.00001, 2024, https://doi.org/"
    )
    folder = config_folder(cited) / "styles"
    folder.mkdir(parents=True)
    shutil.copy(STYLE, folder / "my-journal.csl")
    assert cited.run("cite", "--style", "my-journal", "2404.00001").stdout == (
        cited.run("cite", "--style", str(STYLE), "2404.00001").stdout
    )
    done = cited.run("cite", "--style", str(tmp_path / "none.csl"), "2404.00001")
    assert done.returncode == 2
    assert b"none.csl cannot be read" in done.stderr


BIB = """@misc{Vaswani:2017aa,
  title = {Attention Is All You Need}, author = {Vaswani, Ashish}, year = 2017, eprint = {1706.03762}
}
@misc{12345,
  title = {Numbers}, author = {Du, Xinrun}, year = 2024
}
"""


def test_imported_papers_keep_the_keys_of_their_file(program, tmp_path):
    file = tmp_path / "refs.bib"
    file.write_text(BIB)
    assert program.run("import", str(file)).returncode == 0
    exported = program.run("export", "--format", "bibtex").stdout.decode()
    assert {key(record) for record in exported.split("\n\n")} == {"Vaswani:2017aa", "12345"}
    file.write_text(BIB.replace("Vaswani:2017aa", "other"))
    assert program.run("import", str(file)).returncode == 0
    assert key(program.run("cite", "1706.03762").stdout.decode()) == "Vaswani:2017aa"


def test_a_query_is_exported_as_a_bibliography(cited, tmp_path):
    apa = cited.run("export", "chinese", "--format", "apa").stdout.decode()
    assert apa.startswith("Du, X. (2024a). Chinese Gardens (arXiv:2404.00002). arXiv.")
    assert "\n\nDu, X. (2024b). Chinese Models" in apa
    assert (
        cited.run("export", "gardens", "--format", "IEEE")
        .stdout.decode()
        .startswith("[1] X. Du, “Chinese Gar")
    )
    page = tmp_path / "references.html"
    assert cited.run("export", "--format", "mla", "-o", page).returncode == 0
    first, second = re.findall(r"<p>(.*?)</p>", page.read_text("utf-8"))
    assert first.startswith("Du, Xinrun. “Chinese Gardens.” arXiv:2404.00002, arXiv, 5 Apr. 2024")
    assert second.startswith("Du, Xinrun. “Chinese Models.” arXiv:2404.00001, arXiv, 5 Apr. 2024")


def test_a_query_is_exported_in_a_style_of_the_user(cited):
    pytest.importorskip("citeproc")
    done = cited.run("export", "gardens", "--format", str(STYLE))
    assert done.stdout.decode().startswith("[1] X. Du, “Chinese Gardens,” arXiv:2404.00002, 2024")


def test_a_format_that_is_none_is_told_with_those_that_are(cited):
    done = cited.run("export", "--format", "apaa")
    assert done.returncode == 2
    assert b"no export format is called apaa" in done.stderr
    assert b"csl-json, csv, markdown, html, apa, mla" in done.stderr
    assert cited.run("export", "--format", "latex-cite").returncode == 2
    assert cited.run("export", "--format", "missing.csl").returncode == 2


@pytest.mark.parametrize("name", ["jsonl", "csv"])
def test_an_export_carries_the_keys_that_papers_have_to_another_library(program, tmp_path, name):
    path, sent = tmp_path / "refs.bib", tmp_path / f"all.{name}"
    path.write_text(
        "@article{mykey42, title={Frobnication of Gardens}, author={Doe, Jane}, year=2020}\n"
        "@misc{x y, title={A Paper without a Key}, author={Roe, Ann}, year=2021}\n",
        encoding="utf-8",
    )
    program.json("import", path)
    assert program.run("export", "-o", sent).returncode == 0
    shutil.rmtree(program.library)
    program.json("import", sent)
    shown = program.run("export", "--format", "bibtex").stdout.decode()
    assert "{mykey42," in shown
    assert "{roe2021paper," in shown
    (file,) = program.json("import", sent)["files"]
    assert (file["unchanged"], file["remarks"]) == (2, [])


def test_an_export_as_json_lines_gives_no_paper_a_key(program, listing):
    program.json("import", listing)
    assert b"citation_key" not in program.run("export").stdout
