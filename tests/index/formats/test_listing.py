"""Saved listings: the three known layouts, and what people and programs do to them."""

from __future__ import annotations

import textwrap
from datetime import date
from pathlib import Path

import pytest

from papers_tui.index.formats.items import Options, Rejected, Remark
from papers_tui.index.formats.listing import Listing, read_listing
from papers_tui.index.formats.listing_lines import is_organization
from papers_tui.index.paper import Entry, Paper

DATA = Path(__file__).with_name("data")
TODAY = date(2026, 3, 5)
ABSTRACT = (
    "We study how small models learn from long texts. Our results show that the order of the texts matters "
    "more than their number, on four public collections."
)


def read(text: str, **options: object) -> Listing:
    return read_listing(text, "page.txt", Options(today=TODAY, **options))


def papers(text: str, **options: object) -> list[Paper]:
    return [item.paper for item in read(text, **options).items if isinstance(item, Entry)]


def rejected(text: str) -> list[str]:
    return [item.where for item in read(text).items if isinstance(item, Rejected)]


def remarks(text: str, **options: object) -> list[str]:
    return [item.text for item in read(text, **options).items if isinstance(item, Remark)]


def page(*blocks: str, head: str = "Daily Papers\n\nDec 10") -> str:
    return "\n\n".join([head, *blocks]) + "\n"


DETAILS = (DATA / "details.txt").read_text(encoding="utf-8")
SOLID = (DATA / "solid.txt").read_text(encoding="utf-8")
SPACED = (DATA / "spaced.txt").read_text(encoding="utf-8")


def test_titles_abstracts_and_details_are_told_apart() -> None:
    found = papers(DETAILS)
    assert [
        (p.title, p.author_count, p.organization_handle, p.organization, p.published, p.comments)
        for p in found
    ] == [
        ("Lantern: Lighting Up the Middle Layers of Sequence Models", None, None, None, None, None),
        ("How Many Pages Does a Reader Need?", 13, None, None, "2024-04-11", None),
        ("Counting on Sheep: Sleep Staging with 1.5 Sensors.", 1, None, None, "2025-11-10", 2),
        ("River-2B Technical Report", None, "harbourlab", "Harbour Lab", "2025-12-10", 1200),
        ("Small Talk", 74, None, None, "2024-12-31", None),
    ]
    assert {p.featured for p in found} == {("2025-12-10",)}
    assert found[0].abstract.startswith("We look into the middle layers")
    assert found[0].abstract.endswith("for privacy.")
    assert found[4].abstract == "Brief chats help."
    assert all(p.sources == ("listing:page.txt",) for p in found)
    assert not rejected(DETAILS)
    assert not remarks(DETAILS)


def test_a_listing_without_blank_lines_or_details_is_titles_and_abstracts_in_turn() -> None:
    found = papers(SOLID)
    assert [p.title for p in found] == [
        "tinyBarn: A Farm of Very Small Models",
        "Do Maps Dream of Territories?",
        "Paper Boats",
    ]
    assert [p.abstract[:12] for p in found] == ["We keep a fa", "Maps made by", "A paper on p"]
    assert not any(p.featured or p.published or p.author_count for p in found)
    assert not remarks(SOLID)


def test_a_lone_title_is_reported_by_its_line_and_the_rest_is_read() -> None:
    assert [p.title for p in papers(SPACED)] == [p.title for p in papers(SOLID)]
    assert rejected(SPACED) == ["line 9"]


@pytest.mark.parametrize("text", [DETAILS, SOLID, SPACED], ids=["details", "solid", "spaced"])
@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: text.replace("\n", "  \t\n"),
        lambda text: text.rstrip("\n"),
        lambda text: "\n\n\n" + text + "\n\n\n",
        lambda text: text.replace("\n\n", "\n\n\n"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: (
            text + "\nPrevious\n1\n2\n3\n...\n100\nNext\n\nCompany\nTOS\nPrivacy\nAbout\n© Hugging Face\n"
        ),
        lambda text: "Hugging Face\nModels\nDatasets\nSpaces\nDocs\n\nLog In\n\nSign Up\n\n" + text,
    ],
    ids=["crlf", "cr", "trailing", "no-end", "blanks", "more-blanks", "no-break", "foot", "menu"],
)
def test_what_programs_do_to_a_text_changes_no_paper(text: str, change: object) -> None:
    assert papers(change(text)) == papers(text)


