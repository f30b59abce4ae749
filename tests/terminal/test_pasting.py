"""What is pasted into the browser is text, and no byte of it a key; no byte at all ends the program."""

PASTES = {
    b"one\x00two\nthree\xe2\x80\xaefour\x1b[2Jfive": "onetwo threefourfive",
    b"quits \x1b\x11 not\x1b": "quits not",
    b"\x1b[31mred\x1b[0m \x1b]0;pwned\x07\x1b]52;c;Zm9v\x07 hat": "red hat",
    b"\x1b[201~\x1b[200~marked\x1b[201~ \x11\x03 out": "marked out",
    b"raw \x9b31m and cut \xe2\x82": "raw \ufffd31m and cut \ufffd",
    b"\x1b" * 50 + b"[" * 3 + b"many": "[many",
}


def test_hostile_pastes_are_text_and_the_browser_goes_on(stocked):
    browser = stocked.open()
    browser.wait_for("3 papers")
    for pasted, shown in PASTES.items():
        browser.paste(pasted)
        browser.type("Z")
        browser.wait_for(f"{shown}Z")
        browser.type("\x15")
        browser.wait_for("Search titles")
    browser.paste("tidal\x1b")
    browser.wait_for("1 of 3 ·")
    browser.type("\r")
    browser.wait_for("read on")
    browser.type("t")
    browser.wait_for("─ Tags ─")
    browser.paste(b"ta\x1bg\xff\x11 one\r\n")
    browser.wait_for("ta\ufffd one")
    browser.type("\r")
    browser.wait_for("#ta\ufffd")
    assert browser.quit() == 0


def test_bytes_of_no_encoding_are_typed_as_what_stands_for_them(stocked):
    browser = stocked.open()
    browser.wait_for("3 papers")
    browser.type(b"caf\xe9 \xff\xfe")
    browser.wait_for("caf\ufffd \ufffd\ufffd")
    assert browser.quit() == 0
