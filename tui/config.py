"""The user's settings: a TOML file in which every mistake is named, and spoils nothing else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal

from papers_tui.index.patterns import pattern
from papers_tui.index.text import clean_line
from papers_tui.tui.commands import COMMANDS
from papers_tui.tui.keymap import assigned, normal_key, suggestion
from papers_tui.tui.locations import Locations

Mode = Literal["auto", "pyperclip", "osc52", "tmux", "off"]
"""Ways to the clipboard: `auto` tries what fits the machine, `off` never touches one."""

MODES: Final[tuple[Mode, ...]] = ("auto", "pyperclip", "osc52", "tmux", "off")

_MAX_MISTAKES: Final = 20
"""Lines that are set aside before the whole file is given up."""

_KEY_LINE: Final = pattern(r"""\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=""")
_KEY_PART: Final = pattern(r""""([^"]*)"|'([^']*)'|\s""")
_TABLE_LINE: Final = pattern(r"\s*\[+\s*([^\]#]*?)\s*(?:\]|#|$)")
_AT_LINE: Final = pattern(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake in the configuration. What it concerns keeps its default."""

    file: Path
    line: int | None
    """Counted from 1; None where the file as a whole is meant."""
    key: str
    """The setting: `theme`, `keys.bookmark`; empty where none can be told."""
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        return clean_line(": ".join(filter(None, (place, self.key, self.message))))


@dataclass(frozen=True, slots=True)
class Config:
    """The settings, each with its default."""

    theme: str | None = None
    """The name of a theme; None: a dark or light one of ours."""
    is_ascii: bool = False
    """Whether borders and marks are drawn with ASCII alone."""
    clipboard: Mode = "auto"
    citation_style: str = "bibtex"
    """The style that the menu of citations begins with and `Y` copies."""
    citation_key: str | None = None
    """The template of citation keys, checked; None: the usual one."""
    typing_pause: float = 0.06
    """Seconds of silence after which a query that is typed is searched."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """The keys of commands that the user changed, by command id, as Textual calls them. No key: none."""
    problems: tuple[Problem, ...] = ()
    file: Path = Path()
    lines: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """Where each setting stands, to name problems that are found later."""

    def with_problem(self, key: str, message: str) -> Config:
        """Return the same settings with one more problem."""
        problem = Problem(self.file, self.lines.get(key), key, message)
        return replace(self, problems=(*self.problems, problem))

    def with_known_theme(self, available: Collection[str]) -> Config:
        """Return the same settings, but for a theme that is none of those available.

        `dark` and `light` are ours.
        """
        if self.theme is None or self.theme in available:
            return self
        if (ours := f"papers-{self.theme}") in available:
            return replace(self, theme=ours)
        message = f"no theme is called {self.theme!r}{suggestion(self.theme, available)}"
        return replace(self.with_problem("theme", message), theme=None)


def load(path: Path | None = None) -> Config:
    """Read the settings from `path`, else from the user's configuration directory. Raises nothing.

    A file that is missing gives the defaults; whatever else is wrong is in `problems`.
    """
    file = path or Locations.of().config_file
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Config(file=file)
    except OSError as error:
        return Config(problems=(Problem(file, None, "", f"cannot be read: {error.strerror}"),), file=file)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return Config(problems=(Problem(file, line, "", "is not UTF-8"),), file=file)
    document, mistakes = _parsed(text.replace("\r\n", "\n"))
    lines = dict(_key_lines(text))
    problems = [Problem(file, line, _key_at(lines, line), message) for line, message in mistakes]
    settings: dict[str, Any] = {}
    for name, value in document.items():
        if name == "keys":
            settings["keys"], found = _keys(value)
        else:
            found = _setting(name, value, settings, file.parent / "styles")
        problems += [Problem(file, lines.get(key), key, message) for key, message in found]
    problems.sort(key=lambda problem: problem.line or 0)
    return Config(**settings, problems=tuple(problems), file=file, lines=MappingProxyType(lines))


def _parsed(text: str) -> tuple[dict[str, Any], list[tuple[int, str]]]:
    """Parse TOML, setting aside each line that cannot be read: the rest, and the lines with what is wrong."""
    import tomllib  # noqa: PLC0415 - many have no configuration

    lines = text.split("\n")
    mistakes: list[tuple[int, str]] = []
    while len(mistakes) < _MAX_MISTAKES:
        try:
            return tomllib.loads("\n".join(lines)), mistakes
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            place = _AT_LINE.search(str(error))
            message = _AT_LINE.sub("", str(error))
        if place is None:
            break
        if place[1]:
            number = int(place[1])
            lines[number - 1] = ""
        elif number := _unclosed(lines):
            lines[number - 1] = ""
            message = "it has no end"
        else:
            number = max((number for _, number in _key_lines("\n".join(lines))), default=1)
            lines[number - 1 :] = []
            message = "it has no end"
        mistakes.append((number, f"is not TOML: {message[:1].lower()}{message[1:]}"))
    return {}, [*mistakes, (1, "too much of the file cannot be read; nothing of it is used")]


def _unclosed(lines: Sequence[str]) -> int:
    """Return the first line with a text in single quotes that has no end, or 0.

    The parser looks for that end on all lines that follow, and says nothing of where the text begins.
    """
    for number, line in enumerate(lines, 1):
        if _KEY_LINE.match(line) and not _is_toml(line) and _is_toml(f"{line}'"):
            return number
    return 0


def _is_toml(text: str) -> bool:
    import tomllib  # noqa: PLC0415 - many have no configuration

    try:
        tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return False
    return True


def _key_lines(text: str) -> Iterator[tuple[str, int]]:
    """Yield each key of a TOML text, in full as `keys.bookmark`, with its line."""
    table = ""
    for number, line in enumerate(text.split("\n"), 1):
        if found := _KEY_LINE.match(line):
            name = _unquoted(found[1])
            yield (f"{table}.{name}" if table else name), number
        elif found := _TABLE_LINE.match(line):
            table = _unquoted(found[1])
            yield table, number


def _unquoted(key: str) -> str:
    """Return a key as TOML reads it: blanks count within quotes alone."""
    return _KEY_PART.sub(lambda part: part[1] or part[2] or "", key)


def _key_at(lines: Mapping[str, int], line: int) -> str:
    return next((key for key, number in lines.items() if number == line), "")


def _setting(name: str, value: object, settings: dict[str, Any], styles: Path) -> list[tuple[str, str]]:
    """Check one setting and put it into `settings`; return what is wrong. `styles` has the `.csl` files."""
    known = name.replace("_", "-")
    if known not in _SETTINGS:
        return [(name, f"no setting is called {name!r}{suggestion(known, [*_SETTINGS, 'keys'])}")]
    attribute, read = _SETTINGS[known]
    try:
        is_style = attribute == "citation_style"
        settings[attribute] = _citation_style(value, styles) if is_style else read(value)
    except ValueError as error:
        return [(name, str(error))]
    return []


def _keys(value: object) -> tuple[Mapping[str, tuple[str, ...]], list[tuple[str, str]]]:
    """Check the table of keys: the keys of the commands that change, and what is wrong."""
    if not isinstance(value, dict):
        return MappingProxyType({}), [("keys", "is to be a table: [keys]")]
    problems: list[tuple[str, str]] = []
    wanted: dict[str, list[str]] = {}
    for command, keys in value.items():
        written = keys if isinstance(keys, list) else [keys]
        if not all(isinstance(key, str) for key in written):
            problems.append((f"keys.{command}", "is to be a key, such as 'ctrl+b', or a list of keys"))
            continue
        read: list[str] = []
        for key in _separate(written):
            try:
                read.append(normal_key(key))
            except ValueError as error:
                problems.append((f"keys.{command}", str(error)))
        if read or not any(written):
            wanted[command] = read
    given, complaints = assigned(wanted, COMMANDS)
    problems += [(f"keys.{complaint.command}", complaint.message) for complaint in complaints]
    return MappingProxyType(given), problems


def _separate(written: Sequence[str]) -> Iterator[str]:
    """Yield keys one by one: `ctrl+b,B` is two, `,` is one."""
    for keys in written:
        if keys.strip():
            yield from keys.split(",") if len(keys.strip()) > 1 else [keys]


def _theme(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("is to be the name of a theme, such as 'nord'")
    return value


def _switch(value: object) -> bool:
    if value is True or value is False:
        return value
    raise ValueError("is to be true or false")


def _clipboard(value: object) -> Mode:
    if value not in MODES:
        raise ValueError(f"{value!r} is none of {', '.join(MODES)}{suggestion(str(value), MODES)}")
    return value


def _citation_style(value: object, folder: Path = Path()) -> str:
    """Return the name of a style: ours, or that of a `.csl` file in `folder`, with or without the ending."""
    from papers_tui.index.cite import STYLES, styles_in  # noqa: PLC0415 - most files do not name a style

    if isinstance(value, str) and value in STYLES:
        return value
    own = styles_in(folder)
    if isinstance(value, str) and (name := value.removesuffix(".csl")) in own:
        return name
    if isinstance(value, str) and value.endswith(".csl"):
        raise ValueError(f"{value!r} is not in {folder}")
    raise ValueError(f"{value!r} is no citation style{suggestion(str(value), [*STYLES, *own])}")


def _citation_key(value: object) -> str:
    from papers_tui.index.cite.key_template import KeyTemplate  # noqa: PLC0415 - most files do not name one

    if isinstance(value, str):
        return KeyTemplate(value).text
    raise ValueError("is to be a template, such as '{surname}{year}{word}'")


def _typing_pause(value: object) -> float:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 2000:
        raise ValueError("is to be a number of milliseconds from 0 to 2000")
    return value / 1000


_SETTINGS: Final[Mapping[str, tuple[str, Callable[[object], object]]]] = {
    "theme": ("theme", _theme),
    "ascii": ("is_ascii", _switch),
    "clipboard": ("clipboard", _clipboard),
    "citation-style": ("citation_style", _citation_style),
    "citation-key": ("citation_key", _citation_key),
    "typing-pause": ("typing_pause", _typing_pause),
}
"""What a setting is called in the file, what it is called here, and how it is checked."""
