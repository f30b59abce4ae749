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
