"""Hostile texts in BibTeX, BibLaTeX, RIS and CSL-JSON, read back by parsers that are not ours.

HOSTILE_EXAMPLES sets how many texts each property is tried with.
"""

import json
import os
import re
import unicodedata

import bibtexparser
import jsonschema
import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string
from pylatexenc.latex2text import LatexNodes2Text

from papers_tui.index.authors import Author
from papers_tui.index.cite import citation_key, cite
from papers_tui.index.cite.tex_symbols import runs
from papers_tui.index.details import DETAILS, TYPES, details
from papers_tui.index.formats.csl_list import write_csl_json
from papers_tui.index.paper import Entry, Kind, Marks, Paper

EXAMPLES = int(os.environ.get("HOSTILE_EXAMPLES", "100"))
"""Hostile texts that each property is tried with."""

SHOWN_BY_TEX = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    r"\textless{}": "<",
    r"\textgreater{}": ">",
    r"\textbar{}": "|",
    r"\$": "$",
    r"\&": "&",
    r"\%": "%",
    r"\#": "#",
    r"\_": "_",
}
ACCENTED = (
    r"\{\\(?:[`'^~=.\"](?:\\?[A-Za-z]|\{[^ ]*?\}\})|[uHvcdbkr]\{[^ ]*?\}"
    r"|ss|aa|AA|ae|AE|oe|OE|[oOlLi]|dj|DJ|dh|DH|th|TH|ng|NG)\}"
)
PIECES = re.compile("|".join([r"\$[^$]+\$", ACCENTED, *map(re.escape, SHOWN_BY_TEX), "[{}]"]))

PAYLOADS = [
    *(
        "}",
        "{",
        "\\",
        "@article{x,",
        "title = {y}",
        "\n",
        "ER  - ",
        "TY  - JOUR",
        '"',
        " and ",
        ",",
        "%",
        "$x^2$",
    ),
    *("$\\input{/etc/passwd}$", "others", "LLM", "GPT-4", "\\def", "\\", "é", "漢字", "", "\x0b", "\u2028"),
]
hostile = st.one_of(
    st.text(st.characters(exclude_categories=["C"]), max_size=40),
    st.text(alphabet='{}\\"@%,=#$&~^_<>|ab\n\r AB1-', max_size=40),
    st.lists(
        st.sampled_from(PAYLOADS),
        max_size=8,
    ).map(" ".join),
).map(lambda text: " ".join("".join(runs(unicodedata.normalize("NFC", text))[::2]).split()))
"""Signs of mathematics, which become commands, are tried in test_signs.py."""


def shown(tex):
    """What TeX shows of a field: commands as characters, protecting braces gone, mathematics as it is."""

    def piece(match):
        if match[0][0] == "$" or len(match[0]) == 1:
            return match[0].strip("{}")
        return SHOWN_BY_TEX.get(match[0]) or LatexNodes2Text().latex_to_text(match[0])

    return unicodedata.normalize("NFC", PIECES.sub(piece, tex))


def read_by_bibtexparser(text):
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    assert len(library.blocks) == len(library.entries)
    return [(entry.key, {field.key: field.value for field in entry.fields}) for entry in library.entries]


def read_by_pybtex(text):
    return [(key, entry) for key, entry in parse_string(text, "bibtex").entries.items()]


@settings(max_examples=EXAMPLES, deadline=None)
@given(title=hostile, venue=hostile, names=st.tuples(hostile, hostile, hostile))
@pytest.mark.parametrize("style", ["bibtex", "bibtex-scholar", "biblatex"])
def test_hostile_fields_come_back_equal_and_alone(style, title, venue, names):
    family, given_name, group = names
    people = tuple(a for a in (Author(family, given_name), Author(group, is_group=True)) if a.family)
    paper = Paper(
        id="title:x-00000000",
        title=title,
        venue=venue or "V",
        authors=people,
        kind=Kind.ARTICLE,
        doi="10.1/}x{\\y",
    )
    text = cite(paper, style)
    ((key, fields),) = read_by_bibtexparser(text)
    assert re.fullmatch("[a-z0-9]+", key)
    journal = "journaltitle" if style == "biblatex" else "journal"
    assert shown(fields["title"]) == (title or "[untitled]")
    assert shown(fields[journal]) == (venue or "V")
    assert set(fields) <= {"title", "author", journal, "doi"}
    ((key_again, entry),) = read_by_pybtex(text)
    assert key_again == key
    assert shown(entry.fields["title"]) == (title or "[untitled]")
    assert shown(entry.fields[journal]) == (venue or "V")
    persons = entry.persons["author"] if people else []
    assert [name_shown(person) for person in persons] == [
        f"{author.given} {author.family}".strip() for author in people
    ]


def name_shown(person):
    parts = [
        *person.first_names,
        *person.middle_names,
        *person.prelast_names,
        *person.last_names,
        *person.lineage_names,
    ]
    return shown(" ".join(parts))


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    title=hostile,
    abstract=st.text(alphabet="ER TY-JOU \n\r\x0b\u2028ab", max_size=60),
    family=hostile,
    venue=hostile,
)
def test_ris_is_one_record_whatever_the_text(title, abstract, family, venue):
    authors = (Author(family, is_group=True),) if family else ()
    paper = Paper(
        id="title:x-00000000",
        title=title,
        abstract=abstract,
        authors=authors,
        venue=venue or "V",
        kind=Kind.ARTICLE,
    )
    (record,) = rispy.loads(cite(paper, "ris"))
    assert record["title"] == (title or "[untitled]")
    assert record.get("abstract", "") == " ".join(abstract.split())
    assert [name.rstrip(", ") for name in record.get("authors", [])] == [
        author.name.rstrip(", ") for author in authors
    ]
    assert record["journal_name"] == (venue or "V")


