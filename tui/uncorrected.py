"""Queries with words that are not to be corrected, or that are once more."""

from __future__ import annotations

from collections.abc import Collection

from papers_tui.index.text import fold


def as_typed(text: str, words: Collection[str]) -> str:
    """Return a query with these words in quotes, which leave no room for correction."""
    from papers_tui.index.search.lexer import Kind, tokens  # noqa: PLC0415 - the language comes with the library

    wanted = {fold(word) for word in words}
    for token in reversed(list(tokens(text))):
        word = token.text.rstrip("*")
        if token.kind is Kind.WORD and fold(word) in wanted:
            text = f'{text[: token.start]}"{word}"{text[token.end :]}'
    return text


def as_read(text: str, words: Collection[str]) -> str:
    """Return a query with these words out of their quotes, so that they can be corrected again."""
    if not words or '"' not in text:
        return text
    from papers_tui.index.search.lexer import Kind, tokens  # noqa: PLC0415 - the language comes with the library

    wanted = {fold(word) for word in words}
    for token in reversed(list(tokens(text))):
        if token.kind is Kind.PHRASE and token.is_closed and fold(token.text) in wanted:
            text = f"{text[: token.start]}{token.text}{text[token.end :]}"
    return text
