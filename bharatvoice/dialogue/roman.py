"""Hindi in roman letters: one folded form for `aaj kaunsa din hai`, `aj konsa din he` and आज कौन सा दिन है."""

import regex

from bharatvoice.dialogue.normalization import matching_key

_VOWELS = {"अ": "a", "आ": "a", "इ": "i", "ई": "i", "उ": "u", "ऊ": "u", "ऋ": "ri", "ए": "e", "ऐ": "ai", "ओ": "o",
           "औ": "au", "ऑ": "o", "ऍ": "e"}  # fmt: skip
_VOWEL_SIGNS = {"ा": "a", "ि": "i", "ी": "i", "ु": "u", "ू": "u", "ृ": "ri", "े": "e", "ै": "ai", "ो": "o",
                "ौ": "au", "ॉ": "o", "ॅ": "e", "्": ""}  # fmt: skip
_CONSONANTS = {"क": "k", "ख": "kh", "ग": "g", "घ": "gh", "ङ": "n", "च": "ch", "छ": "chh", "ज": "j", "झ": "jh",
               "ञ": "n", "ट": "t", "ठ": "th", "ड": "d", "ढ": "dh", "ण": "n", "त": "t", "थ": "th", "द": "d",
               "ध": "dh", "न": "n", "प": "p", "फ": "ph", "ब": "b", "भ": "bh", "म": "m", "य": "y", "र": "r",
               "ल": "l", "व": "v", "श": "sh", "ष": "sh", "स": "s", "ह": "h", "ळ": "l"}  # fmt: skip
_OTHERS = {"ं": "n", "ः": "h"}

_FOLDS = [
    (regex.compile(pattern), folded)
    for pattern, folded in (
        ("c(?=[eiy])", "s"), ("chh|ch", "c"), ("aa+", "a"), ("ee+|ii+", "i"), ("oo+|uu+", "u"), ("ph", "f"),
        ("sh", "s"), ("kh|q|ck", "k"), ("gh", "g"), ("jh|z", "j"), ("th", "t"), ("dh", "d"), ("bh", "b"), ("w", "v"),
        ("x", "ks"), ("iy(?=[aeo])", "i"), ("ai|ei|ay", "e"), ("au|ou|ow", "o"), (r"(\p{L})\1+", r"\1"),
        (r"(?<=\p{L}{2})[ahnm]\b", ""), ("m(?=[pb])", "n"),
    )
]  # fmt: skip
"""Applied in this order; see 'ph' for f, 'w' for v, and the endings that people write or leave out."""


def roman_key(text: str) -> str:
    """The folded form of a text in Devanagari or roman letters, its words sorted."""
    folded = matching_key(text)
    folded = " ".join(map(_romanize, folded.split()))
    for pattern, replacement in _FOLDS:
        folded = pattern.sub(replacement, folded)
    return " ".join(sorted(folded.split()))


def _romanize(word: str) -> str:
    """A word with its Devanagari in roman letters; the inherent vowel is silent at the end, as Hindi speaks it."""
    letters: list[str] = []
    for at, character in enumerate(word):
        following = word[at + 1 : at + 2]
        if character in _CONSONANTS:
            is_bare = following in _VOWEL_SIGNS or (not following and at > 0)
            letters.append(_CONSONANTS[character] + ("" if is_bare else "a"))
        else:
            letters.append(_VOWELS.get(character) or _VOWEL_SIGNS.get(character, _OTHERS.get(character, character)))
    return "".join(letters)
