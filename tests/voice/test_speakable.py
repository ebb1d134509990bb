import subprocess
import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bharatvoice.errors import UnknownValue
from bharatvoice.languages import languages
from bharatvoice.voice.speakable import LONGEST, make_speakable
from bharatvoice.voice.tables import repairs_for, tabled_languages

TABLE = yaml.safe_load((Path(__file__).parent / "speakable.yaml").read_text(encoding="utf-8"))
ROWS = [(language, written, said) for language, rows in TABLE.items() for written, said in rows.items()]
# What repairs take hold of, thrown together in every order.
TOKENS = st.sampled_from(
    yaml.safe_load(
        "['-', –, '-5', '1,25,000', ₹, '99.50', ₹1, '%', '9876543210', '+91', '98765', '43210', 1800-180-1551, '112', "
        "dial, number, पर, कॉल, नंबर, 25/12/2026, '2026-12-25', '10:30', बजे, AM, am, 1/2, ½, °C, km, /kg, Dr., डॉ., रु., "
        "UPI, OTP, ., ':', /, '0', '007', '5', lakh, लाख, 24/7, No., e.g., '&', ০৫, aaj, hai, kal, jaunga, পড়া, সময়, ୱ, "
        "'*', '#', ',', minus, 😀, '1', '3-1', 5-10, Rs, \"\\n\", \"\\0\", \"\\u200d\", \"\\u202e\"]"
    )
)
MESSES = st.lists(st.tuples(TOKENS, st.sampled_from(["", " "])), max_size=12).map(
    lambda pairs: "".join(token + space for token, space in pairs)
)
TEXTS = st.one_of(MESSES, st.text(max_size=60), st.text("0123456789-–.,:/+ ₹%", max_size=20))
LANGUAGES = st.sampled_from(tabled_languages())


def sounds(language: str, text: str) -> str:
    voice = languages()[language].voice if language in languages() else language
    command = ["espeak-ng", "-q", "--ipa", "-v", voice, "--stdin"]
    spoken = subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout.decode()
    return "".join(letter for letter in spoken if letter not in "ˈˌ").strip()


@pytest.mark.parametrize(("language", "written", "said"), ROWS)
def test_text_is_repaired_as_the_table_says(language: str, written: str, said: str) -> None:
    expected = said if language in ("bn", "as") else unicodedata.normalize("NFC", said)
    made = make_speakable(written, language)
    assert unicodedata.normalize("NFC", made) == unicodedata.normalize("NFC", expected)
    if "\\u" in repr(said) or any(letter in said for letter in "\u09dc\u09df"):
        assert made == said


@settings(max_examples=400, deadline=None)
@given(TEXTS, LANGUAGES)
@example("- -5", "hi")
@example("dial 😀 112", "en")
def test_making_speakable_text_speakable_changes_nothing(text: str, language: str) -> None:
    made = make_speakable(text, language)
    assert make_speakable(made, language) == made


@settings(max_examples=200, deadline=None)
@given(TEXTS, LANGUAGES)
def test_speakable_text_is_one_line_that_no_program_takes_for_an_option(text: str, language: str) -> None:
    made = make_speakable(text, language)
    assert not made.startswith("-")
    assert made == made.strip()
    assert all(unicodedata.category(letter) not in ("Cc", "Cs", "So") or letter == "°" for letter in made)
    made.encode()


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**9 - 1), LANGUAGES)
def test_commas_of_grouped_numbers_do_not_change_what_is_said(number: int, language: str) -> None:
    head, tail = divmod(number, 1000)
    if head:
        pairs = f"{head:d}"
        groups = [pairs[max(0, end - 2) : end] for end in range(len(pairs), 0, -2)][::-1]
        grouped = ",".join([*groups, f"{tail:03d}"])
        assert make_speakable(f"x {grouped} x", language) == make_speakable(f"x {number} x", language)


def test_very_long_text_is_cut_between_words() -> None:
    made = make_speakable("नमस्ते " * 10_000, "hi")
    assert len(made) <= LONGEST
    assert set(made.split()) == {"नमस्ते"}


def test_very_long_word_is_cut_between_letters() -> None:
    assert len(make_speakable("कि" * LONGEST, "hi")) <= LONGEST
    assert make_speakable("कि" * LONGEST, "hi").endswith("कि")


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1,11,",
        "1-",
        "1/",
        "1.",
        "1:",
        "1 ",
        "₹1",
        "₹",
        "- ",
        "+",
        "a",
        "kal ",
        "dial ",
        "\n- ",
        " ",
        "\u200d",
        "₹1-1,",
        "1–",
    ],
)
def test_time_and_length_are_bounded_for_hostile_text(piece: str) -> None:
    for text in (
        piece * LONGEST,
        piece * LONGEST + "x",
        piece * (LONGEST // 2 // len(piece)) + ".5 ₹" + "1" * 5000 + ".5",
    ):
        assert len(make_speakable(text, "hi")) <= LONGEST
        assert len(make_speakable(text, "en")) <= LONGEST


def test_language_without_a_table_is_refused() -> None:
    with pytest.raises(UnknownValue, match="Use one of"):
        make_speakable("hello", "xx")


@pytest.mark.parametrize("language", languages())
def test_every_language_of_the_assistant_has_a_complete_table(language: str) -> None:
    repairs = repairs_for(language)
    assert len(repairs.months) == 12
    assert {"%", "°C", "km", "kg"} <= repairs.units.keys()
    assert repairs.number_words
    assert repairs.abbreviations


@pytest.mark.parametrize(
    ("language", "written", "heard"),
    [
        ("hi", "-5 डिग्री", "maːɪnəs"),
        ("te", "-5", "maɪnas"),
        ("bn", "পড়া", "pɔr.a"),
        ("or", "ସ୍ୱାଗତ", "sɔːaɡɔtɔ"),
        ("as", "সময়", "χəmɔj"),
        ("ne", "25", "pəcːɪs"),
        ("en", "UPI", "juːpiːaɪ"),
    ],
)
def test_repair_changes_what_the_voice_says(language: str, written: str, heard: str) -> None:
    written = unicodedata.normalize("NFC", written)
    assert heard not in sounds(language, written)
    assert heard in sounds(language, make_speakable(written, language))


def test_telephone_number_is_not_read_as_billions() -> None:
    assert "ʌɾəb" in sounds("hi", "9876543210")  # arab, a thousand million
    assert sounds("hi", make_speakable("9876543210", "hi")).startswith("nɔː aːʈʰ saːt")
