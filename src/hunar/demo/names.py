"""Common Turkmen names and how offices write them in Russian."""

# ruff: noqa: SIM905  (a list of words reads better than a list of literals)

from __future__ import annotations

FAMILIES = """
Agaýew Allaberdiýew Amangeldiýew Annageldiýew Annamyradow Annaýew Artykow Aşyrow Ataýew
Atamyradow Babaýew Baýramow Bäşimow Begliýew Begmyradow Çaryýew Çaryýarow Durdyýew Döwletow
Ezizow Esenow Garajaýew Garlyýew Geldiýew Gurbanow Gylyjow Halmyradow Hallyýew Hemraýew
Hojaýew Hojamyradow Hudaýberdiýew Hydyrow Işangulyýew Jumaýew Jumamyradow Kakabaýew Kerimow
Keriýew Kulyýew Mämmedow Meredow Myradow Nazarow Nepesow Nurberdiýew Nurmyradow Nuryýew
Ýagmyrow Orazow Orazgeldiýew Orazmyradow Öwezow Öwezgeldiýew Pirgulyýew Pürliýew Rahymow
Rejepow Rozyýew Saparow Sähedow Seýidow Soltanow Sylabow Şamyradow Şyhyýew Taganow Täçmyradow
Toýlyýew Ussaýew Ünjüýew Ýazmyradow Ýazgulyýew Ýollyýew Zäkirow
""".split()

GIVEN = {
    "M": """
    Agamyrat Aman Arslan Aşyr Ata Azat Batyr Baýram Begenç Begmyrat Bäşim Çary Didar Döwran
    Döwlet Durdy Eziz Guwanç Gurban Hally Hemra Hydyr Jumageldi Kakajan Kemal Kerim Maksat
    Mekan Merdan Meýlis Myrat Nazar Nepes Nurmyrat Oraz Öwez Parahat Perman Rahym Rejep Resul
    Rustam Sapar Sähet Suhrap Süleýman Şamyrat Şatlyk Tahyr Täçmyrat Wepa Ýagmyr Ýazmyrat
    Yhlas Zaman
    """.split(),
    "F": """
    Aknabat Amangül Aýgözel Aýgül Aýjahan Aýlar Aýna Aýnabat Bahar Bägül Bibi Çynar Ejegyz
    Enejan Gözel Gunça Gülälek Güljan Gülnar Gülruh Gülşat Jahan Jemal Jeren Keýik Läle Mahym
    Maral Mähri Medine Merjen Nartäç Nurgözel Nurjemal Ogulgerek Oguljan Ogulşat Selbi Sona
    Şasenem Şemşat Şirin Tawus Täzegül Tumar Ýazgül Zöhre Züleýha
    """.split(),
}

_VOWELS = "aeäiouöüy"


def patronymic_of(father: str, sex: str, chance: float) -> str:
    """From the father's name: -owiç or -owna for most, ogly or gyzy for some, none for a few.

    >>> patronymic_of("Ata", "F", 0.1), patronymic_of("Myrat", "M", 0.7), patronymic_of("Oraz", "M", 0.99)
    ('Ataýewna', 'Myrat ogly', '')
    """
    if chance > 0.87:
        return ""
    if chance > 0.62:
        return f"{father} {'ogly' if sex == 'M' else 'gyzy'}"
    stem = father + ("ýew" if father[-1] in _VOWELS else "ow")
    return stem + ("iç" if sex == "M" else "na")


# Tried in this order at every place of the word; "ý" before a vowel makes one letter.
_PAIRS = [
    ("ýa", "я"), ("ýe", "е"), ("ýo", "ё"), ("ýu", "ю"), ("ýä", "я"), ("ýö", "ё"), ("ýü", "ю"),
]  # fmt: skip
_LETTERS = {
    "a": "а", "b": "б", "ç": "ч", "d": "д", "e": "е", "ä": "я", "f": "ф", "g": "г", "h": "х",
    "i": "и", "j": "дж", "ž": "ж", "k": "к", "l": "л", "m": "м", "n": "н", "ň": "нг", "o": "о",
    "ö": "о", "p": "п", "r": "р", "s": "с", "ş": "ш", "t": "т", "u": "у", "ü": "у", "w": "в",
    "y": "ы", "ý": "й", "z": "з",
}  # fmt: skip
_AT_THE_START = {"e": "э", "ä": "а"}


def russian_usage(name: str) -> str:
    """A Turkmen name as offices spell it in Russian.

    >>> [russian_usage(name) for name in ("Annaýewa", "Döwletow", "Ejegyz", "Gülşat", "Yhlas", "Ata ogly")]
    ['Аннаева', 'Довлетов', 'Эджегыз', 'Гульшат', 'Ыхлас', 'Ата оглы']
    """
    return " ".join(_word(word) for word in name.split())


def _word(word: str) -> str:
    letters, spelled, place = word.lower(), [], 0
    while place < len(letters):
        pair = next((cyr for lat, cyr in _PAIRS if letters.startswith(lat, place)), None)
        if pair:
            spelled.append(pair)
            place += 2
            continue
        letter = letters[place]
        if place == 0 and letter in _AT_THE_START:
            spelled.append(_AT_THE_START[letter])
        else:
            spelled.append(_LETTERS.get(letter, letter))
        if letter == "l" and letters[max(place - 2, 0) : place] == "gü":
            following = letters[place + 1 : place + 2]
            if not following or following not in _VOWELS:
                spelled.append("ь")
        place += 1
    cyrillic = "".join(spelled)
    return cyrillic[0].upper() + cyrillic[1:] if word[0].isupper() else cyrillic
