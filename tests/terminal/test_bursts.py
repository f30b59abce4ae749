"""Keys that arrive in one burst, as over a slow connection, act in the order in which they were pressed."""


def test_a_burst_of_keys_edits_in_order(stocked):
    browser = stocked.open()
    browser.wait_for("3 papers")
    for typed, shown in {
        "abc": "│ abc ",
        "\x7f\x7f\x7flattice gauge": "│ lattice gauge ",
        "\x15tidal attack": "│ tidal attack ",
        "\x17looking": "│ tidal looking ",
        "\x1b[D\x1b[D\x1b[DZ\x1b[H!": "│ !tidal lookZing ",
        "\x1b[F\x15tidal": "1 of 3 ·",
    }.items():
        browser.type(typed)
        browser.wait_for(shown)
    browser.type("\r")
    browser.wait_for("read on")
    browser.type("m")
    browser.wait_for("─ Note")
    browser.type("abc")
    browser.wait_for("abc")
    browser.type("\x7f\x7f\x7fxyz\rline two\x7f\x7f\x7fone")
    browser.wait_for("xyz", "line one")
    browser.type("\x13")
    browser.wait_without("─ Note ─")
    assert browser.quit() == 0


def test_what_follows_a_key_in_the_same_burst_goes_to_what_it_opens(stocked):
    browser = stocked.open(columns=40, rows=12)
    browser.wait_for("3 papers")
    browser.type("\r")
    browser.wait_for("read on")
    browser.type("tundo, fp4\rmdub, u\x13b")
    browser.wait_for("★")
    for typed, shown in {":dup": "Duplicates", "?du": "─ Help ─", "e\x15du": "─ Edit: "}.items():
        browser.type(typed)
        browser.wait_for(shown, "du")
        browser.type("\x1b")
        browser.wait_without(shown)
    browser.type("/tid\rbjtsea\r")
    browser.wait_for("1 of 3")
    browser.wait_for("★")
    assert browser.quit() == 0
    [first] = stocked.json("search", "tag:fp4")["hits"]
    assert (set(first["tags"]), first["note"], first["bookmarked"]) == ({"undo", "fp4"}, "dub, u", True)
    [second] = stocked.json("search", "tag:sea")["hits"]
    assert second["title"].startswith("Tidal")
    assert second["bookmarked"]