@pytest.mark.parametrize("width", [72, 80, 100])
@pytest.mark.parametrize("text", [DETAILS, SOLID], ids=["details", "solid"])
@pytest.mark.parametrize("keeps_blanks", [True, False])
def test_wrapped_texts_are_whole_again(text: str, width: int, keeps_blanks: bool) -> None:
    lines = [
        part
        for line in text.split("\n")
        for part in textwrap.wrap(line, width, break_on_hyphens=False) or [""]
    ]
    wrapped = "\n".join(lines if keeps_blanks else filter(None, lines))
    assert [(p.title, p.abstract) for p in papers(wrapped)] == [(p.title, p.abstract) for p in papers(text)]


def test_lost_blank_lines_change_no_paper() -> None:
    assert papers("\n".join(filter(None, DETAILS.split("\n")))) == papers(DETAILS)


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        ("  • 13 authors\n·\nApr 11, 2024", (13, None, "2024-04-11", None)),
        ("13 authors\n·\nApril 11, 2024 7", (13, None, "2024-04-11", 7)),
        ("· 1 author\n·\n11 Apr 2024", (1, None, "2024-04-11", None)),
        ("13 authors · Apr 11, 2024 · 5", (13, None, "2024-04-11", 5)),
        ("• 13 authors\n\n·\n\n2024-04-11 1.2k", (13, None, "2024-04-11", 1200)),
        ("•\n2 authors\n•\nNov 10 2", (2, None, "2023-11-10", 2)),
        ("nvidia NVIDIA\n·\nNov 10, 2024 12", (None, ("nvidia", "NVIDIA"), "2024-11-10", 12)),
        ("nvidia NVIDIA · Nov 10, 2024", (None, ("nvidia", "NVIDIA"), "2024-11-10", None)),
        (
            "ByteDance-Seed ByteDance Seed\n·\nNov 10",
            (None, ("ByteDance-Seed", "ByteDance Seed"), "2023-11-10", None),
        ),
        ("facebook AI at Meta\n·\nSep 9", (None, ("facebook", "AI at Meta"), "2023-09-09", None)),
        ("  • 3 authors\n·\nNov 10, 2024 2\n", (3, None, "2024-11-10", 2)),
    ],
)
def test_details_are_read_in_every_form(details: str, expected: tuple[object, ...]) -> None:
    found = papers(
        page("A Modest Title", ABSTRACT, details, "Another: One", ABSTRACT), page_date=date(2023, 12, 10)
    )
    organization = (found[0].organization_handle, found[0].organization) if found[0].organization else None
    assert (found[0].author_count, organization, found[0].published, found[0].comments) == expected
    assert [p.title for p in found] == ["A Modest Title", "Another: One"]
    assert found[0].abstract == ABSTRACT


@pytest.mark.parametrize(
    ("details", "name"),
    [
        ("  • Harbour-Lab Harbour Lab\n·\nNov 10 2", "Harbour Lab"),
        ("harbourlab Harbour Lab\n\n·\n\nNov 10 2", "Harbour Lab"),
        ("harbourlab Harbour Lab\n·\nNov 10 2", "Harbour Lab"),
    ],
)
def test_an_organisation_may_have_a_bullet_or_stand_between_blank_lines(details: str, name: str) -> None:
    first = page("Paper Boats", ABSTRACT, details, "Small Talk", ABSTRACT, "  • 2 authors\n·\nApr 1, 2024 3")
    found = papers(first)
    assert [(p.title, p.organization, p.comments) for p in found] == [
        ("Paper Boats", name, 2),
        ("Small Talk", None, 3),
    ]
    assert not rejected(first)


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("openai OpenAI", True),
        ("hf Hugging Face", True),
        ("mit Massachusetts Institute of Technology", True),
        ("deepseek-ai DeepSeek", True),
        ("the weights are open", False),
        ("data for privacy", False),
        ("zhuzhou Beijing Institute", False),
        ("Qwen", False),
    ],
)
def test_where_abstracts_may_end_an_organisation_has_its_handle(line: str, is_one: bool) -> None:
    assert is_organization(line, is_certain=False) is is_one


