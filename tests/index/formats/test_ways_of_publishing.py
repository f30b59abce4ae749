"""What fields of BibTeX say of the way of publishing."""

import pytest

from papers_tui.index.formats import Options, open_path
from papers_tui.index.paper import Entry


@pytest.mark.parametrize(
    ("fields", "venue", "how"),
    [
        (
            "journal={Journal of Boats, https://boats.example/7}",
            "Journal of Boats, https://boats.example/7",
            None,
        ),
        (r"journal={\url{https://boats.example/7}}", None, None),
        ("journal={ <https://boats.example/7>}", None, None),
        (r"howpublished={Available at \url{https://boats.example/7}}", None, None),
        ("version={2}, publisher={P}, howpublished={version 22}", None, "version 22"),
        ("version={2}, publisher={P}, howpublished={Version 2, P}", None, None),
    ],
)
def test_an_address_is_no_journal_and_a_number_no_part_of_another(tmp_path, fields, venue, how):
    path = tmp_path / "a.bib"
    kind = "software" if how or "version" in fields else "article"
    path.write_text(f"@{kind}{{a, title={{T}}, {fields}}}", encoding="utf-8")
    (found,) = (item for item in open_path(path, Options()).items if isinstance(item, Entry))
    assert (found.paper.venue, found.paper.details.get("how_published")) == (venue, how)
