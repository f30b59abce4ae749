r"""Signs of mathematics in Unicode as TeX's own: `γ` becomes `{$\gamma$}`, `H₂O` `H{$_{2}$}O`.

arXiv's titles are shown with such signs where they were written in TeX; pdfLaTeX stops at them. The braces
keep BibTeX's styles from making small letters of large ones. What is needed beyond LaTeX is amssymb.
Words of Greek stay what they are.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

_PAIRS: Final = (
    "α alpha β beta γ gamma δ delta ϵ epsilon ε varepsilon ζ zeta η eta θ theta ϑ vartheta ι iota κ kappa"
    " λ lambda μ mu ν nu ξ xi π pi ϖ varpi ρ rho ϱ varrho σ sigma ς varsigma τ tau υ upsilon ϕ phi φ"
    " varphi χ chi ψ psi ω omega Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma Υ Upsilon Φ Phi Ψ Psi"
    " Ω Omega → rightarrow ← leftarrow ↔ leftrightarrow ⇒ Rightarrow ⇐ Leftarrow ⇔ Leftrightarrow ↦ mapsto"
    " ⟶ longrightarrow ⟵ longleftarrow ↑ uparrow ↓ downarrow ≤ leq ⩽ leqslant ≥ geq ⩾ geqslant ≠ neq ≈"
    " approx ∼ sim ≃ simeq ≅ cong ≡ equiv ∝ propto ≪ ll ≫ gg ≲ lesssim ≳ gtrsim ∈ in ∉ notin ∋ ni ⊂ subset"
    " ⊆ subseteq ⊃ supset ⊇ supseteq ∓ mp ∗ ast ∘ circ ∙ bullet ⋅ cdot ⊕ oplus ⊖ ominus ⊗ otimes ⊙ odot ∧"
    " wedge ∨ vee ∩ cap ∪ cup ∖ setminus ⋊ rtimes ⋉ ltimes ∑ sum ∏ prod ∫ int ∮ oint √ surd ∂ partial ∇"
    " nabla ∞ infty ∀ forall ∃ exists ∅ emptyset ℓ ell ℏ hbar ℘ wp ℵ aleph ℜ Re ℑ Im ⋆ star ★ star ⟂ perp"
    " ⊥ perp ∥ parallel ∣ mid ∠ angle △ triangle □ square ⋯ cdots ♮ natural ⟨ langle ⟩ rangle ⌊ lfloor ⌋"
    " rfloor ⌈ lceil ⌉ rceil"
)
_COMMANDS: Final = dict(re.findall(r"(\S) (\w+)", _PAIRS))
"""The commands of TeX, by the signs that they show."""

_LETTERS: Final = dict(zip("−ΑΒΕΖΗΙΚΜΝΟΡΤΧο", "-ABEZHIKMNOPTXo", strict=True))
"""A minus, and the Greek letters that look like Latin ones and have no command."""

_BLACKBOARD: Final = dict(zip("ℂℍℕℙℚℝℤ", "CHNPQRZ", strict=True))
_ALPHABETS: Final = {"DOUBLE-STRUCK": "mathbb", "SCRIPT": "mathcal", "FRAKTUR": "mathfrak", "BOLD": "mathbf"}
_MARKS: Final = {"\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0305": "overline"} | {
    "\u0307": "dot",
    "\u0308": "ddot",
    "\u20d7": "vec",
}
_SCRIPTS: Final = {"<super>": "^", "<sub>": "_"}
_PRIMES: Final = {"′": 1, "″": 2, "‴": 3}

_ROOT: Final = f"√[A-Za-z0-9](?![A-Za-z0-9{''.join(_MARKS)}])"
"""A root of one letter or digit, as in `√s = 13 TeV`."""

_CANDIDATES: Final = (
    *(ord(sign) for sign in (*_COMMANDS, *_LETTERS, *_BLACKBOARD, *_PRIMES)),
    *(0xB2, 0xB3, 0xB9, *range(0x2B0, 0x2B9), *range(0x2E1, 0x2E5), *range(0x1D2C, 0x1D6B)),
    *(*range(0x2070, 0x209D), 0x2C7C, 0x2C7D, *range(0x1D400, 0x1D800)),
)
"""What may be a sign: the scripts and alphabets among them are known by their decompositions."""

_GREEK_WORD: Final = re.compile("[\u0370-\u03ff\u1f00-\u1fff]{4,}")


@cache
def _runs() -> re.Pattern[str]:
    """Return what finds signs, with the letters that marks of mathematics stand on."""
    known = (chr(code) for code in _CANDIDATES if unicodedata.category(chr(code)) != "Cn")
    sign = f"[{''.join(re.escape(char) for char in known if _sign(char)[1].isascii())}]"
    return re.compile(f"((?:(?:[A-Za-z]|{sign})[{''.join(_MARKS)}]|{_ROOT}|{sign})+)")


def runs(text: str) -> list[str]:
    """Return a text in pieces: plain text, then a run of signs, then plain text, and so on."""
    if text.isascii():
        return [text]
    pieces: list[str] = []
    plain_from = 0
    words = [match.span() for match in _GREEK_WORD.finditer(text)]
    for match in _runs().finditer(text):
        if not any(start < match.end() and end > match.start() for start, end in words):
            pieces += [text[plain_from : match.start()], match[0]]
            plain_from = match.end()
    return [*pieces, text[plain_from:]]


def mathematics(run: str) -> str:
    """Return a run of signs as braced mathematics."""
    written: list[str] = []
    scripts = before = ""
    for kind, text in _grouped(run):
        if kind:
            written.append("{}" if kind in scripts else "")
            before = f"{kind}{{{text}}}"
            scripts = kind if kind in scripts else scripts + kind
        else:
            ends_in_command = before.startswith("\\") and before[-1].isalpha()
            written.append(" " if ends_in_command and text[0].isalpha() else "")
            before, scripts = text, ""
        written.append(before)
    return f"{{${''.join(written)}$}}"


def _grouped(run: str) -> list[tuple[str, str]]:
    """Return each sign as `^`, `_` or nothing, and its TeX; scripts of one kind in a row are one."""
    groups: list[tuple[str, str]] = []
    for sign in run:
        if sign in _MARKS and groups:
            kind, text = groups.pop()
            groups.append((kind, f"\\{_MARKS[sign]}{{{text}}}"))
            continue
        if sign.isascii() and groups and groups[-1] == ("", r"\surd"):
            groups[-1] = ("", f"\\sqrt{{{sign}}}")
            continue
        kind, text = _sign(sign)
        if kind and groups and groups[-1][0] == kind:
            text = groups.pop()[1] + text
        groups.append((kind, text))
    return groups


def _sign(sign: str) -> tuple[str, str]:
    if sign in _PRIMES:
        return "^", r"\prime" * _PRIMES[sign]
    decomposition = unicodedata.decomposition(sign).split(" ")
    if decomposition[0] in _SCRIPTS:
        plain = "".join(chr(int(code, 16)) for code in decomposition[1:])
        return _SCRIPTS[decomposition[0]], "".join(_plain(char) for char in plain)
    return "", _plain(sign)


def _plain(sign: str) -> str:
    if sign in _COMMANDS:
        return f"\\{_COMMANDS[sign]}"
    if sign in _BLACKBOARD:
        return rf"\mathbb{{{_BLACKBOARD[sign]}}}"
    if sign in _LETTERS:
        return _LETTERS[sign] if sign == "−" else rf"\mathrm{{{_LETTERS[sign]}}}"
    base = unicodedata.normalize("NFKD", sign)
    if base.isascii() and base.isalpha():
        return _in_alphabet(base, unicodedata.name(sign, ""))
    return base if base == sign or len(base) != 1 else _plain(base)


def _in_alphabet(letter: str, name: str) -> str:
    """Return a letter of an alphabet that TeX has: blackboard and script letters are capitals."""
    alphabet = next((command for word, command in _ALPHABETS.items() if word in name), "")
    is_known = alphabet and not (letter.islower() and alphabet in {"mathbb", "mathcal"})
    return rf"\{alphabet}{{{letter}}}" if is_known else letter
