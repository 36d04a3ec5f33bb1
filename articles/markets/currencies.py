"""What currencies are called in copy: signs before a figure, words after it, places that tell dollars apart.

A word is read into `Unit`s, the likeliest first: "dollars" may be those of several countries, "pence" are hundredths.
Codes are ISO 4217.
"""

import re
from dataclasses import dataclass
from typing import Final

from babel.numbers import get_currency_name

from articles.markets.countries import BY_ADJECTIVE
from articles.markets.figures import alternatives


@dataclass(frozen=True, slots=True)
class Unit:
    """A currency, or a hundredth of it: `minor` is true for pence and cents."""

    currency: str
    minor: bool = False


#: What a word alone may mean, the likeliest first.
DOLLARS: Final = ("USD", "AUD", "CAD", "HKD", "SGD", "NZD", "TWD")
_DOLLARS: Final = " ".join(DOLLARS)
_CROWNS: Final = "SEK NOK DKK CZK ISK"
_NOUNS: Final = {
    "dollar|dollars|dólar|dólares|dollaro|dollari|dolar|buck|bucks": _DOLLARS,
    "euro|euros|eur": "EUR",
    "yuan|yuans|renminbi|rmb|yuan renminbi|renminbi yuan": "CNY",
    "yen|yens": "JPY",
    "won": "KRW KPW",
    "pound|pounds|pound sterling|pounds sterling|sterling|quid|pfund|libras|livres": "GBP EGP LBP SYP SDG",
    "franc|francs|franken|franchi|sfr|fr.|fr": "CHF XOF XAF CDF",
    "fcfa|f cfa|cfa": "XAF XOF",
    "rupee|rupees|rupien|roupies|rs": "INR PKR LKR NPR MUR",
    "ruble|rubles|rouble|roubles|rubel": "RUB BYN",
    "real|reais|reals": "BRL",
    "peso|pesos": "MXN PHP ARS CLP COP UYU DOP CUP",
    "krona|kronor": "SEK ISK",
    "kroner|krone|kronen": "NOK DKK",
    "kronur|krónur": "ISK",
    "crown|crowns|kr|kr.": _CROWNS,
    "koruna|koruny|korun|korunas|kč": "CZK",
    "zloty|zlotys|zloties|złoty|złotych|zł": "PLN",
    "forint|forints|ft": "HUF",
    "lira|liras|lire": "TRY LBP",
    "leu|lei": "RON MDL",
    "lev|leva|levs": "BGN",
    "rand|rands": "ZAR",
    "rupiah|rupiahs": "IDR",
    "ringgit|ringgits": "MYR",
    "baht|bahts": "THB",
    "shekel|shekels": "ILS",
    "dong": "VND",
    "dirham|dirhams": "AED MAD",
    "riyal|riyals|rial|rials": "SAR QAR OMR YER IRR",
    "dinar|dinars": "KWD BHD JOD RSD IQD DZD TND",
    "hryvnia|hryvnias|hryvnya": "UAH",
    "tenge": "KZT",
    "naira": "NGN",
    "cedi|cedis": "GHS",
    "shilling|shillings": "KES UGX TZS",
    "taka|takas": "BDT",
    "sol|soles": "PEN",
}
_MINOR_NOUNS: Final = {
    "cent|cents|¢|c": "USD EUR AUD CAD HKD SGD NZD ZAR",
    "penny|pence|p": "GBP",
    "paise|paisa": "INR PKR",
    "öre": "SEK",
    "øre": "NOK DKK",
    "kopeck|kopecks|kopek|kopeks": "RUB",
}
#: Signs and short forms that stand before a figure.
_PREFIXES: Final = {
    "$": _DOLLARS,
    "US$|U.S.$|U.S. $|US $|$US|USD$|USD": "USD",
    "A$|AU$|$A|AUD$": "AUD",
    "C$|CA$|CAN$|$C|CAD$|CDN$|Cdn$": "CAD",
    "HK$|$HK|HKD$": "HKD",
    "S$|SG$|$S|SGD$": "SGD",
    "NZ$|$NZ|NZD$": "NZD",
    "NT$|$NT|TW$|T$": "TWD",
    "R$|BRL$": "BRL",
    "Mex$|MX$|MXN$": "MXN",
    "€": "EUR",
    "£|￡": "GBP",
    "E£": "EGP",
    "¥|￥": "JPY CNY",
    "CN¥|RMB|Rmb|rmb|RMB¥|人民币|人民幣": "CNY",
    "JP¥": "JPY",
    "₩|Won|KRW₩": "KRW",
    "₹": "INR",
    "Rs|Rs.|rs": "INR PKR LKR NPR MUR",
    "₽|Rbs": "RUB",
    "₺|TL": "TRY",
    "₪|NIS": "ILS",
    "฿|Bt": "THB",
    "₫": "VND",
    "₱|Php|P": "PHP",
    "₴": "UAH",
    "₦": "NGN",
    "R": "ZAR",
    "RM": "MYR",
    "Rp|Rp.": "IDR",
    "SFr|SFr.|Sfr|Fr.|Fr|CHF": "CHF",
    "SKr": "SEK",
    "NKr": "NOK",
    "DKr": "DKK",
    "kr|kr.|Kr": _CROWNS,
    "Dh|Dhs": "AED MAD",
    "SR": "SAR",
    "Ft": "HUF",
    "zł": "PLN",
    "Tk": "BDT",
    "KSh|Ksh": "KES",
}
#: Chinese, Japanese and Korean, where no space divides words.
_UNSPACED: Final = {
    "美元|美金|米ドル|美ドル|ドル|달러": "USD",
    "欧元|歐元|ユーロ|유로": "EUR",
    "英镑|英鎊|ポンド|파운드": "GBP",
    "日元|日圓|日圆|円|엔": "JPY",
    "港元|港币|港幣|香港ドル|홍콩달러": "HKD",
    "人民币|人民幣|人民元|위안": "CNY",
    "韩元|韓元|韓圜|ウォン|원": "KRW",
    "新台币|新台幣|新臺幣|台币|台幣|台湾ドル": "TWD",
    "澳元|豪ドル|호주달러": "AUD",
    "加元|カナダドル": "CAD",
    "新加坡元|坡币|シンガポールドル": "SGD",
    "瑞士法郎|瑞郎|スイスフラン": "CHF",
    "卢比|盧比|ルピー|루피": "INR",
    "卢布|盧布|ルーブル": "RUB",
    "元|圆|圓": "CNY",
}
_CODES: Final = frozenset(
    """AED ARS AUD BDT BGN BHD BRL CAD CHF CLP CNH CNY COP CZK DKK EGP EUR GBP GHS HKD HUF IDR ILS INR ISK JOD JPY KES
    KRW KWD KZT LKR MAD MXN MYR NGN NOK NZD OMR PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TND TRY TWD UAH USD VND
    ZAR""".split()
)


