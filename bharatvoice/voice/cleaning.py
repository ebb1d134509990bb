"""Takes out of a text what is not said: emoji, control characters, markup, needless space."""

import unicodedata

import regex

_LINE_BREAK = regex.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BULLET = regex.compile(r"^\s*(?:[*•·‣◦▪\-–—]\s+|#+\s*|>\s*)+")
# Signs joined to the emoji before them go with it. Digits keep their place: 1️⃣ is 1.
_EMOJI = regex.compile(
    r"[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}\uFE0E\uFE0F\u20E3\U000E0020-\U000E007F]\u200d*"
)
_MARKUP = regex.compile(r"[*`#~|<>^\\{}\[\]_\"“”«»]")
# Of symbols the degree is said; of format characters the joiners shape Indian letters.
_UNSAID = regex.compile(r"(?V1)[\p{So}--[°]]|[\p{C}--[\u200c\u200d]]")
_LOOSE_JOINER = regex.compile(r"(?<![\p{L}\p{M}\u200c\u200d])[\u200c\u200d]+")
_FRACTIONS = {"½": " 1/2", "¼": " 1/4", "¾": " 3/4", "⅓": " 1/3", "⅔": " 2/3", "−": "-"}
_SPACE = regex.compile(r"\s+")
_SENTENCE_ENDS = tuple(".!?।॥۔,;:…")


def clean(text: str) -> str:
    """One line of NFC text with Latin digits and without what is not said; lines become sentences."""
    lines = [_BULLET.sub("", line).strip() for line in _LINE_BREAK.split(text)]
    said = [line for line in (drop_unsaid(line) for line in lines) if line]
    ended = [line if line.endswith(_SENTENCE_ENDS) else line + "." for line in said[:-1]]
    return " ".join([*ended, *said[-1:]])


def drop_unsaid(line: str) -> str:
    """One line without emoji, markup and control characters, its digits Latin."""
    line = _EMOJI.sub(" ", unicodedata.normalize("NFC", line.replace("\t", " ")))
    line = "".join(_FRACTIONS.get(letter, letter) for letter in line)
    line = _LOOSE_JOINER.sub("", _UNSAID.sub("", _MARKUP.sub(" ", line)))
    return squeeze(fold_digits(unicodedata.normalize("NFC", line)))


def fold_digits(text: str) -> str:
    """Digits of every script as Latin digits."""
    return regex.sub(r"(?V1)[\p{Nd}--[0-9]]", lambda digit: str(unicodedata.decimal(digit[0], "")), text)


def squeeze(text: str) -> str:
    """One space wherever there are several, none at the ends or before a comma or the like."""
    return regex.sub(r" +(?=[,.;:!?।](?:\s|$))", "", _SPACE.sub(" ", text)).strip()