DETAILED = st.dictionaries(st.sampled_from(list(DETAILS)), hostile, max_size=6).map(details)
DETAILED = st.builds(
    lambda found, type_: details({**found, "type": type_}), DETAILED, st.sampled_from(["", *TYPES])
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(found=DETAILED, kind=st.sampled_from(Kind), venue=hostile)
@pytest.mark.parametrize("style", ["bibtex", "bibtex-scholar", "biblatex"])
def test_no_detail_leaves_its_field(style, found, kind, venue):
    kind = TYPES.get(found.get("type", ""), kind)
    paper = Paper(id="title:x", title="T", kind=kind, venue=venue or None, details=found, published="2024")
    text = cite(paper, style)
    ((_, fields),) = read_by_bibtexparser(text)
    ((_, entry),) = read_by_pybtex(text)
    persons = {role for role in ("editor", "translator") if role in fields}
    assert entry.fields.keys() | persons >= fields.keys()
    for name in ("series", "chapter", "isbn", "collaboration", "eid", "version"):
        field = found.get({"eid": "article_number"}.get(name, name), "")
        is_written = name in {"series", "chapter"} or style != "bibtex-scholar"
        if is_written and (name != "series" or kind is not Kind.BOOK):
            assert shown(fields.get(name, "")) == field


@settings(max_examples=EXAMPLES, deadline=None)
@given(found=DETAILED, kind=st.sampled_from(Kind), venue=hostile)
def test_no_detail_leaves_its_line_of_ris(found, kind, venue):
    kind = TYPES.get(found.get("type", ""), kind)
    paper = Paper(id="title:x", title="T", kind=kind, venue=venue or None, details=found, published="2024")
    (record,) = rispy.loads(cite(paper, "ris"))
    assert (record["title"], record["year"]) == ("T", "2024")
    held = found.get("event_place", "") if found.get("type") == "speech" else ""
    assert record.get("place_published", "") == (found.get("address", "") or held)


PEOPLE = st.builds(Author, hostile, hostile, hostile, is_group=st.booleans())

TEXT, NUMBER = {"type": "string"}, {"type": ["string", "number"]}
CSL_NAME = {
    "type": "object",
    "properties": dict.fromkeys(
        ["family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal"], TEXT
    ),
    "additionalProperties": False,
}
CSL_NAMES = {"type": "array", "items": CSL_NAME}
CSL_DATE = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "items": {"type": "array", "items": NUMBER, "minItems": 1, "maxItems": 3},
            "minItems": 1,
            "maxItems": 2,
        },
    },
    "additionalProperties": False,
}
CSL_TYPES = [
    *(
        "article",
        "article-journal",
        "article-magazine",
        "article-newspaper",
        "book",
        "chapter",
        "dataset",
        "document",
        "manuscript",
        "pamphlet",
    ),
    *("paper-conference", "patent", "report", "software", "speech", "standard", "thesis", "webpage"),
]
CSL_SCHEMA = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "type": {"enum": CSL_TYPES},
            **dict.fromkeys(
                ["id", "volume", "issue", "page", "number", "edition", "number-of-volumes"], NUMBER
            ),
            **dict.fromkeys(["collection-number", "chapter-number", "number-of-pages"], NUMBER),
            **dict.fromkeys(["title", "container-title", "publisher", "DOI", "URL", "abstract"], TEXT),
            **dict.fromkeys(["keyword", "note", "annote", "archive", "archive_location", "genre"], TEXT),
            **dict.fromkeys(["publisher-place", "event-title", "event-place", "collection-title"], TEXT),
            **dict.fromkeys(["container-title-short", "ISBN", "ISSN", "language", "status", "version"], TEXT),
            "custom": {"type": "object"},
            **dict.fromkeys(["author", "editor", "translator"], CSL_NAMES),
            **dict.fromkeys(["issued", "accessed", "original-date"], CSL_DATE),
        },
        "required": ["type", "id"],
        "additionalProperties": False,
    },
}
"""What csl-data.json of CSL 1.0.2 says of the types and fields that we write; its others are left out."""


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    paper=st.builds(
        Paper,
        id=st.just("title:x"),
        title=hostile,
        authors=st.lists(PEOPLE, max_size=3).map(tuple),
        kind=st.sampled_from(Kind),
        published=st.sampled_from([None, "2024", "2024-04", "2024-04-05"]),
        arxiv_id=st.sampled_from([None, "2404.04167"]),
        details=DETAILED,
        author_count=st.sampled_from([None, 9]),
        **dict.fromkeys(["venue", "volume", "issue", "pages", "publisher"], st.none() | hostile),
    ),
    marks=st.builds(Marks, tags=st.lists(hostile, max_size=2).map(tuple), note=hostile),
)
def test_csl_json_keeps_to_the_schema(paper, marks):
    items = json.loads("".join(write_csl_json([Entry(paper, marks)], citation_key)))
    jsonschema.validate(items, CSL_SCHEMA, jsonschema.Draft7Validator)
    (item,) = items
    assert item["title"] == (paper.title or "[untitled]")
    assert item.get("annote", "") == marks.note
    assert [int(number) for number in (paper.published or "").split("-") if number] == (
        item.get("issued", {"date-parts": [[]]})["date-parts"][0]
    )
    for name in item.get("author", []):
        assert ("literal" in name) != ("family" in name)
