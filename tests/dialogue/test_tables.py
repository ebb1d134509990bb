import pytest

from bharatvoice.dialogue.tables import read_table
from bharatvoice.errors import SettingsRejected
from bharatvoice.languages import languages


@pytest.mark.parametrize("language", languages())
def test_every_language_has_number_words(language: str) -> None:
    table = read_table(f"numbers/{language}")
    assert {*range(100)} <= table["numbers"].keys()
    assert table["scales"].keys() == {100, 1000, 10**5, 10**7}


def test_a_missing_table_stops_the_start() -> None:
    with pytest.raises(SettingsRejected, match="missing or empty"):
        read_table("numbers/xx")
