"""The documentation says what the program does."""

import importlib.util
import re
import tomllib
from pathlib import Path

from papers_tui.tui.config import load
from papers_tui.tui.themes import theme_names

ROOT = Path(__file__).parent.parent


def written_keys():
    spec = importlib.util.spec_from_file_location("write_keys", ROOT / "docs" / "write_keys.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.page()


def test_the_page_of_keys_is_the_table_of_commands():
    assert (ROOT / "docs" / "keys.md").read_text(encoding="utf-8") == written_keys(), (
        "python docs/write_keys.py writes it anew"
    )


def test_the_page_of_the_configuration_has_every_setting_with_its_default(tmp_path):
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    example = page.split("```toml\n")[1].split("```")[0]
    (tmp_path / "config.toml").write_text(example, encoding="utf-8")
    read, default = load(tmp_path / "config.toml"), load(tmp_path / "none.toml")
    assert not read.with_known_theme(theme_names()).problems
    for name in ("is_ascii", "clipboard", "citation_style", "typing_pause"):
        assert getattr(read, name) == getattr(default, name)
    settings = {"theme", "ascii", "clipboard", "citation-style", "citation-key", "typing-pause", "keys"}
    assert set(tomllib.loads(example)) == settings
    assert not [name for name in theme_names() if f"`{name}`" not in page and "papers-" not in name]


def test_every_link_of_the_documentation_leads_somewhere():
    for page in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name} links to {target}"
