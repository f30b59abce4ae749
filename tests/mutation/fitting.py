"""Which tests should notice a fault in which module."""

from fnmatch import fnmatch
from pathlib import Path

MODULES = (
    "index/text.py",
    "index/store/*.py",
    "index/formats/*.py",
    "index/cite/*.py",
    *(
        f"index/search/{name}.py"
        for name in ("parser", "lexer", "dates", "ranges", "fields", "unparse", "explain")
    ),
)
"""Where faults are made."""

LONG = ("test_processes.py", "test_mark*_model.py", "test_listing_properties.py", "test_any_details.py")
"""Tests that take long, and find what others find sooner."""


def _tests(folder: str, names: str) -> list[str]:
    return [f"tests/index/{folder}/test_{name}.py" for name in names.split()]


_CORPUS = _tests("store", "corpus merge rehearsal")
_DECIDED = [*_tests(".", "deciding joining"), *_tests("store", "marks refilling restoring")]
_SAME = [*_tests("store", "matching merge"), *_tests(".", "imported_ids joining")]
_READ = _tests(
    "formats",
    "types_read small_print names_read dates_read dois_read printed_notes newspapers "
    "detail_round_trips odd_files round_trips",
)
_RIS = [*_tests("formats", "ris_numbers ris"), *_READ]
_TABLES = [*_tests("formats", "csl_and_csv"), *_READ, *_tests("formats", "write_bibliographies")]
_BIBTEX = [*_tests("formats", "bibtex"), *_READ]
_QUERY = [*_tests("search", "query_parser query_ranges query_explain query_docs query_unparse")]
_STYLES = _tests(
    "cite",
    "wording kinds sorts_of_works translations records years preprint_versions publications bibliographies "
    "conferences newspapers pages guides punctuation forms",
)
_RECORDS = [
    *_tests("cite", "records kinds sorts_of_works translations newspapers forms"),
    *_tests("cite", "read_back"),
]
_TEX = [*_tests("cite", "signs subscripts markup"), *_tests("cite", "hostile latex forms")]

_FITTING = {
    "index/text.py": _tests(".", "text"),
    "index/store/cor*.py": _CORPUS,
    "index/store/in*.py": [*_CORPUS, *_tests(".", "import_joins")],
    "index/store/outcomes.py": [*_CORPUS, *_tests(".", "import_joins")],
    "index/store/merge.py": _tests("store", "merge corpus"),
    "index/store/merger*.py": [*_tests("store", "rehearsal recovering"), *_DECIDED],
    "index/store/mark_changes.py": _tests("store", "mark_changes marks"),
    "index/store/ma[r]*.py": _tests("store", "marks mark_changes drafts restoring"),
    "index/store/journal.py": [*_tests("store", "marks"), *_DECIDED],
    "index/store/tags.py": _tests("store", "marks"),
    "index/store/uniting.py": [*_tests("store", "marks"), *_DECIDED],
    "index/store/deci*.py": _DECIDED,
    "index/store/matching.py": _SAME,
    "index/store/journals.py": _SAME,
    "index/store/bylines.py": _SAME,
    "index/store/contradictions.py": _SAME,
    "index/store/citation_keys.py": [*_tests("store", "citation_keys"), *_tests(".", "imported_keys")],
    "index/store/bindings.py": ["tests/cli/test_bind.py"],
    "index/store/drafts.py": _tests("store", "drafts replacing"),
    "index/store/sessions.py": _tests("store", "drafts"),
    "index/store/nearest.py": _tests("store", "corpus"),
    "index/store/codec.py": _tests("store", "corpus marks"),
    "index/store/rehearsal.py": _CORPUS,
    "index/store/recovering.py": _tests("store", "recovering"),
    "index/store/rescuing.py": _tests("store", "replacing"),
    "index/store/opened_file.py": _tests("store", "opening strangers replacing"),
    "index/store/connections.py": _tests("store", "opening marks replacing"),
    "index/store/exchanging.py": _tests("store", "recovering restoring"),
    "index/store/re*.py": _tests("store", "refilling restoring salvaging damaged_backups"),
    "index/store/backup*.py": _tests("store", "backups restoring damaged_backups"),
    "index/store/upgrades.py": [*_tests("store", "opening backups"), "tests/cli/test_doctor_files.py"],
    "index/store/salvaging.py": _tests("store", "salvaging damaged_backups"),
    "index/store/wreck.py": _tests("store", "salvaging recovering"),
    "index/store/opening.py": _tests("store", "opening strangers"),
    "index/store/database.py": _tests("store", "opening marks replacing"),
    "index/store/failures.py": _tests("store", "opening marks replacing recovering restoring"),
    "index/store/strangers.py": _tests("store", "strangers"),
    "index/store/*.py": ["tests/index/store"],
    "index/formats/listing*.py": _tests("formats", "listing listing_properties"),
    "index/formats/compression.py": _tests("formats", "opening bounds"),
    "index/formats/bounds.py": _tests("formats", "bounds"),
    "index/formats/arxiv_snapshot.py": _tests("formats", "arxiv_snapshot"),
    "index/formats/papers_json.py": _tests("formats", "papers_json"),
    "index/formats/json_lines.py": _tests("formats", "json_lines small_print papers_json opening"),
    "index/formats/fields.py": _tests("formats", "papers_json arxiv_snapshot"),
    "index/formats/bib*.py": _BIBTEX,
    "index/formats/ris*.py": _RIS,
    "index/formats/c[os][lv]*.py": _TABLES,
    "index/formats/j[ao]*b*.py": _BIBTEX,
    "index/formats/journal_macros.py": _BIBTEX,
    "index/formats/name_lists.py": [*_tests("formats", "csl_and_csv ris"), *_BIBTEX],
    "index/formats/ref*.py": [*_tests("formats", "csl_and_csv ris"), *_BIBTEX],
    "index/formats/[eos]*.py": _tests("formats", "small_print listing bounds opening"),
    "index/formats/m*.py": _tests("formats", "write_bibliographies small_print"),
    "index/formats/html_page.py": _tests("formats", "write_bibliographies"),
    "index/formats/*.py": ["tests/index/formats"],
    "index/search/*.py": _QUERY,
    "index/cite/journal_reference.py": _tests("cite", "journal_references publications"),
    "index/cite/key*.py": _tests("cite", "keys key_templates"),
    "index/cite/csl_style.py": _tests("cite", "csl_styles"),
    "index/cite/csl_mending.py": _tests("cite", "csl_styles"),
    "index/cite/bib*.py": [*_RECORDS, *_tests("cite", "latex")],
    "index/cite/ris.py": _RECORDS,
    "index/cite/csl_json.py": [*_RECORDS, *_tests("cite", "csl_styles")],
    "index/cite/tex*.py": _TEX,
    "index/cite/markup.py": [*_tests("cite", "markup"), *_STYLES],
    "index/cite/names.py": [*_tests("cite", "records"), *_STYLES],
    "index/cite/emphasis.py": [*_tests("cite", "forms"), *_STYLES],
    "index/cite/*.py": _STYLES,
}
"""The first pattern that fits counts; what notices sooner stands first."""


def fitting(module: str) -> tuple[str, ...]:
    """Return the tests of a module, files or folders; names of modules are paths from the project's root."""
    found = next(tests for pattern, tests in _FITTING.items() if fnmatch(module, pattern))
    return tuple(dict.fromkeys(Path(test).as_posix() for test in found))
