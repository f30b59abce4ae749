"""Days of preprints and of their articles, from bibliographies in whatever order they come."""

from datetime import date
from pathlib import Path

import pytest

from papers_tui.index.importing import ImportOptions
from papers_tui.index.library import Library

SNAPSHOT = '{"id": "arxiv:1706.01234", "title": "Gardens", "published": "2017-06-12", "kind": "preprint"}\n'
ARTICLE = "@article{a, title={Gardens}, journal={Nature}, year={2019}, eprint={1706.01234}}\n"
PREPRINT = "@misc{a, title={Gardens}, year={2017}, month=jun, eprint={1706.01234}, archivePrefix={arXiv}}\n"


@pytest.mark.parametrize(
    ("texts", "published", "appeared"),
    [
        ([ARTICLE], "2017-06", "2019"),
        ([SNAPSHOT, ARTICLE], "2017-06-12", "2019"),
        ([ARTICLE, SNAPSHOT], "2017-06-12", "2019"),
        ([PREPRINT], "2017-06", None),
        ([PREPRINT, ARTICLE], "2017-06", "2019"),
        ([ARTICLE, PREPRINT, SNAPSHOT], "2017-06-12", "2019"),
    ],
)
def test_the_year_of_an_article_is_not_that_of_its_preprint(tmp_path: Path, texts, published, appeared):
    library = Library.open(tmp_path / "data", tmp_path / "cache", today=lambda: date(2026, 1, 1))
    for number, text in enumerate(texts):
        path = tmp_path / f"{number}.txt"
        path.write_text(text, encoding="utf-8")
        (report,) = library.import_paths([path], ImportOptions(), lambda _: None).files
        assert (report.read, report.rejected) == (1, [])
    paper = library.entry("arxiv:1706.01234").paper
    assert (paper.published, paper.appeared) == (published, appeared)
    library.close()


@pytest.mark.parametrize(
    ("year", "told"),
    [
        ("2016", ()),
        ("2015", ("line 1: the date 2015-06 is kept, years before arXiv:1706.01234 was given its number",)),
        ("2018", ()),
    ],
)
def test_a_preprint_keeps_its_date_and_one_of_years_before_its_number_is_said(tmp_path: Path, year, told):
    path = tmp_path / "a.bib"
    path.write_text(PREPRINT.replace("2017", year), encoding="utf-8")
    with Library.open(tmp_path / "data", tmp_path / "cache") as library:
        (report,) = library.import_paths([path], ImportOptions(), lambda _: None).files
        assert tuple(report.remarks) == told
        assert library.entry("arxiv:1706.01234").paper.published == f"{year}-06"