@pytest.mark.parametrize("line", ["Note: code follows", "code follows: soon", "is it open?", "so it is."])
def test_what_no_organisation_is_called_is_none_anywhere(line: str) -> None:
    assert not is_organization(line, is_certain=True)


@pytest.mark.parametrize("line", ["arXiv: 2404.04167", "2404.04167v2", "https://arxiv.org/abs/2404.04167"])
def test_the_arxiv_number_among_the_details_is_the_paper_s(line: str) -> None:
    details = f"{line}\n• 2 authors\n·\nApr 11, 2024"
    first, second = papers(page("Paper Boats", ABSTRACT, details, "Small Talk", ABSTRACT))
    assert (first.arxiv_id, first.abstract, first.author_count) == ("2404.04167", ABSTRACT, 2)
    assert second.arxiv_id is None


def test_a_number_that_may_be_upvotes_is_no_count_of_comments() -> None:
    found = papers(
        page("45", "A Modest Title", ABSTRACT, "• 3 authors\n·\nApr 11, 2024", "57", "Another", ABSTRACT)
    )
    assert [(p.title, p.comments, p.upvotes) for p in found] == [
        ("A Modest Title", None, None),
        ("Another", None, None),
    ]


@pytest.mark.parametrize(
    ("head", "dates", "expected"),
    [
        ("Dec 10", ["Nov 10", "Dec 17", "Jan 1, 2024"], ["2025-11-10", "2024-12-17", "2024-01-01"]),
        ("Dec 10, 2023", ["Nov 10", "Dec 17", "Jan 1, 2021"], ["2023-11-10", "2022-12-17", "2021-01-01"]),
        ("Wed, Dec 10", ["Dec 10", "Dec 11", "Jan 1, 2022"], ["2023-12-10", "2022-12-11", "2022-01-01"]),
        ("Jan 2", ["Dec 31", "Jan 1", "May 5, 2022"], ["2022-12-31", "2023-01-01", "2022-05-05"]),
        ("Mar 1", ["Feb 29", "Mar 1", "May 5, 2024"], ["2024-02-29", "2025-03-01", "2024-05-05"]),
        ("Feb 29", ["Feb 28", "Mar 1", "May 5, 2022"], ["2024-02-28", "2023-03-01", "2022-05-05"]),
        ("", ["Nov 10", "Dec 17", "Jan 1, 2024"], ["2025-11-10", "2025-12-17", "2024-01-01"]),
    ],
)
def test_the_year_that_is_left_out_is_the_page_s(head: str, dates: list[str], expected: list[str]) -> None:
    blocks = [f"Title {at}\n\n{ABSTRACT}\n\n• 2 authors\n·\n{day}" for at, day in enumerate(dates)]
    text = page(*blocks, head=f"Daily Papers\n\n{head}")
    assert [p.published for p in papers(text)] == expected
    assert not remarks(text)


def test_without_any_year_the_current_one_is_assumed_and_said() -> None:
    text = page(
        "Title",
        ABSTRACT,
        "• 2 authors\n·\nFeb 10",
        "Title Two",
        ABSTRACT,
        "• 2 authors\n·\nFeb 20",
        head="Daily Papers\n\nFeb 15",
    )
    assert [p.published for p in papers(text)] == ["2026-02-10", "2025-02-20"]
    assert papers(text)[0].featured == ("2026-02-15",)
    assert len(remarks(text)) == 1
    assert "2026" in remarks(text)[0]


def test_the_page_date_that_is_given_comes_before_all() -> None:
    found = papers(DETAILS, page_date=date(2023, 11, 5))
    assert {p.featured for p in found} == {("2023-11-05",)}
    assert [p.published for p in found] == [None, "2024-04-11", "2022-11-10", "2022-12-10", "2022-12-31"]


def test_no_page_day_gives_no_featured_day() -> None:
    assert (
        papers(page("Title", ABSTRACT, "• 2 authors\n·\nFeb 10, 2024", head="Daily Papers"))[0].featured == ()
    )


