"""Which language an utterance is in, and so which language the answer is in. The script of the text comes first."""

from collections.abc import Collection

from bharatvoice.dialogue.normalization import matching_key
from bharatvoice.dialogue.script import scripts_of
from bharatvoice.dialogue.tables import read_table
from bharatvoice.languages import languages

ROMANIZED = ("hi",)
"""Languages whose phrases are also known in roman letters."""
DEFAULT = "en"


def candidates(text: str, preferred: str | None = None) -> list[str]:
    """Languages that a text may be in, the likelier scripts first; the preferred one when there are no letters."""
    found: list[str] = []
    for script in scripts_of(text):
        of_script = [code for code, language in languages().items() if language.script == script]
        found += [code for code in (*of_script, *(ROMANIZED if script == "Latn" else ())) if code not in found]
    return found or [preferred or DEFAULT]


def is_romanized(text: str) -> bool:
    """Whether a text is in roman letters only."""
    return scripts_of(text) == ["Latn"]


def choose(text: str, matching: Collection[str], preferred: str | None) -> str:
    """The language of a text.

    matching: candidates whose phrases match. preferred: the caller's language, which decides when the text does not.
    """
    left = [code for code in candidates(text, preferred) if code in matching] or _of_first_script(text)
    scores = {code: _function_words(text, code) for code in left}
    if preferred in left and (matching or scores[preferred] == max(scores.values())):
        return preferred
    if not matching and not any(scores.values()) and (is_romanized(text) or not left):
        return preferred or DEFAULT
    return max(left, key=lambda code: scores[code])


def _of_first_script(text: str) -> list[str]:
    scripts = scripts_of(text)[:1]
    return candidates("".join(character for character in text if scripts_of(character) == scripts)) if scripts else []


def _function_words(text: str, language: str) -> int:
    """How many words of the text only this language of its script uses."""
    words = set(matching_key(text).split())
    lexica = read_table("function_words").values()
    return sum(len(words.intersection(matching_key(lexicon.get(language, "")).split())) for lexicon in lexica)
