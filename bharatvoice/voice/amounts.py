"""Amounts: money, measures, fractions, ranges, signs and large numbers, as they are said."""

from functools import cache

import regex

from bharatvoice.voice.tables import Repairs, Words

NUMBER = r"(?>\d+(?:,\d+){0,9}(?:\.\d+)?)"
"""Atomic and bounded, so that long lists of digits take no more than linear time."""
_ALONE = r"(?<![\d.,/])"
_GROUPED = regex.compile(_ALONE + r"(?:\d{1,3}(?:,\d\d){0,9},\d{3}|\d{1,3}(?:,\d{3}){1,6})(?![\d,]*\d)")
_FRACTION = regex.compile(_ALONE + r"(?:(?P<whole>\d+) )?(?P<above>\d{1,2})/(?P<below>\d{1,2})(?![\d/]|[.,]\d)")
_RANGE = regex.compile(rf"(?<![\d.,/-])({NUMBER})(?:-|\s?–\s?)({NUMBER})(?![\d/-]|[.,]\d)")
_NEGATIVE = regex.compile(r"(?<![\p{L}\p{M}\p{N}.,)%-])[-–](?=\d)")
_LARGE = regex.compile(r"(?<![\d.,:/])(\d{6,18})(\.\d+)?(?!\d)")
_SMALL_PADDED = regex.compile(r"(?<![\d.,:/-])0(\d)(?![\d:/])")
CRORE, LAKH = 10_000_000, 100_000


def ungroup(text: str) -> str:
    """1,25,000 and 1,250,000 without commas; other commas stay."""
    return _GROUPED.sub(lambda found: found[0].replace(",", ""), text)


def name_for(number: str, words: Words) -> str:
    """The word for one or for several."""
    return words[0] if number in ("1", "-1") else words[1]


def say_money(text: str, repairs: Repairs) -> str:
    """₹1,25,000 -> 125000 rupees; ₹99.50 -> 99 rupees 50 paise; ₹50/kg -> 50 rupees per kilogram."""
    return _money(repairs).sub(lambda found: _amount(found, repairs), text)


def _amount(found: regex.Match[str], repairs: Repairs) -> str:
    sign = "-" if found["sign"] or found["inner"] else ""
    rate = _per(found["rate"], repairs) if found["rate"] else ""
    low, high, scale = found["low"], found["high"], found["scale"]
    if high or scale:
        amount = f"{low}-{high}" if high else low
        return f" {sign}{amount} {scale + ' ' if scale else ''}{repairs.rupee[1]}{rate}"
    return f" {sign}{_rupees_and_paise(low, repairs)}{rate}"


def _rupees_and_paise(number: str, repairs: Repairs) -> str:
    rupees, _, decimals = number.partition(".")
    if len(decimals) > 2:
        return f"{number} {repairs.rupee[1]}"
    paise = int(decimals.ljust(2, "0"))
    said = [f"{rupees} {name_for(rupees, repairs.rupee)}"] if rupees.strip("0,") or not paise else []
    return " ".join([*said, *([f"{paise} {name_for(str(paise), repairs.paisa)}"] if paise else [])])


def _per(unit: str, repairs: Repairs) -> str:
    return " " + repairs.per.format(unit=repairs.units.get(unit, (unit, unit))[0])


@cache
def _money(repairs: Repairs) -> regex.Pattern[str]:
    signs = _any(repairs.rupee_signs)
    return regex.compile(
        rf"(?<![\p{{L}}\p{{M}}])(?P<sign>(?<!\d)-)?(?:{signs})\s*(?P<inner>-)?(?P<low>{NUMBER})"
        rf"(?:(?:-|\s?–\s?)(?P<high>{NUMBER}))?(?:\s*(?P<scale>{_any(repairs.scales)})(?![\p{{L}}\p{{M}}]))?"
        rf"(?:\s*{_any(repairs.rupee)})?(?:\s*/\s*(?P<rate>\p{{L}}[\p{{L}}\p{{M}}]*))?"
    )


def say_units(text: str, repairs: Repairs) -> str:
    """5 km -> 5 kilometres; 50% -> 50 percent; 28°C -> 28 degrees Celsius."""
    return _unit(repairs).sub(lambda found: _measure(found, repairs), text)


def _measure(found: regex.Match[str], repairs: Repairs) -> str:
    words = repairs.units.get(found["unit"]) or repairs.units[found["unit"].lower()]
    rate = _per(found["rate"], repairs) if found["rate"] else ""
    return f"{found['number']} {name_for(found['number'], words)}{rate} "


@cache
def _unit(repairs: Repairs) -> regex.Pattern[str]:
    spelled = [unit for unit in repairs.units if unit[-1].isalpha() and "°" not in unit]
    capital = {f(unit) for unit in spelled if len(unit) > 1 for f in (str.upper, str.capitalize) if unit.islower()}
    names = f"(?:{_any([*spelled, *capital])})(?![\\p{{L}}\\p{{M}}])"
    signs = _any([unit for unit in repairs.units if unit not in spelled])
    rate = r"(?:\s*/\s*(?P<rate>\p{L}[\p{L}\p{M}]*))?"
    return regex.compile(rf"(?<!\d|\d[.,])(?P<number>{NUMBER})\s*(?P<unit>{signs}|{names}){rate}")


def say_numbers(text: str, repairs: Repairs) -> str:
    """Fractions, ranges, minus signs and large numbers in words of the language, digits where the voice reads them."""
    text = _FRACTION.sub(lambda found: _fraction(found, repairs), text)
    text = _RANGE.sub(lambda found: _range(found, repairs), text)
    text = _NEGATIVE.sub(f" {repairs.minus} ", text)
    text = _SMALL_PADDED.sub(r"\1", text)
    return _LARGE.sub(lambda found: _large(int(found[1]), repairs) + (found[2] or ""), text)


def _fraction(found: regex.Match[str], repairs: Repairs) -> str:
    above, below, whole = found["above"], found["below"], found["whole"]
    named = repairs.fractions.get(f"{above}/{below}")
    if whole and named:
        return repairs.mixed.format(whole=whole, fraction=named)
    said = named or repairs.over.format(above=above, below=below)
    return f"{whole} {said}" if whole else said


def _range(found: regex.Match[str], repairs: Repairs) -> str:
    low, high = found[1], found[2]
    is_rising = float(low.replace(",", "")) < float(high.replace(",", ""))
    return f"{low} {repairs.to} {high}" if is_rising else found[0]


def _large(number: int, repairs: Repairs) -> str:
    """12345678 -> 1 crore 2345678, and in languages with a word for it 125000 -> 1 lakh 25000."""
    words = []
    if number >= CRORE:
        words += [_large(number // CRORE, repairs), repairs.crore]
        number %= CRORE
    if number >= LAKH and repairs.lakh:
        words += [str(number // LAKH), repairs.lakh]
        number %= LAKH
    return " ".join([*words, str(number)] if number or not words else words)


def _any(choices: tuple[str, ...] | list[str]) -> str:
    return "(?:" + "|".join(map(regex.escape, sorted(choices, key=len, reverse=True))) + ")"