@pytest.mark.parametrize("head", ["Dec 9", "Daily Papers\n\nbyAK and the research community\n\nDec 9"])
@pytest.mark.parametrize("details", ["  • 2 authors\n·\nApr 1, 2024 3", "  • 2 authors\n·\nApr 1, 2024"])
def test_papers_below_another_day_are_of_that_day(head: str, details: str) -> None:
    text = page(
        "Paper Boats", ABSTRACT, details, head, "Small Talk", ABSTRACT, "Long Talk", ABSTRACT, details
    )
    assert [(p.title, p.published, p.featured) for p in papers(text)] == [
        ("Paper Boats", "2024-04-01", ("2025-12-10",)),
        ("Small Talk", None, ("2025-12-09",)),
        ("Long Talk", "2024-04-01", ("2025-12-09",)),
    ]
    assert not rejected(text)


def test_a_day_that_does_not_exist_is_said_and_the_paper_kept() -> None:
    text = page(
        "Title", ABSTRACT, "• 2 authors\n·\nFeb 30, 2024", "Other", ABSTRACT, "• 2 authors\n·\nMay 1, 2024"
    )
    assert [(p.title, p.published) for p in papers(text)] == [("Title", None), ("Other", "2024-05-01")]
    assert any("Feb 30, 2024" in remark for remark in remarks(text))


def test_a_paper_without_an_abstract_is_kept_for_its_details() -> None:
    text = page(
        "Title One", "• 2 authors\n·\nMay 1, 2024", "Title Two", ABSTRACT, "• 3 authors\n·\nMay 2, 2024"
    )
    assert [(p.title, p.abstract, p.author_count) for p in papers(text)] == [
        ("Title One", "", 2),
        ("Title Two", ABSTRACT, 3),
    ]
    assert not rejected(text)


def test_abstracts_may_have_several_paragraphs() -> None:
    more = "Code is available at https://example.org/code."
    text = page("Title One", ABSTRACT, ABSTRACT, more, "• 2 authors\n·\nMay 1, 2024", "Title Two", ABSTRACT)
    assert [(p.title, p.abstract) for p in papers(text)] == [
        ("Title One", f"{ABSTRACT}\n\n{ABSTRACT}\n\n{more}"),
        ("Title Two", ABSTRACT),
    ]


def test_details_without_a_title_are_reported() -> None:
    text = page("• 2 authors\n·\nMay 1, 2024", "Title", ABSTRACT, "• 3 authors\n·\nMay 2, 2024")
    assert rejected(text) == ["line 5"]
    assert [p.title for p in papers(text)] == ["Title"]


@pytest.mark.parametrize("title", ["Datasets", "Trending", "1984", "Attention.", "Search"])
def test_a_word_of_the_page_that_stands_as_a_title_is_one(title: str) -> None:
    text = page(
        "First Things First",
        ABSTRACT,
        "• 2 authors\n·\nMay 1, 2024",
        title,
        ABSTRACT,
        "• 3 authors\n·\nMay 2, 2024",
    )
    assert [p.title for p in papers(text)] == ["First Things First", title]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_what_can_be_done_with_a_paper_is_no_paper(gap: str) -> None:
    menu = [
        "View arXiv page",
        "View PDF",
        "Add to collection",
        "View arXiv",
        "Upvote",
        "Share",
        "Copy markdown",
    ]
    details = f"• 2 authors\n·\nMay 1, 2024\n{gap.join(menu)}"
    text = page("Paper Boats", ABSTRACT, details, "Small Talk", ABSTRACT, details)
    assert [(p.title, p.abstract) for p in papers(text)] == [
        ("Paper Boats", ABSTRACT),
        ("Small Talk", ABSTRACT),
    ]
    assert not rejected(text)


def test_strange_words_above_the_page_s_day_are_no_papers() -> None:
    text = page(
        "Title", ABSTRACT, "• 2 authors\n·\nMay 1, 2024", head="Daily Papers\n\nHappy Holidays\n\nDec 10"
    )
    assert [(p.title, p.featured) for p in papers(text)] == [("Title", ("2025-12-10",))]


@pytest.mark.parametrize("title", ["Subscriber Churn: A Study", "Subscribe or Not: A Study"])
def test_a_title_that_begins_like_the_invitation_is_whole(title: str) -> None:
    text = (
        f"Get trending papers in your email inbox!\nSubscribe\n{title}\n{ABSTRACT}\nOther Title\n{ABSTRACT}\n"
    )
    assert [p.title for p in papers(text)] == [title, "Other Title"]


