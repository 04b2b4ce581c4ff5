"""Languages by their names, for readers. Pure; a language that is not here goes by its code."""

from __future__ import annotations

_NAMES = dict(
    pair.split("=")
    for pair in (
        "ar=Arabic bg=Bulgarian bn=Bengali ca=Catalan cs=Czech da=Danish de=German el=Greek en=English es=Spanish "
        "et=Estonian eu=Basque fa=Persian fi=Finnish fr=French ga=Irish gl=Galician gu=Gujarati he=Hebrew hi=Hindi "
        "hr=Croatian hu=Hungarian hy=Armenian id=Indonesian is=Icelandic it=Italian ja=Japanese ka=Georgian kk=Kazakh "
        "km=Khmer kn=Kannada ko=Korean lo=Lao lt=Lithuanian lv=Latvian mk=Macedonian ml=Malayalam mn=Mongolian "
        "mr=Marathi ms=Malay my=Burmese ne=Nepali nl=Dutch no=Norwegian pa=Punjabi pl=Polish ps=Pashto pt=Portuguese "
        "ro=Romanian ru=Russian si=Sinhala sk=Slovak sl=Slovene sq=Albanian sr=Serbian sv=Swedish sw=Swahili ta=Tamil "
        "te=Telugu th=Thai tr=Turkish uk=Ukrainian ur=Urdu uz=Uzbek vi=Vietnamese zh=Chinese af=Afrikaans am=Amharic "
        "az=Azerbaijani be=Belarusian bs=Bosnian cy=Welsh ha=Hausa ig=Igbo mi=Māori so=Somali tl=Tagalog yo=Yoruba "
        "zu=Zulu"
    ).split()
)


def name(code: str) -> str:
    """The language of that code (ISO 639-1, with or without a region) as English calls it, else the code."""
    return _NAMES.get(code.casefold().partition("-")[0], code)
