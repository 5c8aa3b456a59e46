"""Spanish names of periods in the English that `periods` reads: what our own pages print must be read back."""

import re

_MONTHS = {
    "enero": "January", "febrero": "February", "marzo": "March", "abril": "April", "mayo": "May", "junio": "June",
    "julio": "July", "agosto": "August", "septiembre": "September", "setiembre": "September",
    "octubre": "October", "noviembre": "November", "diciembre": "December",
}  # fmt: skip
_NAMED = "|".join(_MONTHS)
_FORMS = [
    (re.compile(form, re.IGNORECASE), english)
    for form, english in (
        (rf"(?:semana del )?(\d{{1,2}}) de ({_NAMED}) de (\d{{4}})", lambda day, month, year: f"{month} {day}, {year}"),
        (rf"({_NAMED})(?: de)? (\d{{4}})", lambda month, year: f"{month} {year}"),
        (r"generaci[oó]n (?:de )?(\d{4})", lambda year: f"Class of {year}"),
        (r"año escolar (.+)", lambda year: f"School year {year}"),
        (r"otoño (?:de )?(\d{4})", lambda year: f"Fall {year}"),
        (r"primavera (?:de )?(\d{4})", lambda year: f"Spring {year}"),
        (r"(.+) \(semestre (\d)\)", lambda year, place: f"{year} half {place}"),
        (r"(.+) \(trimestre (\d)\)", lambda year, place: f"{year} quarter {place}"),
    )
]


def in_english(label: str) -> str:
    """The same label in English where it is Spanish, else as it is; runs of spaces are single ones already.

    >>> in_english("semana del 6 de enero de 2020"), in_english("Generación de 2019"), in_english("2019-20")
    ('January 6, 2020', 'Class of 2019', '2019-20')
    """
    for form, english in _FORMS:
        if found := form.fullmatch(label):
            return english(*(_MONTHS.get(part.lower(), part) for part in found.groups()))
    return label
