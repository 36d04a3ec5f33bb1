"""Words of markets: verbs that go up or down, what is quoted, sessions; and the patterns made of them."""

import re
from typing import Final

from articles.markets.figures import DIGITS

_UP: Final = """rose rise rises risen rising gained gain gains gaining climbed climb climbs climbing jumped jump
    jumps jumping surged surge surges surging soared soar soars soaring rallied rally rallies
    rallying advanced advance advances advancing added adds adding rebounded rebound rebounds
    rebounding leapt leaped leap leaps popped pop pops firmed strengthened increased spiked
    recovered up higher"""
_DOWN: Final = """fell fall falls fallen falling dropped drop drops dropping slid slide slides sliding slipped slip
    slips slipping lost lose loses losing shed sheds shedding declined decline declines declining
    tumbled tumble tumbles tumbling plunged plunge plunges plunging sank sink sinks sinking dipped
    dip dips dipping eased ease eases easing retreated retreat retreats retreating plummeted
    slumped slump slumps slumping crashed weakened decreased skidded down lower off"""
_EDGED: Final = (
    "edged inched ticked moved crept drifted nudged pushed pulled traded opened ended closed finished settled"
)
DIRECTIONS: Final = (
    dict.fromkeys(_UP.split(), "up")
    | dict.fromkeys(_DOWN.split(), "down")
    | {
        "flat": "flat",
        "unchanged": "flat",
        "little changed": "flat",
        "steady": "flat",
        "firmer": "up",
        "weaker": "down",
    }
)
_VERBS: Final = "|".join(sorted((word for word in DIRECTIONS if DIRECTIONS[word] != "flat"), key=len, reverse=True))
_DIRECTED: Final = re.compile(
    rf"(?<![\w-])(?!off\b(?!\s[\d$€£]))(?:{_VERBS}|flat|unchanged|little\schanged|steady)(?![\w-])", re.IGNORECASE
)

_CLOSED: Final = r"(?:to\s)?(?:closed?|closes|closing|ended|ends|ending|finished|finishing|settled|settling)"
_THE_DAY: Final = r"(?:\s(?:the\s(?:day|session|week)|trading|out\sthe\s(?:day|session)))?"
_ADVERBS: Final = (
    r"(?:\s(?:by|about|around|roughly|approximately|some|nearly|almost|more\sthan|less\sthan|just|as\smuch\sas|up\sto|another|a"
    r"|further|an\sadditional|over|under|at\sleast|only|sharply|slightly|modestly|again|further|well|up|down|higher|lower))"
)
NUMBER: Final = rf"(?P<sign>[+−–-])?(?P<number>{DIGITS})"
PERCENT: Final = r"\s?(?:%|percent(?!age)|per\scent|pct)"
_STEP: Final = (
    r"\s?(?P<step>basis\spoints?|bps?|percentage\spoints?|points?|pts|cents?|pence|p|c|euros?|dollars?|yen|won|yuan|francs?|pounds?"
    r"|rupees?)(?!\w)"
)
_SYMBOL: Final = r"(?P<symbol>(?:[A-Z]{1,3}|Rs\.?\s|CN|JP)?[$€£¥₹₩]?|[A-Z]{3}\s)"
_NO_SCALE: Final = r"(?!\d|[.,:]\d|\s?(?:million|billion|trillion|mn|bn|crore|lakh)\b|[mbk]\b|\s?%|\s?per\s?cent)"
_EACH: Final = r"(?:\s(?:an?|per)\s(?:share|unit|barrel|ounce|tonne|ton|pound|bushel|gallon|coin)|\sapiece)?"
#: Behind a move these say that it is not one of a day: "gained 20% this year".
LONGER: Final = re.compile(
    r",?\s(?:so\sfar\s)?(?:this\s(?!morning|afternoon|evening)|last\s(?!Mon|Tue|Wed|Thu|Fri)|since\s|year[\s-]to[\s-]date|a\syear|from\s"
    r"(?:a|the|last)|over\sthe|in\s(?:the\s(?:past|last|first|second|third|fourth|quarter|year|month|week)|\d{4}|[A-Z]\w+ary\b"
    r"|March|April|May|June|July|August|\w+ber\b)|for\sthe\s(?:week|month|quarter|year)|on\sthe\s(?:week|month|year)|annually)"
)

