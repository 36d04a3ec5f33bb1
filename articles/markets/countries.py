"""Whose money it is: adjectives before "dollars", and places that speak for a currency."""

import re
from functools import lru_cache
from typing import Final

#: Before a noun these say whose it is; anywhere else in the copy, beside the places, they are a hint.
_ADJECTIVES: Final = {
    "USD": "us|u.s.|u.s|american|united states",
    "AUD": "australian|aussie",
    "CAD": "canadian",
    "HKD": "hong kong",
    "SGD": "singapore|singaporean",
    "NZD": "new zealand|kiwi",
    "TWD": "taiwan|taiwanese|new taiwan",
    "CNY": "chinese|offshore|onshore",
    "JPY": "japanese",
    "KRW": "south korean|korean",
    "KPW": "north korean",
    "GBP": "british|uk|u.k.|u.k|english",
    "EGP": "egyptian",
    "LBP": "lebanese",
    "SYP": "syrian",
    "SDG": "sudanese",
    "CHF": "swiss|schweizer",
    "XOF": "west african cfa|cfa",
    "XAF": "central african cfa",
    "CDF": "congolese",
    "INR": "indian",
    "PKR": "pakistani|pakistan",
    "LKR": "sri lankan|sri lanka",
    "NPR": "nepalese|nepali",
    "MUR": "mauritian",
    "RUB": "russian",
    "BYN": "belarusian",
    "BRL": "brazilian",
    "MXN": "mexican",
    "PHP": "philippine|filipino",
    "ARS": "argentine|argentinian",
    "CLP": "chilean",
    "COP": "colombian",
    "UYU": "uruguayan",
    "DOP": "dominican",
    "CUP": "cuban",
    "SEK": "swedish",
    "NOK": "norwegian",
    "DKK": "danish",
    "CZK": "czech",
    "ISK": "icelandic",
    "PLN": "polish",
    "HUF": "hungarian",
    "TRY": "turkish|new turkish",
    "RON": "romanian",
    "MDL": "moldovan",
    "BGN": "bulgarian",
    "ZAR": "south african",
    "IDR": "indonesian",
    "MYR": "malaysian",
    "THB": "thai",
    "ILS": "israeli|new israeli|israeli new",
    "VND": "vietnamese",
    "AED": "uae|u.a.e.|emirati",
    "MAD": "moroccan",
    "SAR": "saudi|saudi arabian",
    "QAR": "qatari|qatar",
    "OMR": "omani",
    "YER": "yemeni",
    "IRR": "iranian",
    "KWD": "kuwaiti|kuwait",
    "BHD": "bahraini|bahrain",
    "JOD": "jordanian",
    "RSD": "serbian",
    "IQD": "iraqi",
    "DZD": "algerian",
    "TND": "tunisian",
    "UAH": "ukrainian",
    "KZT": "kazakh|kazakhstani",
    "NGN": "nigerian",
    "GHS": "ghanaian",
    "KES": "kenyan",
    "UGX": "ugandan",
    "TZS": "tanzanian",
    "BDT": "bangladeshi",
    "PEN": "peruvian",
    "EUR": "euro",
}
#: Where a word or a sign may mean several currencies, these in the copy speak for one of them.
_PLACES: Final = {
    "AUD": "australia|sydney|melbourne|brisbane|perth|canberra|asx",
    "CAD": "canada|toronto|ottawa|montreal|vancouver|calgary|tsx",
    "HKD": "hkex|hang seng",
    "SGD": "temasek",
    "NZD": "auckland|wellington",
    "TWD": "taipei|tsmc|hsinchu",
    "CNY": "china|beijing|shanghai|shenzhen|hangzhou|guangzhou|yuan|renminbi|rmb",
    "JPY": "japan|tokyo|osaka|kyoto|nagoya|nikkei|yen|boj",
    "PKR": "islamabad|karachi|lahore",
    "LKR": "colombo",
    "NPR": "nepal|kathmandu",
    "EGP": "egypt|cairo",
    "LBP": "lebanon|beirut",
    "PHP": "philippines|manila",
    "MXN": "mexico|monterrey",
    "ARS": "argentina|buenos aires",
    "CLP": "chile|santiago",
    "COP": "colombia|bogota",
    "NOK": "norway|oslo",
    "DKK": "denmark|copenhagen",
    "SEK": "sweden|stockholm",
    "CZK": "prague|czechia",
    "ISK": "iceland|reykjavik",
    "XOF": "senegal|ivory coast|mali|dakar|abidjan",
    "XAF": "cameroon|gabon",
    "QAR": "doha",
    "SAR": "riyadh|aramco",
    "MAD": "morocco|casablanca",
    "ZAR": "johannesburg|cape town|south africa",
}
#: The currency that an adjective in lower case speaks for.
BY_ADJECTIVE: Final = {word: code for code, words in _ADJECTIVES.items() for word in words.split("|")}
_HINTS: Final = BY_ADJECTIVE | {word: code for code, words in _PLACES.items() for word in words.split("|")}
_WORD: Final = re.compile(r"[^\W\d_](?:[\w.]*\w)?")
#: With how many words the longest hint that begins with a word goes on.
_FIRST: Final = {hint.split()[0]: hint.count(" ") + 1 for hint in sorted(_HINTS, key=lambda hint: hint.count(" "))}


@lru_cache(maxsize=8)
def hinted(text: str) -> frozenset[str]:
    """Return the currencies that places and adjectives in a text speak for."""
    words = [word.strip(".") for word in _WORD.findall(text.lower())]
    found: set[str] = set()
    for place, word in enumerate(words):
        for length in range(1, _FIRST.get(word, 0) + 1):
            code = _HINTS.get(" ".join(words[place : place + length]))
            if code:
                found.add(code)
    return frozenset(found)
