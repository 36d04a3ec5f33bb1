"""What stands around the name of a company: legal forms, classes of shares, and words for its trade.

Master files print "Apple Inc. - Common Stock" or "Gap, Inc. (The) Common Stock", copy prints "Apple" and "Gap Inc".
Both are cut to their core here.
"""

from re import IGNORECASE
from re import compile as pattern

from articles.markets.folding import WORD, fold, fold_words

#: Folded words that end a company's name and do not belong to it.
LEGAL = frozenset(
    """
    inc incorporated corp corporation co cos company companies ltd limited llc lp llp lllp plc pcl group groupe
    grupo gruppe gruppen groep holding holdings ag se sa sas sarl nv bv spa srl sapa kgaa gmbh kg mbh ohg ab publ
    asa oyj oy aps bhd berhad sdn tbk pte pty pvt kk kabushiki kaisha psc pjsc pao oao ojsc jsc zao nyrt zrt sab cv
    sca scs saog ltda sapi sgps ord
    """.split()
) | {"as"}
#: Folded words that may stand before a company's name.
_BEFORE = frozenset("the pt ab pao oao ao ojsc pjsc koninklijke".split())
#: Words for a trade or a place in the world that people leave out: "Micron Technology", "Delta Air Lines".
TRADE = frozenset(
    """
    technology technologies tech motor motors airline airlines airways pharmaceutical pharmaceuticals pharma energy
    resources financial finance systems software international worldwide global industries industrial industry foods
    food brands stores cruises outfitters communications communication entertainment platforms therapeutics sciences
    science labs laboratories bank bancorp bancshares insurance semiconductor semiconductors electronics electric
    materials biosciences biotech biotherapeutics biopharma medical health healthcare networks network media
    interactive solutions services service capital partners properties realty reit trust petroleum oil gas mining
    minerals metals steel chemical chemicals logistics transportation automotive beverage beverages hotels resorts
    restaurants devices instruments enterprises products manufacturing wholesale markets fund associates
    petrochemical telecom telecommunications mobile digital online studios games gaming pictures records aerospace
    defense robotics diagnostics air lines oncology genomics biologics vaccines acquisition acquisitions hospitality
    outdoor
    """.split()
)
_SECURITY = pattern(
    r"""
    (?:\s[-–—]\s?|,\s|\s)\(?
    (?:new\s+|each\s+representing.*|representing.*|(?:sponsored|unsponsored)\s+|\$?[\d.]+%?\s+)?
    (?: class\s+[a-z0-9](?:\s|$|,) | series\s+[a-z0-9]\b
      | (?:(?:common|ordinary|capital|preferred|preference|registered|subordinate|voting|non-voting|limited|bearer
          |cumulative|depositary|depository|beneficial)\s+){1,4}(?:stock|share|unit|interest|receipt)
      | american\s+depositary | depositary\s+(?:share|receipt) | (?:ads|adr|gdr|gds|cdi)s?(?:\s|$|,|\))
      | (?:warrants?|units?|rights?)(?:$|,|\s(?:each|to|exp|when)) | shares\s+of\s+beneficial
      | (?:senior|junior|subordinated|fixed)\b.*\bnotes?\b | notes?\s+due | common$ | ordinary$ | shares?$ )
    .*$""",
    IGNORECASE | 64,
)
_TAIL = pattern(r"\s*(?:\([^()]*\)|/[A-Z]{2,3}/?|\bNew)\s*$")
_DOMAIN = pattern(r"\.com$", IGNORECASE)


def without_security(name: str) -> str:
    """Return a name as an exchange's file has it without the class of shares, "(The)" and "/DE/"."""
    if len(name) < 8:
        return name
    found = _SECURITY.search(name)
    if found and found.start():
        name = name[: found.start()]
    while tail := _TAIL.search(name):
        if not tail.start():
            break
        name = name[: tail.start()]
    return name.rstrip(" ,-–—(") or name


def core_of(words: list[str]) -> list[str]:
    """Return folded words without the legal forms around them; at least one word stays."""
    first, last = 0, len(words)
    while first < last - 1 and words[first] in _BEFORE:
        first += 1
    while last > first + 1 and words[last - 1] in LEGAL:
        last -= 1
        if last > first + 1 and words[last - 1] == "and":
            last -= 1
    return words[first:last]


def shortened(core: list[str]) -> list[str]:
    """Return a core without the words for its trade at its end: "delta" of "delta air lines"."""
    last = len(core)
    while last > 1 and (core[last - 1] in TRADE or core[last - 1] in LEGAL or core[last - 1] == "and"):
        last -= 1
    return core[:last]


def ending_after(text: str, end: int) -> int:
    """Return where the legal forms end that follow a name in a text; `end` itself if none does."""
    position = end
    while gap := _GAP.match(text, position):
        word = WORD.match(text, gap.end())
        if not word:
            break
        written = word.group()
        if possessive := _POSSESSIVE.search(written):
            written = written[: possessive.start()]
        if not _is_ending(written, text, word.end()):
            break
        position = gap.end() + len(written)
        if possessive:
            break
        if text.startswith(".", position) and fold(word.group()) in _SHORTENED:
            position += 1
    return position


def has_ending_of(written: str, name: str) -> bool:
    """Say whether legal forms as a text has them may be those of a name: any words for a corporation are one."""
    forms = {_FORMS.get(word, word) for word in fold_words(written)} & LEGAL
    own = {_FORMS.get(word, word) for word in fold_words(without_security(name))} & LEGAL
    return not own or not forms or bool(forms & own) or "inc" in forms


_POSSESSIVE = pattern(r"['’ʼ＇][sS]?$")
#: Journalists take one of these for another.
_FORMS = dict.fromkeys("incorporated corp corporation co cos company companies ltd limited plc llc".split(), "inc")
_GAP = pattern(r",?[ \u00a0\u202f]|[ \u00a0]?\((?=[Gg]roup\))")
_SHORTENED = frozenset("inc corp co cos ltd bros".split())
_CAPITAL_ONLY = frozenset("group holding holdings company companies limited groupe grupo as se sa co".split())


def _is_ending(word: str, text: str, end: int) -> bool:
    folded = fold(word)
    if word == "&":
        return _is_company(text, end)
    return folded in LEGAL and (folded not in _CAPITAL_ONLY or word[0].isupper())


def _is_company(text: str, end: int) -> bool:
    gap = _GAP.match(text, end)
    word = WORD.match(text, gap.end()) if gap else None
    return word is not None and fold(word.group()) in {"co", "company", "cos"}
