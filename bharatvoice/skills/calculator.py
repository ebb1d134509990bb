"""The skill of sums. Exact decimals; results with Indian grouping and at most four decimals."""

from collections.abc import Callable
from decimal import Context, Decimal, localcontext

from bharatvoice.skills.question import Question, grouped

_EXACT = Context(prec=60)
_LARGEST = Decimal(10) ** 30
"""Nothing above is worth saying."""


def answer(question: Question) -> str:
    """The answer to a calculate intent; division by zero is answered in words."""
    numbers = {name: Decimal(value) for name, value in question.slots.items()}
    with localcontext(_EXACT):
        if question.intent == "calculate.divide" and not numbers["second"]:
            return question.say("calculate.divide_by_zero")
        results = _RESULTS[question.intent](**numbers)
    if any(abs(result) > _LARGEST for result in results.values()):
        return question.say("calculate.too_large")
    with localcontext(_EXACT):
        fields = {name: grouped(value) for name, value in {**numbers, **results}.items()}
    return question.say(question.intent, **fields)


def _percent(percent: Decimal, amount: Decimal) -> dict[str, Decimal]:
    return {"result": amount * percent / 100}


def _gst(percent: Decimal, amount: Decimal) -> dict[str, Decimal]:
    tax = amount * percent / 100
    return {"tax": tax, "total": amount + tax}


_RESULTS: dict[str, Callable[..., dict[str, Decimal]]] = {
    "calculate.add": lambda first, second: {"result": first + second},
    "calculate.subtract": lambda first, second: {"result": first - second},
    "calculate.multiply": lambda first, second: {"result": first * second},
    "calculate.divide": lambda first, second: {"result": first / second},
    "calculate.percent": _percent,
    "calculate.gst": _gst,
}
