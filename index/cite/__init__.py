"""Citations: keys, styles and bibliographies, native and offline."""

from papers_tui.index.cite.csl_style import styles_in
from papers_tui.index.cite.emphasis import FORMS, Form
from papers_tui.index.cite.key_template import DEFAULT_TEMPLATE, KeyTemplate
from papers_tui.index.cite.keys import Keys, citation_key, unique_keys
from papers_tui.index.cite.style import Style
from papers_tui.index.cite.styles import STYLES, SecondKeys, bibliography, cite, style_named

__all__ = [
    "DEFAULT_TEMPLATE",
    "FORMS",
    "STYLES",
    "Form",
    "KeyTemplate",
    "Keys",
    "SecondKeys",
    "Style",
    "bibliography",
    "citation_key",
    "cite",
    "style_named",
    "styles_in",
    "unique_keys",
]
