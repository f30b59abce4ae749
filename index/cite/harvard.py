"""Harvard, as Cite Them Right (12th edition) has it.

The guide asks for the day on which a page was read, which is said where a source says it.
"""

from __future__ import annotations

from papers_tui.index.cite import wording
from papers_tui.index.cite.dates import day_first
from papers_tui.index.cite.emphasis import italic, linked
from papers_tui.index.cite.names import Byline, initials, inverted, listed, straight
from papers_tui.index.cite.prose import joined, sentences, single_quoted
from papers_tui.index.cite.quotes import curled
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Kind

_NAMED = 3
"""Of four authors or more the first is named."""

_QUOTED = frozenset({"", "unpublished", "speech"})
"""What has its title in quotation marks, as articles have; works that stand alone are in italics."""


def harvard(work: Work) -> str:
    """Return `Du, X. et al. (2024) ‘Title’, arXiv [Preprint]. Available at: https://doi.org/….`."""
    byline, is_edited = wording.leading(work)
    role = ("(eds)" if wording.is_several(byline) else "(ed.)") if is_edited else ""
    names = joined(" ", wording.on_behalf(work, _names(byline)), role)
    date = f"({work.year(wording.undated(work, to_come='in press', unknown='no date'))})"
    title = _title(work)
    opening = f"{names} {date} {title}" if names else f"{title} {date}"
    available = f"Available at: {linked(work.link)}" if work.link else ""
    accessed = day_first(work.detail("accessed"))
    if available and accessed:
        available += f" (Accessed: {accessed})"
    if work.translators.names and work.kind is not Kind.BOOK:
        opening = f"{opening.rstrip(',')}, translated by {_as_read(work.translators)}"
    first = wording.first_published(work)
    text = sentences(_contained(opening, work), f"First published {first}" if first else "")
    return joined(" ", text, available and available + ".")


def _names(byline: Byline) -> str:
    names = [inverted(author, initials(author.given, between="")) for author in byline.names]
    if len(names) > _NAMED or byline.is_partial:
        return f"{names[0]} {italic('et al.')}"
    return listed(names, two=" and ", last=" and ")


def _as_read(byline: Byline) -> str:
    names = [straight(person, initials(person.given, between="")) for person in byline.names]
    if len(names) > _NAMED or byline.is_partial:
        return f"{names[0]} {italic('et al.')}"
    return listed(names, two=" and ", last=" and ")


def _title(work: Work) -> str:
    is_alone = work.kind is Kind.BOOK or (work.kind is Kind.OTHER and work.type not in _QUOTED)
    if not is_alone:
        return single_quoted(work.marked_title, ",")
    release = (
        f"(Version {wording.version(work)})" if work.version and work.type in {"software", "dataset"} else ""
    )
    form = {"software": "[Computer program]", "dataset": "[Dataset]"}.get(work.type, "")
    return joined(" ", italic(curled(work.marked_title)), release, form)


def _contained(opening: str, work: Work) -> str:
    pages = work.labelled_pages(wording.cited_pages(work), "article")
    venue = italic(wording.container(work))
    match work.kind:
        case Kind.ARTICLE:
            issue = f"({work.issue})" if work.issue else ""
            day = day_first(work.date).rpartition(" ")[0] if work.is_in_newspaper else ""
            return joined(", ", opening, venue, work.volume + issue or day, pages)
        case Kind.INPROCEEDINGS:
            role = "(eds)" if wording.is_several(work.editors) else "(ed.)"
            editors = f"{_as_read(work.editors)} {role}" if work.editors.names else ""
            place = joined(", ", opening, joined(" ", "in", editors, venue))
            chapter = f"ch. {work.chapter}" if work.chapter and not pages else ""
            imprint = joined(", ", _imprint(work), pages or chapter)
            which = _which(work)
            is_apart = bool(which or wording.book_publisher(work) or work.series)
            return sentences(place, *which, imprint) if is_apart else joined(", ", place, pages or chapter)
        case Kind.PREPRINT:
            number = wording.deposit(work)
            place = number if number != work.eprint else work.repository
            return joined(", ", opening, joined(" ", italic(place), "[Preprint]"))
        case Kind.BOOK:
            has_editors = work.editors.names and not wording.leading(work)[1]
            editors = f"Edited by {_as_read(work.editors)}" if has_editors else ""
            translators = _as_read(work.translators) if work.translators.names else ""
            translated = f"Translated by {translators}" if translators else ""
            part = f"ch. {work.chapter}" if work.chapter else ""
            imprint = joined(", ", _imprint(work), part, pages)
            return sentences(opening, translated, *_which(work), editors, imprint)
        case _:
            return _other(opening, work)


def _which(work: Work) -> tuple[str, ...]:
    """Return edition and volume, each a sentence; the volume of a series stands with that."""
    volume = f"Vol. {work.volume}" if work.volume and not (work.series and not work.number) else ""
    return tuple(text for text in (wording.edition(work, "edn"), volume) if text)


def _imprint(work: Work) -> str:
    """Return `London: MIT Press (Series of Things, 7)`."""
    publisher = wording.book_publisher(work)
    series = joined(", ", work.series, work.number or work.volume) if work.series else ""
    imprint = wording.at_place(publisher, work.place) if publisher else ""
    return joined(" ", imprint, f"({series})" if series else "")


def _other(opening: str, work: Work) -> str:
    if work.is_thesis:
        name = wording.thesis(work, doctor="PhD thesis", master="Master’s thesis")
        return sentences(opening, name, work.institution)
    match work.type:
        case "report" | "standard" | "patent":
            number = wording.report(work, word=work.type.capitalize())
            publisher = work.institution or wording.distributor(work)
            return sentences(opening, number, wording.at_place(publisher, work.place) if publisher else "")
        case "unpublished":
            return sentences(opening, wording.manuscript(work), work.institution)
        case "speech":
            day = day_first(work.date).rpartition(" ")[0]
            place = joined(", ", work.event or wording.container(work), work.event_place or work.place, day)
            return sentences(f"{opening} [{work.genre or 'Conference presentation'}]", place)
        case "software" | "dataset":
            return sentences(opening, wording.distributor(work))
        case _:
            return joined(", ", opening, italic(wording.container(work)), wording.issuer(work))