def _spread(table: dict[str, str], *, minor: bool = False) -> dict[str, tuple[Unit, ...]]:
    """Return a table with a key for each of its forms."""
    return {
        form: tuple(Unit(code, minor) for code in codes.split())
        for forms, codes in table.items()
        for form in forms.split("|")
    }


_BY_NOUN: Final = _spread(_NOUNS) | _spread(_MINOR_NOUNS, minor=True)
_BY_PREFIX: Final = _spread(_PREFIXES) | {code: (Unit("CNY" if code == "CNH" else code),) for code in _CODES}
_BY_UNSPACED: Final = _spread(_UNSPACED)

_NOUN_PATTERN: Final = alternatives([noun for noun in _BY_NOUN if noun not in "pc¢"])
#: A currency after a figure: groups `adjective`, `noun`, `code`, `unspaced` (Chinese and the like), `after` (a sign).
WORD: Final = (
    rf"(?:(?:(?P<adjective>(?i:{alternatives(list(BY_ADJECTIVE))}))[\s\u00a0-]+)?"
    rf"(?:(?P<code>{'|'.join(sorted(_CODES))})|(?P<noun>(?i:{_NOUN_PATTERN})))(?!\w)"
    rf"|(?P<unspaced>{alternatives(list(_BY_UNSPACED))})"
    r"|(?P<after>US\$|HK\$|€|£|\$|¥|₹|¢|₽|₺)(?!\s?\d))"
)
_LONGEST_PREFIX: Final = max(map(len, _BY_PREFIX))
_SPACES: Final = " \u00a0\u202f\u2009"


def find_prefix(text: str, end: int) -> tuple[tuple[Unit, ...], int]:
    """Return what the sign that ends at a place of a text, or one space before it, may mean, and where it begins.

    Nothing and `end`, where there is none; no letter and no other sign may stand right before it.
    """
    last = end - 1 if end and text[end - 1] in _SPACES else end
    for start in range(max(0, last - _LONGEST_PREFIX), last):
        units = _BY_PREFIX.get(text[start:last].replace("\u00a0", " "))
        if units and (not start or not (text[start - 1].isalpha() or text[start - 1] in "$€£¥")):
            return units, start
    return (), end


def units_of_word(noun: str, adjective: str = "") -> tuple[Unit, ...]:
    """Return what a word or a code after a figure may mean, with the adjective before it; empty for none of ours."""
    noun = re.sub(r"[\s\u00a0-]+", " ", noun)
    units = _BY_UNSPACED.get(noun) or _BY_NOUN.get(noun.lower()) or _BY_PREFIX.get(noun, ())
    code = BY_ADJECTIVE.get(re.sub(r"[\s\u00a0-]+", " ", adjective.lower()), "")
    return tuple(unit for unit in units if unit.currency == code) or units


def currency_name(code: str) -> str:
    """Return a currency's name in words, in the plural: "Chinese yuan"."""
    return get_currency_name(code, count=2, locale="en")
