"""What a backup holds that this program cannot have written does no harm once it is restored."""

import json
import sqlite3
from contextlib import closing

import pytest

from papers_tui.index.store.codec import encode_paper
from papers_tui.index.store.decided import read_decided
from papers_tui.index.store.marks import MarksStore
from papers_tui.index.store.restoring import restore


def decision(papers, **changes):
    texts = [encode_paper(paper) for paper in papers]
    pair = [paper.id for paper in papers]
    return json.dumps({"pair": pair, "papers": texts, "moved": [], "was": "", "now": "same", **changes})


@pytest.mark.parametrize("what", ["whole", "broken", "of another kind", "with a short pair", "nested"])
def test_what_a_step_decided_comes_back_if_it_can_be_read(marks, make, tmp_path, what):
    papers = [make("One of Two", arxiv_id="2404.00001"), make("Two of Two", arxiv_id="2404.00002")]
    marks.change(papers, marks.tag_edit(["a"], []), label="tag")
    backup = tmp_path / "backup.db"
    marks.back_up(backup)
    backup.with_name("backup.db.json").unlink()
    decided = {
        "whole": decision(papers),
        "broken": "{broken",
        "of another kind": "[1, 2]",
        "with a short pair": decision(papers, pair=["arxiv:2404.00001"]),
        "nested": "[" * 100_000,
    }[what]
    with closing(sqlite3.connect(backup, isolation_level=None)) as connection:
        connection.execute("UPDATE step SET decided = ?", (decided,))
    there = tmp_path / "there" / "marks.db"
    assert restore(there, backup).left_out == 0
    with closing(MarksStore(there)) as restored:
        with restored.database.reading() as connection:
            ((stored,),) = connection.execute("SELECT decided FROM step").fetchall()
        if what == "whole":
            assert read_decided(stored) == read_decided(decided)
        else:
            assert stored == ""
            assert set(restored.undo().ids) == {paper.id for paper in papers}
            assert restored.tags() == {}
