"""In which script a text is written."""

from collections import Counter

import regex

_SCRIPTS = {"Latn": "Latin", "Deva": "Devanagari", "Taml": "Tamil", "Telu": "Telugu", "Beng": "Bengali"}
_LETTERS = {code: regex.compile(rf"\p{{Script={name}}}") for code, name in _SCRIPTS.items()}


def scripts_of(text: str) -> list[str]:
    """ISO 15924 codes of the scripts in a text, the most used first, Latin last.

    Latin comes last because English words stand in sentences of every Indian language.
    """
    counts = Counter({code: len(letters.findall(text)) for code, letters in _LETTERS.items()})
    present = [code for code, count in counts.most_common() if count]
    return sorted(present, key=lambda code: code == "Latn")
