"""The skill of numbers for help. The numbers are in `helplines.yaml`."""

from functools import reduce

from bharatvoice.skills.phrasebook import read
from bharatvoice.skills.question import Question

_NUMBERS: dict[str, list[str]] = read("helplines.yaml")


def answer(question: Question) -> str:
    """The numbers of the helpline asked for."""
    helpline = question.slots["helpline"]

    def either(first: str, second: str) -> str:
        return question.say("helpline.either", first=first, second=second)

    name = question.replies.name("helpline", helpline)
    return question.say("helpline", helpline=name, numbers=reduce(either, _NUMBERS[helpline]))
