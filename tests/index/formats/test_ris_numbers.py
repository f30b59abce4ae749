"""The numbers of RIS records, which one tag has for several things."""

import pytest

from papers_tui.index.formats import Options, Remark, open_path


@pytest.mark.parametrize(
    ("tags", "details", "said"),
    [
        ("SN  - TR-5", {"number": "TR-5"}, []),
        ("M1  - 12\nSN  - TR-5", {"number": "TR-5"}, ["line 1: M1 is not kept beside SN"]),
        ("M1  - TR-5\nSN  - TR-5", {"number": "TR-5"}, []),
        ("M1  - TR-5\nSN  - 1234-567X", {"number": "TR-5", "issn": "1234-567X"}, []),
        ("M1  - TR-5\nSN  - 978-3-16-148410-0", {"number": "TR-5", "isbn": "978-3-16-148410-0"}, []),
    ],
)
def test_the_number_of_a_report_beside_a_standard_number(tmp_path, tags, details, said):
    path = tmp_path / "refs.ris"
    path.write_text(f"TY  - RPRT\nTI  - T\nAU  - Roe, J\n{tags}\nER  - \n", encoding="utf-8")
    entry, *rest = open_path(path, Options()).items
    assert dict(entry.paper.details) == {"type": "report", **details}
    assert [item.text for item in rest if isinstance(item, Remark)] == said