_LEAD: Final = rf"(?:(?P<closed>{_CLOSED}){_THE_DAY}\s(?:at\s)?)?"
#: "fell 2.5%", "was down as much as 1.2%", "gained 12 cents", "closed up 3 points".
MOVE: Final = re.compile(
    rf"(?<![\w-]){_LEAD}(?:(?:{'|'.join(_EDGED.split())})\s)?(?P<verb>{_VERBS}){_ADVERBS}{{0,3}}\s"
    rf"(?:{NUMBER}(?:(?P<percent>{PERCENT})|{_STEP})|(?P<symbol>[A-Z]{{0,2}}[$€£¥₹])(?P<sum>{DIGITS}){_NO_SCALE})",
    re.IGNORECASE,
)
#: "0.4% higher", "ended the day 12 cents lower".
MOVED: Final = re.compile(
    rf"(?<![\w.,-]){_LEAD}{NUMBER}(?:(?P<percent>{PERCENT})|{_STEP})\s(?P<verb>higher|lower|up|down|firmer|weaker)(?!\w)",
    re.IGNORECASE,
)
#: "ended flat", "were little changed".
FLAT: Final = re.compile(
    rf"(?<![\w-])(?:(?P<closed>{_CLOSED}){_THE_DAY}|was|were|is|are|traded|trading|opened|held|remained|stood)\s"
    r"(?:broadly\s|largely\s|mostly\s|almost\s|nearly\s|virtually\s)?(?P<verb>flat|unchanged|little\schanged|steady)(?!\w)",
    re.IGNORECASE,
)
#: "closed at $86.10", "gained 12 cents to close at 4,512.30", "hit a 52-week high of $92", "traded at 86.10".
LEVEL: Final = re.compile(
    rf"(?<![\w-])(?:(?:(?P<verb>{_VERBS})\s(?:[\w.,%$€£]+\s){{1,3}})?(?P<closed>{_CLOSED}){_THE_DAY}(?:\s\w+day)?\s(?:at|on)\s"
    r"|(?:traded|trading|quoted|opened|stood|changed\shands|changing\shands|was\strading|were\strading)\s(?:at|around|near)\s"
    r"|(?:hit|hits|hitting|touched|touching|reached|reaching)\s(?:(?:an?|its|their)\s(?:[\w-]+\s){0,4}(?:high|low|peak|record)"
    r"\s(?:of|at)\s|as\s(?:high|low)\sas\s)?"
    rf"|(?P<to>{_VERBS})\sto\s(?:(?:an?|its)\s(?:[\w-]+\s){{0,4}}(?:high|low|peak|record)\s(?:of|at)\s)?)"
    rf"(?P<symbol>(?-i:[A-Z]{{0,3}}[$€£¥₹]|[A-Z]{{3}}\s|Rs\.?\s?)?)(?P<number>{DIGITS})"
    rf"(?:\s?(?P<step>points?|pence|p|cents?|euros?|dollars?|yen|won|yuan|francs?|pounds?|rupees?)(?!\w))?{_NO_SCALE}{_EACH}",
    re.IGNORECASE,
)
#: ", or 0.6%," behind a move in money or points: then that is the move.
OR_PERCENT: Final = re.compile(rf",?\sor\s(?:about\s|nearly\s|almost\s)?(?P<number>{DIGITS}){PERCENT}", re.IGNORECASE)
#: "to $86.10" behind a move.
TO_LEVEL: Final = re.compile(
    rf",?\s(?:to\s(?P<closed>(?:close|end|finish|settle){_THE_DAY})\sat|to|at)\s(?:(?:an?|its)\s(?:[\w-]+\s){{0,4}}(?:high|low|peak|record)\s(?:of|at)\s)?[A-Z]{{0,3}}[$€£¥₹]?\s?(?:{DIGITS})"
    rf"(?:\s?(?:points?|pence|p|cents?|euros?|yen|won|yuan)(?!\w))?{_NO_SCALE}{_EACH}"
)
_TRADE: Final = r"(?:trading|trade|deals|dealings|hours|session|market)"
SESSION: Final = re.compile(
    rf"(?P<pre>(?:in\s)?pre-?market(?:\s{_TRADE})?|(?:before|ahead\sof)\sthe\s(?:opening\s)?(?:bell|open(?:ing)?|market\sopen(?:ed|s)?))"
    rf"|(?P<post>(?:in\s)?(?:after-?\s?hours|extended(?:-hours)?|post-?market)(?:\s{_TRADE})?"
    r"|after\sthe\s(?:closing\s)?(?:bell|close|market\sclose[ds]?))"
    r"|(?P<close>at\s(?:the\s)?(?:close|closing\sbell|settlement|end\sof\s(?:the\ssession|trading)))"
    rf"|(?P<regular>(?:in|during)\s(?:early|morning|mid-?day|afternoon|mid-?morning|intraday|opening|regular|choppy|thin)"
    rf"(?:\s[\w-]+)?\s{_TRADE}|at\sthe\sopen)"
    rf"|(?P<any>in\s(?:(?:late|volatile|quiet|busy|heavy|Asian|European|U\.S\.|Wall\sStreet)\s)?(?:[A-Z]\w+\s){{0,2}}{_TRADE}"
    r"|in\s(?:New\sYork|London|Hong\sKong|Tokyo|Frankfurt|Paris|Shanghai|Shenzhen|Singapore|Sydney|Toronto|Seoul|Mumbai|Zurich)"
    r"|on\sWall\sStreet)",
    re.IGNORECASE,
)