def test_other_scripts_are_read_too() -> None:
    abstract = "本文研究小模型如何从长文本中学习。结果表明，文本的顺序比数量更重要。我们公开了全部代码。"
    found = papers(f"小模型综述\n\n{abstract}\n\n注意力机制研究\n\n{abstract}\n")
    assert [(p.title, p.abstract) for p in found] == [("小模型综述", abstract), ("注意力机制研究", abstract)]


def test_hostile_texts_are_clean() -> None:
    text = page(
        "Ti\x1b]0;gone\x07tle \u202eof [red]Doom", f"{ABSTRACT}\x1b[2J", "• 2 authors\n·\nMay 1, 2024"
    )
    assert [(p.title, p.abstract) for p in papers(text)] == [("Title of [red]Doom", ABSTRACT)]


@pytest.mark.parametrize(
    "text",
    [
        "Dear Ann,\n\nplease find the report attached. It is late but complete.\n\nBest,\n\nBob\n",
        "milk\neggs\nbread\nbutter\n",
        "# Project\n\nThis project does things. It works.\n\n## Install\n\nRun it. Then run it again.\n",
        "name,year,venue\nfirst,2001,here\nsecond,2002,there\n",
        "import re\n\n\ndef double(x):\n    return 2 * x\n\n\nprint(double(4))\n",
        "Notes of the meeting\n\nDec 10, 2024\n\nwe met, we talked, we left\n\nnobody took notes\n",
        "Search\n\nmilk\n\neggs\n",
        "10:00:00 started the thing\n10:00:01 stopped the thing. Done.\n",
    ],
    ids=["letter", "list", "markdown", "csv", "code", "notes", "words", "log"],
)
def test_other_texts_are_no_listings(text: str) -> None:
    assert not read(text).is_likely


@pytest.mark.parametrize(
    "noise", ["1 " * 60, "· " * 90, "…" * 200, "<>" * 60, "." * 120 + "x", "1,2" * 40, "a-" * 9999]
)
def test_no_line_takes_long_to_tell(noise: str) -> None:
    assert [p.title for p in papers(page("Title", ABSTRACT, "• 2 authors\n·\nMay 1, 2024", noise))][:1] == [
        "Title"
    ]


@pytest.mark.parametrize(
    "count", ["99999999999", "9" * 100, "999,999,999,999", "1" + ",000" * 40, "1234567890k"]
)
def test_a_count_that_cannot_be_is_left_out_and_told(count):
    abstract = "We do this and that. " * 8
    text = f"Daily Papers\n\nDec 10\n\nA Title\n\n{abstract}\n\n  • {count} authors\n·\nNov 10 2\n"
    items = read_listing(text, "page", Options(today=date(2026, 3, 5))).items
    (paper,) = [item.paper for item in items if isinstance(item, Entry)]
    assert (paper.author_count, paper.organization, paper.comments) == (None, None, 2)
    (remark,) = [item.text for item in items if isinstance(item, Remark) and "number" in item.text]
    assert remark.startswith("line 9: ")


@pytest.mark.parametrize(
    ("papers", "length", "is_likely"),
    [(1, 99, False), (1, 100, True), (2, 70, True), (3, 70, True)],
)
def test_one_paper_needs_an_abstract_of_some_length_and_two_do_not(papers, length, is_likely):
    sentence = ("We study how rivers bend and show that they do so " * 3)[: length - 1] + "."
    text = "\n\n".join(f"Rivers of the North {number}\n\n{sentence}" for number in range(papers))
    listing = read_listing(text, "page", Options(today=date(2026, 3, 5)))
    assert listing.papers == papers
    assert listing.is_likely == is_likely


@pytest.mark.parametrize("quote", ["", '"', "”)"])
def test_a_question_is_a_title_whatever_closes_it(quote):
    abstract = "We ask rivers. " * 12
    text = f"Daily Papers\n\nWhat Do Rivers Want?{quote}\n\n{abstract}\n\n  • 2 authors\n·\nNov 10\n"
    (paper,) = [item.paper for item in read_listing(text, "page", Options()).items if isinstance(item, Entry)]
    assert paper.title == f"What Do Rivers Want?{quote}"
