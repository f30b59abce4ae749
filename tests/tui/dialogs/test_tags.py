"""The tag editor: several tags in one line, completed from those the library knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from papers_tui.index.store.tags import validate_tag
from papers_tui.tui.screens.tags import TagEditor
from papers_tui.tui.tagging import TagEdit, TagLine, completions

KNOWN = {"training": 40, "transformers": 3, "fp4": 12, "to-read": 93, "strange": 1}


def editor(current=None, selected=1):
    return TagEditor(current or {}, selected, KNOWN)


def keys(text):
    return ["minus" if letter == "-" else "space" if letter == " " else letter for letter in text]


async def test_several_tags_at_once(show):
    async with show(editor({"fp4": 1})) as pilot:
        await pilot.press(*keys("new -fp4 training"), "enter")
    assert pilot.app.answers == [TagEdit(("new", "training"), ("fp4",))]


async def test_tab_completes_and_goes_on(show):
    async with show(editor()) as pilot:
        await pilot.press("t", "r", "tab", "f", "tab")
        assert pilot.app.dialog.line.value == "training fp4 "
        await pilot.press("enter")
    assert pilot.app.answers == [TagEdit(("training", "fp4"))]


async def test_down_tries_one_completion_after_the_other(show):
    async with show(editor()) as pilot:
        await pilot.press("t", "r", "down")
        assert pilot.app.dialog.line.value == "training"
        await pilot.press("down")
        assert pilot.app.dialog.line.value == "transformers"
        await pilot.press("down", "down")
        assert pilot.app.dialog.line.value == "training"
        await pilot.press("up", "enter")
    assert pilot.app.answers == [TagEdit(("strange",))]


async def test_typing_after_a_trial_offers_anew(show):
    async with show(editor()) as pilot:
        await pilot.press("t", "r", "down", "space", "f")
        assert pilot.app.dialog.line.value == "training f"
        assert [option.id for option in pilot.app.dialog.offered.options] == ["fp4", "transformers"]


async def test_a_minus_offers_only_what_the_papers_have(show):
    async with show(editor({"fp4": 1, "training": 2}, selected=2)) as pilot:
        await pilot.press("minus")
        assert [option.id for option in pilot.app.dialog.offered.options] == ["training", "fp4"]
        await pilot.press("f", "tab", "enter")
    assert pilot.app.answers == [TagEdit((), ("fp4",))]


async def test_a_click_completes(show, until):
    async with show(editor()) as pilot:
        await pilot.press("t", "r")
        await until(pilot, lambda: pilot.app.dialog.offered.option_count == 3)
        await pilot.click("#tag-offers", offset=(3, 1))
        await until(pilot, lambda: pilot.app.dialog.line.value == "transformers ")
        await pilot.press("f", "p", "4", "enter")
    assert pilot.app.answers == [TagEdit(("transformers", "fp4"))]


async def test_what_the_papers_have_and_what_will_change_is_said(show):
    async with show(editor({"fp4": 2, "training": 1}, selected=2)) as pilot:
        assert "Tags of 2 papers" in pilot.app.shown()
        assert "#fp4  #training (1 of 2)" in pilot.app.shown()
        await pilot.press(*keys("odd training fp4 -fp4"))
        assert "+odd new  +training  -fp4" in pilot.app.shown()


async def test_a_word_that_can_be_no_tag_keeps_the_dialog_open(show):
    async with show(editor()) as pilot:
        await pilot.press(*keys("good a(b"), "enter")
        assert pilot.app.answers == []
        assert "a tag cannot have (" in pilot.app.shown()
        await pilot.press("backspace", "backspace", "enter")
    assert pilot.app.answers == [TagEdit(("good", "a"))]


@pytest.mark.parametrize("typed", [[], keys("fp4"), keys("-training"), keys("- #")])
async def test_where_nothing_changes_the_answer_is_none(typed, show):
    async with show(editor({"fp4": 1})) as pilot:
        await pilot.press(*typed, "enter")
    assert pilot.app.answers == [None]


async def test_escape_leaves_everything_as_it_was(show):
    async with show(editor()) as pilot:
        await pilot.press(*keys("new"), "escape")
    assert pilot.app.answers == [None]


async def test_a_paste_brings_no_control_characters(show, until):
    async with show(editor()) as pilot:
        pilot.app.post_message(events.Paste("a\x1b]52;c;eA==\x07b\nc\x9b31m"))
        await until(pilot, lambda: pilot.app.dialog.line.value == "ab c")


def test_the_word_at_the_cursor_is_completed_wherever_it_stands():
    line = TagLine("+tr, -old", 3)
    assert (line.stem, line.is_removing, line.other_tags) == ("tr", False, {"old"})
    assert line.completed("training") == TagLine("+training, -old", 9)


def test_tags_that_begin_so_come_first_and_the_most_used_before_the_rest():
    assert [tag for tag, _ in completions("tr", KNOWN, {"to-read"})] == [
        "training",
        "transformers",
        "strange",
    ]
    assert next(tag for tag, _ in completions("", KNOWN, {"to-read"})) == "training"


@pytest.mark.parametrize(
    ("line", "edit"),
    [
        ("a +b #c -d", TagEdit(("a", "b", "c"), ("d",))),
        ("a,b,,c", TagEdit(("a", "b", "c"))),
        ("a -a", TagEdit()),
        ("-d d", TagEdit()),
        ("d -d", TagEdit((), ("d",))),
        ('"To Read" -"d"', TagEdit(("to-read",), ("d",))),
        ("FP4 fp4", TagEdit(("fp4",))),
    ],
)
def test_lines_are_read_as_people_write_them(line, edit):
    assert TagEdit.read(line, {"d": 1}, 1) == edit


@given(st.text(alphabet='ab-+#", (\x1bé\n', max_size=30), st.integers(1, 2))
def test_any_line_asks_for_tags_in_their_normal_form_or_says_why_not(line, selected):
    current = {"a": 1, "b": 2}
    edit = TagEdit.read(line, current, selected)
    assert not set(edit.add) & set(edit.remove)
    assert all(validate_tag(tag) == tag for tag in (*edit.add, *edit.remove))
    assert not (edit.problem and (edit.add or edit.remove))
    assert all(current.get(tag, 0) < selected for tag in edit.add)
    assert all(tag in current for tag in edit.remove)
