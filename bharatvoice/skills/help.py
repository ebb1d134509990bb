"""The skill of opening and closing a talk, and of saying what can be asked."""

from bharatvoice.skills.question import Question


def answer(question: Question) -> str:
    """The reply that has the name of the intent."""
    return question.say(question.intent)