#: What markets quote, and what companies and statisticians count: the nearer one says which of them moved.
_QUOTED: Final = frozenset(
    """
    share shares stock stocks adr adrs ads adss depositary index indexes indices s&p nasdaq dow ftse dax cac
    nikkei seng sensex nifty kospi stoxx topix composite futures future yield yields treasury treasuries bond
    bonds bund bunds gilt gilts crude brent wti gold silver copper bitcoin ether dollar euro yen pound sterling
    yuan renminbi rupee franc won units equities benchmark gauge
    """.split()
)
_COUNTED: Final = frozenset(
    """
    revenue revenues sales profit profits income earnings ebit ebitda cost costs expenses order orders delivery
    deliveries volume volumes output production export exports import imports inflation gdp economy unemployment
    margin margins dividend dividends user users subscriber subscribers booking bookings loan loans deposit
    deposits spending rent rents wage wages demand shipment shipments headcount turnover surplus deficit lending
    borrowing traffic passenger passengers registrations investment guidance forecast forecasts estimate
    estimates prices rate rates population workforce stake
    """.split()
)
_SUBJECT: Final = re.compile(r"\([A-Z]{2,6}:\s?[A-Z0-9.]{1,6}|<[A-Z0-9.]+>|[^\W\d_][\w&]*")


def is_counted(before: str) -> bool | None:
    """Say what the last subject in the words before a move is: True for what is counted, False for what is quoted.

    A printed ticker is quoted. None where there is no subject that we know.
    """
    for word in reversed(_SUBJECT.findall(before)):
        if word[0] in "(<" or word.lower() in _QUOTED:
            return False
        if word.lower() in _COUNTED:
            return True
    return None


def direction_of(words: str) -> str:
    """Return which way the first verb or adverb of some words goes: "up", "down", "flat", or empty for none."""
    found = _DIRECTED.search(words)
    return DIRECTIONS[" ".join(found[0].lower().split())] if found else ""
