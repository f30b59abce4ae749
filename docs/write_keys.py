"""Write `docs/keys.md` from the table of commands: python docs/write_keys.py."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Final

from papers_tui.tui.areas import AREAS
from papers_tui.tui.commands import COMMANDS, Command
from papers_tui.tui.keymap import shown_key

PAGE: Final = Path(__file__).with_name("keys.md")

HEAD: Final = """\
# Keys

`?` shows this table in the program, `papers-tui keys` prints it, and every command is in the palette
(`Ctrl+p`) by its name. While the query box has the focus, letters are text; `Esc` or `Enter` leaves it.

## Changing them

In `config.toml` (`papers-tui paths` tells where it lies), a table gives commands other keys, by the names
in the first column:

```toml
[keys]
bookmark = "B"
undo = ["u", "U"]
reverse = ""          # no key at all
```

A mistake (an unknown command, a key that cannot be, two commands on one key) is named with its file, line and
key when the program starts, and by `papers-tui doctor`; everything else in the file still counts.
The other settings are in [configuration.md](configuration.md).
"""


def page() -> str:
    """Return the whole page."""
    parts = [HEAD]
    ordered = sorted(COMMANDS, key=lambda command: list(AREAS).index(command.where))
    for place, commands in groupby(ordered, key=lambda command: command.where):
        rows = "".join(map(_row, commands))
        parts.append(f"\n## {AREAS[place]}\n\n| command | keys | what it does |\n| --- | --- | --- |\n{rows}")
    return "".join(parts)


def _row(command: Command) -> str:
    keys = " ".join(f"`{shown_key(key)}`" for key in command.keys) or "palette only"
    return f"| `{command.id}` | {keys} | {command.help} |\n".replace("| `|` |", "| `\\|` |")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
